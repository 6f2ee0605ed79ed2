using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>A Galerkin run of fixed bandlimit is as good as the best approximation of its size.</summary>
public sealed class W10GalerkinError : Law
{
    private const double Start = 0.4, Time = 1, Step = 0.0125;
    private const int Fine = 80;
    private const string Slope = "decay of log‖error‖ per degree", Error = "‖error‖";

    private static readonly double[] Bandlimits = [8, 12, 16, 20, 24];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("W10", "Spectral convergence on the sphere")
    {
        Statement = "The L² error of the solution of bandlimit L falls geometrically, at the rate of what the exact solution has above L: log‖f − f_L‖ decreases per degree as log(Σ_{ℓ>L} a_ℓ²)^½. For the hyperbolic-Poisson solution at β = 0 that is close to log r(t), r the radius of THEORY 4.3.",
        Source = "quasi-optimality of Galerkin approximations of smooth solutions (textbook; recalled, not proven for this flow); exact solution: THEORY 4.3",
        Status = ClaimStatus.Recalled,
        Tag = "memory (quasi-optimality), derived, c06 (solution)",
        Hypotheses = ["d = 3, β = 0", "analytic data", "time error below the truncation error"],
        Method = "Galerkin flow of the density solver at bandlimits 8 … 24 from the Poisson density of r_0 = 0.4 about an axis off the pole, t = 1, exponential Runge–Kutta steps of 1/80; error against bandlimit 80. Prediction: coefficients at r(1) by the defining integrals, r by classical Runge–Kutta.",
        Tolerance = "5 % of the slope: a constant, and slowly varying, factor between error and best approximation is allowed.",
        Case = """
            dimension: 3
            attention: {normalization: none, beta: 0}
            initial: {poisson: {radius: 0.4, axis: [0.6, 0, 0.8]}}
            time: {until: 1, every: 0.1}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        double radius = Radius();
        double[] moments = LegendreMoments.Of(t => Math.Pow((1 - radius * radius) / (1 - 2 * radius * t + radius * radius), 2), Fine, 240);
        double[] tails = [.. Bandlimits.Select(limit => Math.Sqrt(Enumerable.Range((int)limit + 1, Fine - (int)limit).Sum(k => (2 * k + 1) * moments[k] * moments[k])))];
        return new Prediction().Relative(Slope, LineFit.Through(Bandlimits, [.. tails.Select(tail => Math.Log(tail))])!.Value.Slope, 0.05)
            .RelativeCurve(Error, limit => tails[Array.IndexOf(Bandlimits, limit)], double.PositiveInfinity);
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        double[] exact = Run(trial, Fine);
        double[] errors = [.. Bandlimits.Select(limit =>
        {
            double[] rough = Run(trial, (int)limit);
            return Math.Sqrt(exact.Select((a, i) => Math.Pow(a - (i < rough.Length ? rough[i] : 0), 2)).Sum());
        })];
        return new Measurement().Curve(new Curve(Error, "L", Bandlimits, errors) { LogY = true }).Figure(Slope, LineFit.Through(Bandlimits, [.. errors.Select(error => Math.Log(error))]));
    }

    private static double[] Run(Trial trial, int bandlimit)
    {
        var flow = new DensityFlow(new Attention(Normalization.None, 0), 3, bandlimit);
        var state = new double[flow.Basis.Count];
        HyperbolicPoisson.Add(flow.Basis, Start, [0.6, 0, 0.8], state);
        var stepper = new ExponentialRungeKutta(flow, state, ExponentialTableau.DormandPrince);
        for (int step = 0; step * Step < Time - 1e-9; step++)
        {
            trial.Cancellation.ThrowIfCancellationRequested();
            stepper.TryStep(Step);
            stepper.Accept();
        }
        return stepper.State.ToArray();
    }

    // ṙ = ½(1−r²) h(r), h = (1+r²)/(2r) − ((1−r²)²/4r²) log((1+r)/(1−r)).
    private static double Radius()
    {
        double h = 1e-3, r = Start;
        for (int step = 0; step < 1000; step++)
        {
            double k1 = Rate(r), k2 = Rate(r + 0.5 * h * k1), k3 = Rate(r + 0.5 * h * k2), k4 = Rate(r + h * k3);
            r += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
        }
        return r;

        static double Rate(double r) => 0.5 * (1 - r * r) * ((1 + r * r) / (2 * r) - Math.Pow(1 - r * r, 2) / (4 * r * r) * Math.Log((1 + r) / (1 - r)));
    }
}
