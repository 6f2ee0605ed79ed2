using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>A density with noise, followed until it no longer moves (V36–V38): unnormalized attention, symmetric about an axis.</summary>
internal sealed class StationaryState
{
    private const double Tolerance = 1e-8;

    private readonly Trial _trial;
    private readonly Measurement _measurement;
    private readonly double _beta;
    private HarmonicBasis _basis;
    private double[] _coefficients;

    /// <summary>Starts at 1 + √d·m·(√d x·e): order parameter m along the axis e.</summary>
    /// <param name="trial">Cancellation.</param>
    /// <param name="measurement">Learns of a density that is not resolved.</param>
    /// <param name="dimension">d.</param>
    /// <param name="beta">β.</param>
    /// <param name="order">m.</param>
    public StationaryState(Trial trial, Measurement measurement, int dimension, double beta, double order)
    {
        (_trial, _measurement, _beta) = (trial, measurement, beta);
        _basis = new HarmonicBasis(dimension, 1);
        _coefficients = new double[_basis.Count];
        _coefficients[0] = 1;
        _coefficients[_basis.IndexOf(1, dimension == 2 ? 1 : 0)] = Math.Sqrt(dimension) * order;
    }

    /// <summary>m at each output time of the last run.</summary>
    public TimeSeries OrderParameter { get; private set; } = null!;

    /// <summary>F_κ = E − κ∫f log f at the end of the last run.</summary>
    public double FreeEnergy { get; private set; }

    /// <summary>m at the end of the last run.</summary>
    public double Order => OrderParameter.Values[^1];

    /// <summary>The same state, to go on from elsewhere.</summary>
    public StationaryState Copy() => (StationaryState)MemberwiseClone();

    /// <summary>Goes on from where the last run ended.</summary>
    /// <param name="noise">κ.</param>
    /// <param name="times">Output times, the first 0.</param>
    public StationaryState Run(double noise, params IReadOnlyList<double> times)
    {
        var settings = new DensitySettings { Tolerance = Tolerance, OutputTimes = times };
        DensityRecord record = DensityRecord.Of(_trial, new Attention(Normalization.None, _beta, noise), _basis, _coefficients, settings).MustComplete(_measurement);
        OrderParameter = new TimeSeries(record.Times, [.. record.Snapshots.Select(snapshot => snapshot.Observables.OrderParameter)]);
        FreeEnergy = record.Snapshots[^1].Observables.FreeEnergy;
        (_basis, _coefficients) = (_basis.WithBandlimit(record.Snapshots[^1].Bandlimit), record.Snapshots[^1].Coefficients);
        return this;
    }

    /// <summary>Goes on in pieces of a time until m changes by less than a share of itself in each, at most so many; at an m below 1e−4 there is nothing left.</summary>
    /// <param name="noise">κ.</param>
    /// <param name="piece">Length of a piece.</param>
    /// <param name="share">Relative change of m.</param>
    /// <param name="most">Pieces.</param>
    /// <returns>Whether it came to rest.</returns>
    public bool Settle(double noise, double piece, double share, int most)
    {
        for (int i = 0; i < most; i++)
        {
            Run(noise, 0, piece);
            if (Order < 1e-4 || Math.Abs(Order / OrderParameter.Values[0] - 1) < share) return true;
        }
        return false;
    }
}
