using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>What snapshots say about a density that is carried by its flow.</summary>
public sealed class CharacteristicObserver
{
    private readonly ScatteredHarmonics _harmonics;
    private HarmonicForce _force = null!;
    private CarriedMesh _mesh = null!;
    private double[] _velocity = [];
    private ClusterCensus _census = null!;

    /// <summary>Prepares for moments up to a degree.</summary>
    public CharacteristicObserver(int dimension, int degree) => _harmonics = ScatteredHarmonics.Create(dimension, degree);

    /// <summary>Takes the nodes as they are after a refinement.</summary>
    public void Attach(HarmonicForce force, CarriedMesh mesh)
    {
        (_force, _mesh) = (force, mesh);
        if (_velocity.Length != mesh.Coordinates * force.Count) _velocity = new double[mesh.Coordinates * force.Count];
    }

    /// <summary>
    /// Energy, dissipation, entropy −Σ w log ρ and extremes of the density at the nodes (from the Jacobian of the map), order parameter, variance, clusters.
    /// </summary>
    /// <param name="positions">[Coordinates·N] nodes, then recorded tokens.</param>
    /// <param name="step">The last time step.</param>
    public Observables Observe(ReadOnlySpan<double> positions, double step)
    {
        _force.Velocity(positions, _velocity);
        Attention attention = _force.Model.Attention;
        double logScale = Observables.LogScaleFor(attention);
        double entropy = 0, mass = 0, lowest = double.PositiveInfinity, highest = double.NegativeInfinity;
        foreach (CarriedPanel panel in _mesh.Panels)
        {
            for (int node = 0; node < panel.Nodes; node++)
            {
                double rho = panel.Density(node);
                (lowest, highest) = (Math.Min(lowest, rho), Math.Max(highest, rho));
                mass += panel.Weight(node);
                if (rho > 0) entropy -= panel.Weight(node) * Math.Log(rho);
            }
        }
        _census = ClusterCensus.Take(new Cloud(_mesh.Coordinates, positions, _force.Model.Weights), ClusterRule.For(attention));
        double energy = _force.Energy(logScale);
        (double order, double variance) = Spread(positions);
        return new Observables
        {
            Energy = energy,
            EnergyLogScale = logScale,
            Entropy = entropy,
            FreeEnergy = energy,
            Dissipation = _force.Dissipation(_velocity, logScale),
            OrderParameter = order,
            Variance = variance,
            Clusters = _census.Clusters.Count,
            LargestCluster = _census.LargestMass,
            Mass = mass,
            NegativeMass = _mesh.NegativeMass,
            MinimumDensity = lowest,
            MaximumDensity = highest,
            SpectrumTail = double.NaN,
            Aliasing = double.NaN,
            MomentError = _mesh.MomentError,
            Bandlimit = _harmonics.Basis.Bandlimit,
            Step = step,
        };
    }

    /// <summary>Cluster of each of the last <paramref name="count"/> points, the recorded tokens, as counted by the last <see cref="Observe"/>; −1 for a straggler.</summary>
    /// <remarks>For zonal data clusters are counted in the meridian plane: one off the axis is a ring around it.</remarks>
    public int[] Clusters(int count) => _census.Labels[^count..];

    /// <summary>Moments ∫Y dμ = Σ w_i Y_A(x_i).</summary>
    public double[] Moments(ReadOnlySpan<double> positions)
    {
        var moments = new double[_harmonics.Basis.Count];
        _harmonics.Moments(positions, _force.Model.Weights, moments);
        moments[0] = 1;
        return moments;
    }

    // |m| and Σ w |x − m|² by differences; around the axis of zonal data the mean lies on it, and |x − m|² = s² + (t − m)².
    private (double Order, double Variance) Spread(ReadOnlySpan<double> positions)
    {
        if (_mesh.Dimension <= 3)
        {
            var mean = CloudMean.Of(new Cloud(_mesh.Dimension, positions, _force.Model.Weights));
            return (mean.OrderParameter, mean.Variance);
        }
        double[] weights = _force.Model.Weights!;
        ReadOnlySpan<double> distances = positions[.._force.Count], heights = positions[_force.Count..];
        double height = 0, variance = 0;
        for (int i = 0; i < weights.Length; i++) height += weights[i] * heights[i];
        for (int i = 0; i < weights.Length; i++)
            variance += weights[i] * (distances[i] * distances[i] + (heights[i] - height) * (heights[i] - height));
        return (Math.Abs(height), variance);
    }
}
