namespace Meanfield.Spectral;

/// <summary>
/// Between coefficients and amplitudes, one group of <see cref="OrderLine.Group"/> orders at a time: groups are independent and may
/// go to different threads, each with its own workspace.
/// </summary>
internal static unsafe class LegendreStage
{
    /// <summary>Amplitudes of f.</summary>
    /// <param name="table">Recurrence and latitudes.</param>
    /// <param name="coefficients">All degrees ≤ <paramref name="degree"/> of f.</param>
    /// <param name="first">First order of the group.</param>
    /// <param name="degree">Largest degree of f.</param>
    /// <param name="work">Scratch.</param>
    /// <param name="amplitudes">One field.</param>
    public static void Synthesize(
        LegendreTable table, double* coefficients, int first, int degree, OrderWorkspace work, MeridionalAmplitudes amplitudes)
    {
        int count = Count(first, degree);
        OrderLine.Gather(coefficients, first, count, degree, work.Lines, work.LineStride);
        for (int m = first; m < first + count; m++)
        {
            double* line = work.Lines + (m - first) * (nint)work.LineStride;
            int pairs = LegendreTable.Pairs(m, degree);
            PairMixing.Mix(table.Mixing(m), pairs, line, work.Packed, stride: 4);
            LegendreSynthesis.OneField(table, m, pairs, work.Packed, amplitudes);
        }
    }

    /// <summary>Amplitudes of sin θ ∂_θ f and ∂_φ f.</summary>
    /// <param name="table">Recurrence and latitudes.</param>
    /// <param name="coefficients">All degrees ≤ <paramref name="degree"/> of f.</param>
    /// <param name="first">First order of the group.</param>
    /// <param name="degree">Largest degree of f.</param>
    /// <param name="work">Scratch.</param>
    /// <param name="amplitudes">Two fields.</param>
    public static void SynthesizeGradient(
        LegendreTable table, double* coefficients, int first, int degree, OrderWorkspace work, MeridionalAmplitudes amplitudes)
    {
        int count = Count(first, degree);
        OrderLine.Gather(coefficients, first, count, degree, work.Lines, work.LineStride);
        for (int m = first; m < first + count; m++)
        {
            double* line = work.Lines + (m - first) * (nint)work.LineStride;
            int pairs = LegendreTable.Pairs(m, degree + 1);
            SurfaceGradient.Differentiate(table.Epsilon(m), m, degree, line, work.Colatitude, work.Longitude);
            PairMixing.Mix(table.Mixing(m), pairs, work.Colatitude, work.Packed, stride: 8);
            PairMixing.Mix(table.Mixing(m), pairs, work.Longitude, work.Packed + 4, stride: 8);
            LegendreSynthesis.TwoFields(table, m, pairs, work.Packed, amplitudes);
        }
    }

    /// <summary>The transpose of <see cref="Synthesize"/> for all degrees of the table.</summary>
    /// <param name="table">Recurrence and latitudes.</param>
    /// <param name="amplitudes">One field.</param>
    /// <param name="first">First order of the group.</param>
    /// <param name="work">Scratch.</param>
    /// <param name="coefficients">Receives the group's coefficients.</param>
    public static void Analyze(
        LegendreTable table, MeridionalAmplitudes amplitudes, int first, OrderWorkspace work, double* coefficients)
    {
        int count = Count(first, table.Bandlimit);
        for (int m = first; m < first + count; m++)
        {
            double* line = work.Lines + (m - first) * (nint)work.LineStride;
            int pairs = LegendreTable.Pairs(m, table.Bandlimit);
            LegendreAnalysis.OneField(table, m, pairs, amplitudes, work.State, work.Sums, work.Packed);
            PairMixing.Unmix(table.Mixing(m), pairs, work.Packed, stride: 4, line);
        }
        OrderLine.Scatter(work.Lines, work.LineStride, first, count, table.Bandlimit, coefficients);
    }

    /// <summary>The transpose of <see cref="SynthesizeGradient"/> for all degrees of the table.</summary>
    /// <param name="table">Recurrence and latitudes.</param>
    /// <param name="amplitudes">Two fields.</param>
    /// <param name="first">First order of the group.</param>
    /// <param name="work">Scratch.</param>
    /// <param name="coefficients">Receives the group's coefficients; exactly 0 at degree 0.</param>
    public static void AnalyzeDivergence(
        LegendreTable table, MeridionalAmplitudes amplitudes, int first, OrderWorkspace work, double* coefficients)
    {
        int count = Count(first, table.Bandlimit);
        for (int m = first; m < first + count; m++)
        {
            double* line = work.Lines + (m - first) * (nint)work.LineStride;
            int pairs = LegendreTable.Pairs(m, table.Bandlimit + 1);
            LegendreAnalysis.TwoFields(table, m, pairs, amplitudes, work.State, work.Sums, work.Packed);
            PairMixing.Unmix(table.Mixing(m), pairs, work.Packed, stride: 8, work.Colatitude);
            PairMixing.Unmix(table.Mixing(m), pairs, work.Packed + 4, stride: 8, work.Longitude);
            SurfaceGradient.Diverge(table.Epsilon(m), m, table.Bandlimit, work.Colatitude, work.Longitude, line);
        }
        OrderLine.Scatter(work.Lines, work.LineStride, first, count, table.Bandlimit, coefficients);
    }

    private static int Count(int first, int degree) => Math.Min(OrderLine.Group, degree + 1 - first);
}
