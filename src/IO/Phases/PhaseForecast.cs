using Meanfield.Perturbation;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>What the theory of the uniform state expects of a run: its phases, the mode it selects, the clusters it forms (docs/phases.md).</summary>
public sealed record PhaseForecast
{
    /// <summary>q, the fastest degree.</summary>
    public required int FastestDegree { get; init; }

    /// <summary>γ_q.</summary>
    public required double GrowthRate { get; init; }

    /// <summary>T₁ of the data themselves: α_q reaches <see cref="MeasuredPhases.Threshold"/> by the expansion of the data or the amplitude equation; NaN if they have no component of degree q.</summary>
    public required double LinearEnd { get; init; }

    /// <summary>How T₁ was found.</summary>
    public required PredictionMethod LinearEndBy { get; init; }

    /// <summary>T₂ of the data themselves: z = α_q/√(1 − α_q²), grown at γ_q from T₁ on, reaches 1.</summary>
    public required double ClusteringStart { get; init; }

    /// <summary>Law of T₁ over draws of N iid uniform tokens; null for other data.</summary>
    public required ExitForecast? LinearEndLaw { get; init; }

    /// <summary>Law of T₂ over draws of N iid uniform tokens; null for other data.</summary>
    public required ExitForecast? ClusteringStartLaw { get; init; }

    /// <summary>The second fastest degree p.</summary>
    public required int RunnerUpDegree { get; init; }

    /// <summary>(1 − γ_p/γ_q)/2.</summary>
    public required double SelectivityExponent { get; init; }

    /// <summary>Typical α_p/α_q where the linear phase ends, N^(−exponent); NaN without N.</summary>
    public required double SelectivityRatio { get; init; }

    /// <summary>Largest α_p e^{γ_p T₁} beside δ over degrees p that are not multiples of q: how far the data themselves are from a q-periodic state at T₁.</summary>
    public required double Asymmetry { get; init; }

    /// <summary>Clusters of the circle, their centres and masses; null where nothing says where they are.</summary>
    public required ClusterForecast? Clusters { get; init; }

    /// <summary>The regular polygon of q clusters; null unless on the circle without noise.</summary>
    public required PolygonForecast? Polygon { get; init; }

    /// <summary>Expects what theory says.</summary>
    /// <param name="attention">The model.</param>
    /// <param name="basis">The harmonics of the data.</param>
    /// <param name="initial">[basis.Count] coefficients of the data.</param>
    /// <param name="tokens">N if they are N iid uniform tokens.</param>
    /// <returns>Null if no degree grows, or e^β leaves the range of double.</returns>
    public static PhaseForecast? Of(Attention attention, HarmonicBasis basis, ReadOnlySpan<double> initial, int? tokens)
    {
        int d = basis.Dimension;
        Eigenmodes modes = Eigenmodes.About(attention, d);
        if (!(modes.Fastest.GrowthRate > 0) || modes.LogScale != 0) return null;
        (int q, double rate) = (modes.Fastest.Degree, modes.Fastest.GrowthRate);
        ModeSelectivity selectivity = ModeSelectivity.Of(attention, d);
        double start = q <= basis.Bandlimit ? DegreeAmplitudes.Of(basis, initial, q) : double.NaN;
        (double end, PredictionMethod method) = LinearPhase.End(attention, basis, initial, q, rate);
        double asymmetry = AsymmetryAt(end, modes, basis, initial);
        return new PhaseForecast
        {
            FastestDegree = q,
            GrowthRate = rate,
            LinearEnd = end,
            LinearEndBy = method,
            ClusteringStart = end + 0.5 * Math.Log(1 / (MeasuredPhases.Threshold * MeasuredPhases.Threshold) - 1) / rate,
            LinearEndLaw = tokens is int n ? ExitForecast.Of(attention, d, q, n, MeasuredPhases.Threshold, landau: d == 2) : null,
            ClusteringStartLaw = tokens is int m ? ExitForecast.Of(attention, d, q, m, 1, landau: false) : null,
            RunnerUpDegree = selectivity.RunnerUp.Degree,
            SelectivityExponent = selectivity.Exponent,
            SelectivityRatio = tokens is int count ? selectivity.Ratio(count) : double.NaN,
            Asymmetry = asymmetry,
            Clusters = d == 2 && start > 0 ? ClusterForecast.Of(attention, initial) : null,
            Polygon = d == 2 && attention.Noise == 0 ? PolygonForecast.Of(attention, q, asymmetry) : null,
        };
    }

    private static double AsymmetryAt(double time, Eigenmodes modes, HarmonicBasis basis, ReadOnlySpan<double> initial)
    {
        if (double.IsNaN(time)) return double.NaN;
        double largest = 0;
        foreach (Eigenmode mode in modes.Modes)
            if (mode.Degree <= basis.Bandlimit && mode.Degree % modes.Fastest.Degree != 0)
                largest = Math.Max(largest, DegreeAmplitudes.Of(basis, initial, mode.Degree) * Math.Exp(mode.GrowthRate * time));
        return largest / MeasuredPhases.Threshold;
    }
}
