using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Orders of the steppers of tokens on a flow that is known in closed form (THEORY 6.1).</summary>
public sealed class V30IntegratorOrder : Law
{
    private const int Count = 4;
    private const double Time = 1.2;
    private const string Adaptive = "cosine, tolerance 1e-12", Eighth = "cosine at t = 1.2, steps of order 8", Second = "cosine at t = 1.2, steps of weak order 2 without noise";

    private static readonly TokenModel Model = new(new Attention(Normalization.Softmax, 0), Count);

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V30", "Orders of the integrators")
    {
        Statement = "At β = 0 the cosine of n orthonormal tokens is ρ(t) = (e^{2t}−1)/(e^{2t}+n−1); the error of fixed steps h is of order h⁸ (Dormand–Prince 8(5,3)) and h² (midpoint rule between two halves of diffusion, κ = 0).",
        Source = "arXiv:2312.10794v5, section 6.2 (n = 2: tanh t); THEORY 6.1",
        Status = ClaimStatus.Derived,
        Tag = "derived; n = 2 text",
        Hypotheses = ["β = 0", "no noise", "tokens orthonormal at the start", "steps small enough for the leading term of the error, large enough for rounding"],
        Method = "n = d = 4. Adaptive run at tolerance 1e-12, t ≤ 1.2; the stepper of order 8 with 2 … 6 equal steps, that of order 2 with 20 … 160.",
        Tolerance = "Cosine 1e-12 (theory: scheme order). Exponents 8 ± 0.25 (so few and large steps are needed that the next term of the error still shows) and 2 ± 0.02.",
        Case = """
            dimension: 4
            attention: {normalization: softmax, beta: 0}
            initial: {tokens: {count: 4, law: equiangular}}
            method: {scheme: particles, tolerance: 1.0e-12}
            time: {until: 1.2, every: 0.1}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial) => new Prediction()
        .Curve(Adaptive, Exact, 1e-12)
        .Approaches(Eighth, _ => Exact(Time), 8, 0.25)
        .Approaches(Second, _ => Exact(Time), 2, 0.02);

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        TokenSample initial = EquiangularTokens.Create(Count, Count, 0);
        double[] times = [.. Enumerable.Range(0, 13).Select(i => 0.1 * i)];
        TokenRecord run = TokenRecord.Of(trial, Model, initial, TokenRecord.Settings(1e-12, 1, times));
        int[] few = [2, 3, 4, 5, 6], many = [20, 40, 80, 160];
        return new Measurement()
            .Curve(Adaptive, "t", times, [.. times.Select((_, k) => run.Cosine(k, 0, 1))])
            .Curve(new Curve(Eighth, "h", [.. few.Select(steps => Time / steps)], [.. few.Select(steps => OrderEight(initial, steps))]) { LogX = true })
            .Curve(new Curve(Second, "h", [.. many.Select(steps => Time / steps)], [.. many.Select(steps => OrderTwo(initial, steps))]) { LogX = true });
    }

    private static double Exact(double t) => (Math.Exp(2 * t) - 1) / (Math.Exp(2 * t) + Count - 1);

    private static double OrderEight(TokenSample initial, int steps)
    {
        var stepper = new TokenStepper(new TokenDynamics(new MeanForce(Model, Count), new NormSettings()), 0, initial.ByCoordinate(), 1);
        for (int i = 0; i < steps; i++)
        {
            stepper.TryStep(i * Time / steps, Time / steps);
            stepper.Accept();
        }
        return Cosine(stepper.State);
    }

    private static double OrderTwo(TokenSample initial, int steps)
    {
        var stepper = new NoisyStepper(new MeanForce(Model, Count), initial.ByCoordinate(), seed: 1, threads: 1);
        for (int i = 0; i < steps; i++) stepper.Step(Time / steps, i);
        return Cosine(stepper.State);
    }

    private static double Cosine(ReadOnlySpan<double> positions)
    {
        double sum = 0;
        for (int k = 0; k < Count; k++) sum += positions[k * Count] * positions[k * Count + 1];
        return sum;
    }
}
