using Meanfield.Solver;
using Meanfield.Spectral;
using Meanfield.Training;

namespace Meanfield.Validation;

/// <summary>Control problems on the circle with attention e^{⟨x,Ay⟩} (β = 1, unnormalized), A = diag(a₁, a₂).</summary>
internal static class TrainedWell
{
    /// <summary>A problem of this model.</summary>
    public static ControlProblem Problem(double first, double second, double noise, FeatureMap features, DepthGrid grid, ReadOnlySpan<double> initial, TerminalLoss loss, double regularization) =>
        new(new TrainedModel(new Attention(Normalization.None, 1, noise), InteractionMatrix.Diagonal(first, second), features), grid, initial, loss, regularization);

    /// <summary>The example of THEORY 5.3: A = diag(1.5, 0.75), κ = 0.1, λ = 0.3, ℓ = 1 − cos(θ − 0.8), features 1, x and degree 2, from 1 + 0.6 cos θ.</summary>
    public static ControlProblem Example(DepthGrid grid) => Problem(
        1.5, 0.75, 0.1, new FeatureMap(new HarmonicFeatures(2, 0, 2)), grid, [1, 0.6 / Math.Sqrt(2), 0], LinearLoss.Towards(2, Math.Cos(0.8), Math.Sin(0.8)), 0.3);

    /// <summary>The stationary density about e₁, reached from a von Mises law near it.</summary>
    public static double[] Stationary(double first, double second, double noise, int bandlimit)
    {
        var basis = new HarmonicBasis(2, bandlimit);
        var start = new double[basis.Count];
        VonMisesFisher.Add(basis, [1, 0], first * Math.Exp(first) / noise, 1, start);
        start[0] = 1;
        ControlProblem rest = Problem(first, second, noise, new FeatureMap(new ConstantFeature(2)), new DepthGrid(bandlimit, 2, 800), start, LinearLoss.Towards(2, 1, 0), 1);
        rest.Evaluate(new double[rest.Size]);
        return rest.Map.Final.ToArray();
    }
}
