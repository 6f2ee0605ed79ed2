using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>What snapshots say about a cloud of tokens: observables, moments and the recorded positions.</summary>
public sealed class TokenObserver
{
    private readonly TokenForce _force;
    private readonly HarmonicBasis _basis;
    private readonly ScatteredHarmonics? _harmonics;
    private readonly CloudMean _mean;
    private readonly double[] _velocity;
    private ClusterCensus _census = null!;

    /// <summary>Prepares for the tokens of a force.</summary>
    /// <param name="force">The force.</param>
    /// <param name="degree">Largest degree of the moments.</param>
    public TokenObserver(TokenForce force, int degree)
    {
        _force = force;
        _basis = new HarmonicBasis(force.Model.Dimension, degree);
        _harmonics = force.Model.Dimension <= 3 ? ScatteredHarmonics.Create(_basis.Dimension, degree) : null;
        _mean = new CloudMean(force.Model.Dimension);
        _velocity = new double[force.Model.Dimension * force.Count];
    }

    /// <summary>
    /// Energy, dissipation, order parameter, variance, clusters. Entropy and what belongs to a density are NaN; so are energies with the causal mask.
    /// </summary>
    /// <param name="positions">[d·N].</param>
    /// <param name="step">The last time step.</param>
    public Observables Observe(ReadOnlySpan<double> positions, double step)
    {
        _force.Velocity(positions, _velocity);
        var cloud = new Cloud(_force.Model.Dimension, positions, _force.Model.Weights);
        _mean.Measure(cloud);
        _census = ClusterCensus.Take(cloud, ClusterRule.For(_force.Model.Attention));
        double logScale = Observables.LogScaleFor(_force.Model.Attention);
        return new Observables
        {
            Energy = _force.Energy(logScale),
            EnergyLogScale = logScale,
            Entropy = double.NaN,
            FreeEnergy = double.NaN,
            Dissipation = _force.Dissipation(_velocity, logScale),
            OrderParameter = _mean.OrderParameter,
            Variance = _mean.Variance,
            Clusters = _census.Clusters.Count,
            LargestCluster = _census.LargestMass,
            Mass = 1,
            MinimumDensity = double.NaN,
            MaximumDensity = double.NaN,
            SpectrumTail = double.NaN,
            Aliasing = double.NaN,
            Bandlimit = _basis.Bandlimit,
            Step = step,
        };
    }

    /// <summary>Moments ∫Y dμ = Σ w_i Y_A(x_i); for d ≥ 4 those that are zonal about the last axis, √N(ℓ,d) Σ w_i P_ℓ(x_i,d).</summary>
    public double[] Moments(ReadOnlySpan<double> positions)
    {
        var moments = new double[_basis.Count];
        if (_harmonics is not null) _harmonics.Moments(positions, _force.Model.Weights, moments);
        else Zonal(positions[^_force.Count..], moments);
        moments[0] = 1;
        return moments;
    }

    /// <summary>Positions [n·d], token after token, of n tokens spread evenly over the indices: token k is number ⌊kN/n⌋.</summary>
    public double[] Record(ReadOnlySpan<double> positions, int wanted)
    {
        int d = _force.Model.Dimension, count = _force.Count, recorded = Math.Min(wanted, count);
        var tokens = new double[recorded * d];
        for (int k = 0; k < recorded; k++)
        {
            int i = RecordedToken(k, recorded, count);
            for (int c = 0; c < d; c++) tokens[k * d + c] = positions[c * count + i];
        }
        return tokens;
    }

    /// <summary>Cluster [n] of each token that <see cref="Record"/> takes, as counted by the last <see cref="Observe"/>; −1 for a straggler.</summary>
    public int[] RecordClusters(int wanted)
    {
        int recorded = Math.Min(wanted, _force.Count);
        return [.. Enumerable.Range(0, recorded).Select(k => _census.Labels[RecordedToken(k, recorded, _force.Count)])];
    }

    /// <summary>Index of the k-th of n recorded tokens among N.</summary>
    public static int RecordedToken(int k, int recorded, int count) => (int)((long)k * count / recorded);

    // (k + d − 2) P_(k+1) = (2k + d − 2) t P_k − k P_(k−1), a block of tokens at a time
    private void Zonal(ReadOnlySpan<double> heights, double[] moments)
    {
        const int Block = 512;
        int d = _basis.Dimension;
        Span<double> below = stackalloc double[Block], here = stackalloc double[Block], weights = stackalloc double[Block];
        for (int from = 0; from < heights.Length; from += Block)
        {
            int length = Math.Min(Block, heights.Length - from);
            here.Fill(1);
            below.Clear();
            for (int i = 0; i < length; i++) weights[i] = _force.Model.Weight(from + i, _force.Count);
            for (int k = 0; k <= _basis.Bandlimit; k++)
            {
                moments[k] += TensorPrimitives.Dot<double>(here[..length], weights[..length]);
                for (int i = 0; i < length; i++)
                    (below[i], here[i]) = (here[i], k == 0 ? heights[from + i] : ((2.0 * k + d - 2) * heights[from + i] * here[i] - k * below[i]) / (k + d - 2.0));
            }
        }
        for (int k = 0; k <= _basis.Bandlimit; k++) moments[k] *= Math.Sqrt(Multiplicity.Of(d, k));
    }
}
