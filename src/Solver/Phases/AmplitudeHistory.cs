using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>How strongly each degree is present at the output times of a run, whatever its scheme: α_ℓ(t), the deviation from uniform and the energy.</summary>
public sealed class AmplitudeHistory
{
    private readonly double[][] _amplitudes; // [degree][time]
    private readonly double[] _deviation, _energy;

    private AmplitudeHistory(Attention attention, HarmonicBasis basis, int known, double[] times, Func<int, double[]> row)
    {
        Attention = attention;
        Basis = basis;
        Known = known;
        Times = times;
        Initial = [];
        _amplitudes = new double[basis.Bandlimit + 1][];
        for (int degree = 0; degree < _amplitudes.Length; degree++) _amplitudes[degree] = new double[times.Length];
        (_deviation, _energy) = (new double[times.Length], new double[times.Length]);
        AttentionKernel kernel = DensityFlow.KernelFor(attention, basis.Dimension);
        double logScale = Math.Abs(attention.Beta) > 500 ? Math.Abs(attention.Beta) : 0;
        for (int k = 0; k < times.Length; k++)
        {
            double[] coefficients = row(k);
            ReadOnlySpan<double> state = coefficients.AsSpan(0, basis.Count);
            if (k == 0) Initial = state.ToArray();
            for (int degree = 1; degree <= basis.Bandlimit; degree++)
            {
                double amplitude = _amplitudes[degree][k] = DegreeAmplitudes.Of(basis, state, degree);
                _deviation[k] += Multiplicity.Of(basis.Dimension, degree) * amplitude * amplitude;
            }
            _deviation[k] = Math.Sqrt(_deviation[k]);
            _energy[k] = DensityObserver.Energy(kernel, basis, state, logScale);
        }
    }

    /// <summary>The model.</summary>
    public Attention Attention { get; }

    /// <summary>The degrees that are known at every time and matter to the energy.</summary>
    public HarmonicBasis Basis { get; }

    /// <summary>The largest degree that is known at every time.</summary>
    public int Known { get; }

    /// <summary>[T] output times.</summary>
    public double[] Times { get; }

    /// <summary>[Basis.Count] ∫Y dμ at the first output time.</summary>
    public double[] Initial { get; }

    /// <summary>‖ρ − 1‖ in L²(σ) over the degrees known.</summary>
    public TimeSeries Deviation => new(Times, _deviation);

    /// <summary>E = ½Σŵ_ℓa² over the degrees known, divided by e^|β| where |β| &gt; 500.</summary>
    public TimeSeries Energy => new(Times, _energy);

    /// <summary>The history of a run's snapshots; moments of a density beyond its bandlimit are 0, of tokens unknown.</summary>
    /// <param name="attention">The model.</param>
    /// <param name="dimension">d.</param>
    /// <param name="snapshots">In order of time, at least one.</param>
    /// <param name="degree">Degree that their record has in any case: then the history is that of the record.</param>
    public static AmplitudeHistory Of(Attention attention, int dimension, SnapshotHistory snapshots, int degree = 0)
    {
        IReadOnlyList<SnapshotOutline> outlines = snapshots.Outlines;
        int known = Math.Min(Math.Max(degree, outlines.Max(outline => outline.Bandlimit)), outlines.Min(outline => outline.IsTruncated ? outline.Bandlimit : int.MaxValue));
        HarmonicBasis basis = new(dimension, Relevant(attention, dimension, known));
        return new AmplitudeHistory(attention, basis, known, [.. outlines.Select(outline => outline.Time)], k =>
        {
            double[] values = snapshots[k].Coefficients;
            if (values.Length < basis.Count) Array.Resize(ref values, basis.Count);
            return values;
        });
    }

    /// <summary>The history of recorded coefficients.</summary>
    /// <param name="attention">The model.</param>
    /// <param name="basis">The harmonics of the record.</param>
    /// <param name="times">[T] output times, at least one.</param>
    /// <param name="coefficients">The [basis.Count] coefficients of one output time; NaN where unknown, all of them where the run says nothing of that time.</param>
    public static AmplitudeHistory Of(Attention attention, HarmonicBasis basis, double[] times, Func<int, double[]> coefficients)
    {
        int known = basis.Bandlimit;
        for (int k = 0; k < times.Length; k++)
        {
            int unknown = Array.FindIndex(coefficients(k), double.IsNaN);
            if (unknown > 0) known = Math.Min(known, basis.DegreeOf(unknown) - 1);
        }
        return new AmplitudeHistory(attention, basis.WithBandlimit(Relevant(attention, basis.Dimension, known)), known, times, coefficients);
    }

    /// <summary>α_ℓ(t); NaN for a degree that is not known.</summary>
    /// <param name="degree">ℓ ≥ 1.</param>
    public TimeSeries Amplitude(int degree)
    {
        if (degree <= Basis.Bandlimit) return new TimeSeries(Times, _amplitudes[degree]);
        var unknown = new double[Times.Length];
        Array.Fill(unknown, double.NaN);
        return new TimeSeries(Times, unknown);
    }

    // Degrees that the potential has, and eight in any case.
    private static int Relevant(Attention attention, int dimension, int known) =>
        Math.Min(known, Math.Max(8, DensityFlow.KernelFor(attention, dimension).MaximumDegree));
}
