using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Energies of the uniform state, regular polygons and a point mass on the circle (THEORY 1.3).</summary>
public sealed class V55StateEnergies : Law
{
    private static readonly double[] Betas = [0.5, 1, 5, 9];
    private static readonly int[] Corners = [1, 2, 3, 4, 7];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V55", "Energies of states")
    {
        Statement = "On the circle E = (1/2β)∬e^{β x·y} is I_0(β)/2β for the uniform state, (1/2β) Σ_{m∈Z} I_{mq}(β) for a regular q-gon of equal masses, e^β/2β for a point mass (q = 1).",
        Source = "THEORY 1.3",
        Status = ClaimStatus.Derived,
        Tag = "derived, c18",
        Hypotheses = ["d = 2", "β ≠ 0"],
        Method = "Energy observable of the density solver (uniform state) and of the token solver (direct sums over the q corners); β = 0.5, 1, 5, 9.",
        Tolerance = "1e-12 relative, as theory asks.",
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction().RelativeCurve("E of the uniform state", beta => FunkHecke.Lambda(2, 0, beta) / (2 * beta), 1e-12)
            .RelativeCurve("E of a point mass", beta => Math.Exp(beta) / (2 * beta), 1e-12);
        foreach (int q in Corners) prediction.RelativeCurve(Polygon(q), beta => PolygonSum(q, beta) / (2 * beta), 1e-12);
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement().Curve("E of the uniform state", "β", Betas, [.. Betas.Select(Uniform)])
            .Curve("E of a point mass", "β", Betas, [.. Betas.Select(beta => Regular(1, beta))]);
        foreach (int q in Corners) measurement.Curve(Polygon(q), "β", Betas, [.. Betas.Select(beta => Regular(q, beta))]);
        return measurement;
    }

    private static string Polygon(int q) => $"E of the regular {q}-gon";

    private static double PolygonSum(int q, double beta)
    {
        double sum = FunkHecke.Lambda(2, 0, beta);
        for (int degree = q; degree < 80; degree += q) sum += 2 * FunkHecke.Lambda(2, degree, beta);
        return sum;
    }

    private static double Uniform(double beta)
    {
        var flow = new DensityFlow(new Attention(Normalization.None, beta), 2, 4);
        var state = new double[flow.Basis.Count];
        state[0] = 1;
        return DensityObserver.Energy(flow, state);
    }

    private static double Regular(int q, double beta)
    {
        var force = new DirectForce(new TokenModel(new Attention(Normalization.None, beta), 2), q, 1);
        double[] positions = [.. Enumerable.Range(0, q).Select(i => Math.Cos(2 * Math.PI * i / q)), .. Enumerable.Range(0, q).Select(i => Math.Sin(2 * Math.PI * i / q))];
        force.Velocity(positions, new double[positions.Length]);
        return force.Energy(0);
    }
}
