using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Energy never falls (THEORY 1.3, 1.4).</summary>
public sealed class V28EnergyGrowth : Law
{
    private const double Beta = 2;
    private const int Tokens = 64;

    private static readonly Normalization[] Both = [Normalization.None, Normalization.Softmax];
    private static readonly (int Dimension, double Unnormalized, double Softmax)[] Densities = [(2, 1, 2), (3, 0.6, 1.8), (4, 0.8, 2.5)];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V28", "Energy never falls")
    {
        Statement = "Without noise E_β[μ_t] does not decrease, unnormalized or with softmax; with noise κ and without normalization F_κ = E − κ∫f log f does not.",
        Source = "arXiv:2312.10794v5; arXiv:2512.01868; THEORY 1.3, 1.4",
        Status = ClaimStatus.AsPrinted,
        Tag = "text",
        Hypotheses = ["QᵀK = V symmetric", "noise only without normalization, for the free energy"],
        Method = "β = 2 from random starts, every run with 50 (quick), 200, 400 output times: densities in d = 2, 3, 4, tolerance 1e-8, with κ = 0.1 too; 64 tokens in d = 2, 3, 8, tolerance 1e-8, t ≤ 20, into their Dirac; characteristics in d = 2. Smallest change between two outputs relative to the energy. As a control that there was something to gain: by what factor it rose.",
        Tolerance = "−1e-12, as theory asks. Control: at least 1e-4.",
        Case = """
            dimension: 3
            attention: {normalization: none, beta: 2}
            initial: {tokens: {count: 64, seed: 1}}
            method: {scheme: particles}
            time: {until: 20, every: 0.1}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach (string name in Names) prediction.AtLeast($"smallest change, {name}", -1e-12).AtLeast($"gain, {name}", 1e-4);
        return prediction;
    }

    private static IEnumerable<string> Names => Both.SelectMany(normalization =>
    {
        string kind = Kind(normalization);
        return Densities.Select(density => $"density, d = {density.Dimension}, {kind}")
            .Concat(new[] { 2, 3, 8 }.Select(d => $"tokens, d = {d}, {kind}")).Append($"characteristics, {kind}");
    }).Concat(Densities.Select(density => $"free energy, d = {density.Dimension}"));

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        int stream = 0;
        foreach (Normalization normalization in Both)
        {
            var model = new Attention(normalization, Beta);
            foreach ((int d, double unnormalized, double softmax) in Densities)
            {
                double until = normalization == Normalization.None ? unnormalized : softmax;
                Judge($"density, d = {d}, {Kind(normalization)}", Density(model, d, until).Snapshots, observables => observables.Energy);
            }
            foreach (int d in new[] { 2, 3, 8 })
            {
                TokenRecord run = TokenRecord.Of(trial, new TokenModel(model, d), TokenSample.Uniform(d, Tokens, trial.Seed(stream++)), TokenRecord.Settings(1e-8, 1, Times(trial, 20)));
                if (run.Outcome.Kind != OutcomeKind.Completed) measurement.Violates(run.Outcome.Message);
                Judge($"tokens, d = {d}, {Kind(normalization)}", run.Snapshots, observables => observables.Energy);
            }
            (HarmonicBasis basis, double[] start) = Start(2);
            CharacteristicRecord carried = CharacteristicRecord.Of(trial, model, basis, start, 1e-6, Times(trial, normalization == Normalization.None ? 2 : 5)).MustComplete(measurement);
            Judge($"characteristics, {Kind(normalization)}", carried.Snapshots, observables => observables.Energy);
        }
        foreach ((int d, double until, _) in Densities)
            Judge($"free energy, d = {d}", Density(new Attention(Normalization.None, Beta, 0.1), d, until).Snapshots, observables => observables.FreeEnergy);
        return measurement;

        (HarmonicBasis, double[]) Start(int d)
        {
            RandomNumbers random = trial.Random(stream++);
            var basis = new HarmonicBasis(d, 3);
            return (basis, [.. Enumerable.Range(0, basis.Count).Select(i => i == 0 ? 1 : 0.03 * (1 + random.NextUniform()))]);
        }

        DensityRecord Density(Attention model, int d, double until)
        {
            (HarmonicBasis basis, double[] start) = Start(d);
            return DensityRecord.Of(trial, model, basis, start, new DensitySettings { Tolerance = 1e-8, OutputTimes = Times(trial, until) }).MustComplete(measurement);
        }

        void Judge(string name, IReadOnlyList<Snapshot> snapshots, Func<Observables, double> energy)
        {
            double[] values = [.. snapshots.Select(snapshot => energy(snapshot.Observables))];
            double smallest = Enumerable.Range(1, values.Length - 1).Min(k => (values[k] - values[k - 1]) / Math.Abs(values[k]));
            measurement.Figure($"smallest change, {name}", smallest).Figure($"gain, {name}", values[^1] / values[0] - 1)
                .Curve(name, "t", [.. snapshots.Select(snapshot => snapshot.Time)], values);
        }
    }

    private static double[] Times(Trial trial, double until) => [.. DensitySettings.Schedule(until, until / trial.At(50, 200, 400))];

    private static string Kind(Normalization normalization) => normalization == Normalization.Softmax ? "softmax" : "unnormalized";
}
