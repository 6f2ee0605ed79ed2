using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>The signs of drift and diffusion in the Fokker–Planck equation of noisy attention (THEORY 1.4, trap 2).</summary>
public sealed class R01FokkerPlanckSigns : Law
{
    private const double Beta = 1, Size = 0.1, Time = 0.1;
    private const int Count = 20_000, Degree = 2;
    private const string Drift = "coefficient of −∇·(μv)", Diffusion = "coefficient of κΔμ", DensityDrift = "the same, density", DensityDiffusion = "the same, density, κΔμ";

    private static readonly double[] Noises = [0.05, 1.2];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("R01", "Signs of the Fokker–Planck equation")
    {
        Statement = "dX = v dt + √(2κ) dB gives ∂_t μ = −∇·(μv) + κΔμ, both terms with these signs; printed (κ = 1/κ_R) with two slips of sign. A term with its sign reversed has the coefficient −1 here.",
        Source = "arXiv:2512.01868, equation `Fokker` (two sign slips: THEORY 1.5, trap 2); THEORY 1.4",
        Status = ClaimStatus.RefutedAsPrinted,
        Tag = "text (the slips are known from THEORY, the equation was not at hand); derived",
        Hypotheses = ["unnormalized", "deviation small: linear phase"],
        Method = "20,000 tokens at the quantiles of 1 + 0.2 cos 2θ, β = 1, moved by the stochastic equation itself (token solver) to t = 0.1 with κ = 0.05 and 1.2, 16 (64, 256) paths: log|c_2| against κ is a line whose slope is the coefficient of κΔμ times −k²t and whose value at κ = 0 is that of the drift times γ_2 t; and the same from the density solver.",
        Tolerance = "Tokens: Sample.Sigmas standard errors, at most 0.3; density: 1 % (terms of order |c_2|²). The reversed sign is to be missed by more than half.",
        Case = """
            dimension: 2
            attention: {normalization: none, beta: 1, noise: 1.2}
            initial: {modes: [{degree: 2, order: 1, amplitude: 0.1414213562}]}
            method: {scheme: particles, tokens: 20000, seed: 1}
            time: {until: 0.1, every: 0.05}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial) => new Prediction()
        .Printed(Drift, -1, 0.5).Printed(Diffusion, -1, 0.5)
        .Within(Drift, 1, Sample.Sigmas, 0.3).Within(Diffusion, 1, Sample.Sigmas, 0.3)
        .Relative(DensityDrift, 1, 0.01).Relative(DensityDiffusion, 1, 0.01);

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        Sample[] tokens = [.. Noises.Select((noise, place) => Sample.Of(Enumerable.Range(0, trial.At(16, 64, 256)).Select(path => Tokens(trial, noise, trial.Seed(1000 * place + path)))))];
        Add(tokens[0].Mean, tokens[1].Mean, tokens[0].MeanError, tokens[1].MeanError, Drift, Diffusion);
        double[] density = [.. Noises.Select(noise => DensityRecord.Of(trial, new Attention(Normalization.None, Beta, noise), 2, [(Degree, 1, Math.Sqrt(2) * Size)], 1e-10, 0, Time)
            .MustComplete(measurement).Amplitude(Degree).Values).Select(sizes => Math.Log(sizes[1] / sizes[0]))];
        Add(density[0], density[1], 0, 0, DensityDrift, DensityDiffusion);
        return measurement;

        // growth = (drift γ_2 − diffusion κ k²) t at both κ; γ_2 is the program's own rate without noise
        void Add(double low, double high, double lowError, double highError, string drift, string diffusion)
        {
            double rate = new DensityFlow(new Attention(Normalization.None, Beta), 2, Degree).Rates[Degree] * Time, square = Degree * Degree * Time, apart = Noises[1] - Noises[0];
            measurement.Figure(diffusion, (low - high) / (square * apart), double.Hypot(lowError, highError) / (square * apart))
                .Figure(drift, (low * Noises[1] - high * Noises[0]) / (apart * rate), double.Hypot(lowError * Noises[1], highError * Noises[0]) / (apart * rate));
        }
    }

    private static double Tokens(Trial trial, double noise, ulong seed)
    {
        TokenSettings settings = new() { OutputTimes = [0, Time], Degree = Degree, RecordedTokens = 1, NoiseStep = 0.05, Seed = seed };
        double[] sizes = TokenRecord.Of(trial, new TokenModel(new Attention(Normalization.None, Beta, noise), 2), CirclePoints.At(Quantiles), settings).Amplitude(Degree).Values;
        return Math.Log(sizes[1] / sizes[0]);
    }

    // θ + (2ε/k) sin kθ = 2πs, by Newton's rule.
    private static readonly double[] Quantiles = [.. Enumerable.Range(0, Count).Select(i =>
    {
        double goal = 2 * Math.PI * (i + 0.5) / Count, angle = goal;
        for (int step = 0; step < 40; step++) angle -= (angle + 2 * Size / Degree * Math.Sin(Degree * angle) - goal) / (1 + 2 * Size * Math.Cos(Degree * angle));
        return angle;
    })];
}
