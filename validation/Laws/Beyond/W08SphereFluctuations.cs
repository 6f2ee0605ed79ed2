using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Fluctuations of noisy tokens about the uniform state of the sphere.</summary>
public sealed class W08SphereFluctuations : Law
{
    private const double Noise = 0.5, Time = 1.5, Step = 0.05;
    private const int Highest = 3;

    private static readonly Attention Model = new(Normalization.None, 1, Noise);

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("W08", "Fluctuations on the sphere")
    {
        Statement = "N tokens on S² with noise κ, iid uniform at the start: N Var a_km(t) = e^{2γ̃t} + κℓ_k(e^{2γ̃t} − 1)/γ̃ + O(1/N), γ̃ = ℓ_k(λ_k/β − κ), the same for all 2k + 1 orders: isotropic noise of the empirical measure, raised by attention above its value 1 without it.",
        Source = "THEORY 6.7, A4 (any d; checked there on the circle only)",
        Status = ClaimStatus.Derived,
        Tag = "derived, c14 on the circle",
        Hypotheses = ["d = 3, unnormalized, κ > κ_c = 0.3679 (β = 1, κ = 0.5): the uniform state is stable", "N large"],
        Method = "Noisy stepper of the token solver, weak order 2, step 0.05 to t = 1.5, 120 tokens and 300 paths (quick), 240 and 1,500, 480 and 5,000: mean over paths of N Σ_m a_km²/(2k+1) and of N a_k0², k = 1, 2, 3.",
        Tolerance = "5 standard errors (Sample.Sigmas), at most 0.3 (quick), 0.15, 0.08 of the figure; the terms in 1/N and h² are smaller.",
        Case = """
            dimension: 3
            attention: {normalization: none, beta: 1, noise: 0.5}
            initial: {tokens: {count: 240}}
            method: {scheme: particles}
            time: {until: 1.5, every: 0.1}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        for (int k = 1; k <= Highest; k++)
        {
            double rate = FunkHecke.Rate(Model, 3, k), square = Math.Exp(2 * rate * Time), value = square + Noise * k * (k + 1) * (square - 1) / rate;
            prediction.Within(Name(k), value, Sample.Sigmas, trial.At(0.3, 0.15, 0.08) * value).Within(Axial(k), value, Sample.Sigmas, trial.At(0.6, 0.3, 0.15) * value);
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        int tokens = trial.At(120, 240, 480), paths = trial.At(300, 1500, 5000);
        var basis = new HarmonicBasis(3, Highest);
        var model = new TokenModel(Model, 3);
        var force = new DirectForce(model, tokens, threads: 1);
        var sums = new double[Highest + 1][];
        var axial = new double[Highest + 1][];
        for (int k = 1; k <= Highest; k++) (sums[k], axial[k]) = (new double[paths], new double[paths]);
        for (int path = 0; path < paths; path++)
        {
            trial.Cancellation.ThrowIfCancellationRequested();
            var stepper = new NoisyStepper(force, TokenSample.Uniform(3, tokens, trial.Seed(2 * path)).ByCoordinate(), trial.Seed(2 * path + 1), threads: 1);
            for (int step = 0; step * Step < Time - 1e-9; step++) stepper.Step(Step, step);
            double[] moments = Moments(basis, stepper.State, tokens);
            for (int k = 1; k <= Highest; k++)
            {
                foreach (double a in moments.AsSpan(basis.Start(k)..basis.Start(k + 1))) sums[k][path] += tokens * a * a / (2 * k + 1);
                double zonal = moments[basis.IndexOf(k, 0)];
                axial[k][path] = tokens * zonal * zonal;
            }
        }
        var measurement = new Measurement();
        for (int k = 1; k <= Highest; k++) measurement.Mean(Name(k), sums[k]).Mean(Axial(k), axial[k]);
        return measurement;
    }

    private static double[] Moments(HarmonicBasis basis, ReadOnlySpan<double> positions, int tokens)
    {
        var harmonics = new SphericalHarmonics(basis.Bandlimit);
        double[] sum = new double[basis.Count], values = new double[basis.Count];
        for (int i = 0; i < tokens; i++)
        {
            harmonics.Evaluate(positions[i], positions[tokens + i], positions[2 * tokens + i], values);
            for (int at = 0; at < sum.Length; at++) sum[at] += values[at] / tokens;
        }
        return sum;
    }

    private static string Name(int k) => $"N Σ_m a_km²/(2k+1), k = {k}";

    private static string Axial(int k) => $"N a_k0², k = {k}";
}
