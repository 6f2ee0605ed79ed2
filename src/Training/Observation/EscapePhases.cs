namespace Meanfield.Training;

/// <summary>Clustering, plateau and escape, read off the free energy and the control along the depth.</summary>
/// <remarks>
/// The plateau is the stretch about the largest F in which F stays within <see cref="Band"/> of its rise F_max − F_0: clustering ends where it
/// begins, escape begins where it ends (never, if F is still there at T). The boundary layer is where ‖W_t‖ exceeds ‖W_T‖/e up to the end;
/// for an exponential control its thickness is 1/ω (THEORY 5.3). Crossings are interpolated linearly, those of ‖W‖ in the logarithm.
/// </remarks>
/// <param name="Clustering">When the plateau begins.</param>
/// <param name="Escape">When it ends; NaN if it does not.</param>
/// <param name="Summit">F_max.</param>
/// <param name="Drop">F_max − F(T).</param>
/// <param name="BoundaryLayer">Thickness of the control's boundary layer; NaN without control, T if the control is that large throughout.</param>
public sealed record EscapePhases(double Clustering, double Escape, double Summit, double Drop, double BoundaryLayer)
{
    /// <summary>Share of the rise that the plateau may lie below its summit.</summary>
    public const double Band = 0.02;

    /// <summary>How long the plateau lasts; to T if there is no escape.</summary>
    public double Plateau(double horizon) => (double.IsNaN(Escape) ? horizon : Escape) - Clustering;

    /// <summary>Reads the phases.</summary>
    /// <param name="times">[n + 1] depths, from 0 to T.</param>
    /// <param name="energies">[n + 1] F there.</param>
    /// <param name="layers">Size T/layers.Length each: ‖W_k‖.</param>
    /// <exception cref="ArgumentException">Fewer than two depths, or of another number than energies.</exception>
    public static EscapePhases Of(ReadOnlySpan<double> times, ReadOnlySpan<double> energies, ReadOnlySpan<double> layers)
    {
        if (times.Length < 2 || times.Length != energies.Length) throw new ArgumentException("phases need an energy at each of at least two depths", nameof(energies));
        int top = 0;
        for (int k = 1; k < energies.Length; k++)
            if (energies[k] > energies[top]) top = k;
        double level = energies[top] - Band * (energies[top] - energies[0]);
        int first = top, last = top;
        while (first > 0 && energies[first - 1] >= level) first--;
        while (last < energies.Length - 1 && energies[last + 1] >= level) last++;
        double clustering = first == 0 ? times[0] : Crossing(times, energies, first - 1, level);
        double escape = last == energies.Length - 1 ? double.NaN : Crossing(times, energies, last, level);
        return new EscapePhases(clustering, escape, energies[top], energies[top] - energies[^1], Layer(layers, times[^1]));
    }

    private static double Crossing(ReadOnlySpan<double> times, ReadOnlySpan<double> values, int k, double level) =>
        times[k] + (times[k + 1] - times[k]) * (level - values[k]) / (values[k + 1] - values[k]);

    // ‖W‖ at the end is extrapolated from the middles of the last two layers.
    private static double Layer(ReadOnlySpan<double> sizes, double horizon)
    {
        int n = sizes.Length;
        if (n < 2 || !(sizes[n - 1] > 0 && sizes[n - 2] > 0)) return double.NaN;
        double step = horizon / n;
        double goal = Math.Log(sizes[n - 1]) + 0.5 * Math.Log(sizes[n - 1] / sizes[n - 2]) - 1;
        for (int k = n - 1; k > 0; k--)
        {
            double above = Math.Log(sizes[k]), below = Math.Log(sizes[k - 1]);
            if (below <= goal) return (n - k - 0.5 + (above - goal) / (above - below)) * step;
        }
        return horizon;
    }
}
