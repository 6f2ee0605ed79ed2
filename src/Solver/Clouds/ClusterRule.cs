using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>What counts as a cluster (docs/clouds.md).</summary>
/// <param name="Angle">δ, the angle within which tokens are neighbours: 1e−6 … π/2.</param>
/// <param name="WidestRadius">A component of larger root-mean-square distance from its centre is spread out, no cluster.</param>
/// <param name="MinimumMass">Smallest share of the mass that a cluster holds.</param>
public sealed record ClusterRule(double Angle, double WidestRadius, double MinimumMass = 0.005)
{
    private const double AngleShare = 0.3;

    /// <summary>δ = 0.3 and largest radius 1 in units of the kernel's width 1/√max(|β|, 1).</summary>
    public static ClusterRule For(double beta)
    {
        double width = 1 / Math.Sqrt(Math.Max(Math.Abs(beta), 1));
        return new ClusterRule(AngleShare * width, width);
    }

    /// <summary>The rule for a model: the width of its kernel.</summary>
    public static ClusterRule For(Attention attention) => For(attention.Beta);
}
