using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Runs that were stopped and resumed are runs that were not: nothing a solver remembers is lost on the way.</summary>
public sealed class X01ResumedRun : Law
{
    private const string Circle = "density on the circle, growing bandlimit", Sphere = "density on the sphere, softmax, noise", Tokens = "tokens",
        Noisy = "tokens with noise", Carried = "characteristics";

    private static readonly string[] Schemes = [Circle, Sphere, Tokens, Noisy, Carried];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("X01", "A resumed run is the run")
    {
        Statement = "A run that is stopped after any of its steps and goes on from its checkpoint hands out the numbers of the run left alone, bit by bit, and takes as many steps.",
        Source = "docs/promises.md: the exactness that every other measurement of a long run rests on",
        Status = ClaimStatus.AsPrinted,
        Tag = "text",
        Hypotheses = ["the run completes", "the same program on the same machine"],
        Method = "Random data; each scheme run in one go, then stopped after the first step, after a third and after two thirds of its steps (thorough: after each sixteenth), and resumed by a simulation that knows the checkpoint only; times, moments, positions, observables and numbers of steps, rejected steps and right-hand sides compared as 64-bit words.",
        Tolerance = "None: no bit may differ.",
        Case = """
            dimension: 2
            attention: {normalization: none, beta: 5}
            initial: {modes: [{degree: 2, order: 1, amplitude: 0.1}, {degree: 3, order: -1, amplitude: 0.04}]}
            time: {until: 0.05, every: 0.02}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach (string scheme in Schemes) prediction.AtLeast(Compared(scheme), 100).AtMost(Different(scheme), 0);
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        Density(trial, measurement, Circle, new Attention(Normalization.None, 5), new HarmonicBasis(2, 3), 0.05);
        Density(trial, measurement, Sphere, new Attention(Normalization.Softmax, 4, 0.02), new HarmonicBasis(3, 2), 2);
        Particles(trial, measurement, Tokens, new TokenModel(new Attention(Normalization.Softmax, 2), 3), 3);
        Particles(trial, measurement, Noisy, new TokenModel(new Attention(Normalization.None, 1, 0.2), 2), 2);
        var settings = new CharacteristicSettings { OutputTimes = [0, 0.05, 0.1, 0.15], Degree = 8, RecordedTokens = 20, Seed = trial.Seed(4) };
        var basis = new HarmonicBasis(2, 3);
        double[] density = RandomDensity(trial, 5, basis);
        Compare(trial, measurement, Carried,
            record => new CharacteristicSimulation(new Attention(Normalization.None, 5), settings, record, record, record.Stop),
            simulation => simulation.Run(basis, density, 0), simulation => simulation.Checkpoint(), (simulation, from) => simulation.Resume(from));
        return measurement;
    }

    private static string Different(string scheme) => $"numbers that differ, {scheme}";

    private static string Compared(string scheme) => $"numbers compared, {scheme}";

    private static void Density(Trial trial, Measurement measurement, string scheme, Attention attention, HarmonicBasis basis, double until)
    {
        var settings = new DensitySettings { OutputTimes = DensitySettings.Schedule(until, until / 3) };
        double[] initial = RandomDensity(trial, basis.Dimension, basis);
        Compare(trial, measurement, scheme,
            record => new DensitySimulation(attention, basis.Dimension, settings, record, record, record.Stop),
            simulation => simulation.Run(initial, basis.Bandlimit), simulation => simulation.Checkpoint()!, (simulation, from) => simulation.Resume(from));
    }

    private static void Particles(Trial trial, Measurement measurement, string scheme, TokenModel model, double until)
    {
        TokenSettings settings = TokenRecord.Settings(1e-10, 4, [.. DensitySettings.Schedule(until, until / 3)]) with { Seed = trial.Seed(0), NoiseStep = until / 30 };
        TokenSample tokens = TokenSample.Uniform(model.Dimension, 40, trial.Seed(1));
        Compare(trial, measurement, scheme,
            record => new TokenSimulation(model, settings, record, record, record.Stop),
            simulation => simulation.Run(tokens), simulation => simulation.Checkpoint(), (simulation, from) => simulation.Resume(from));
    }

    private static void Compare<TSimulation, TCheckpoint>(
        Trial trial, Measurement measurement, string scheme, Func<StoppableRecord, TSimulation> create, Func<TSimulation, Outcome> run,
        Func<TSimulation, TCheckpoint> checkpoint, Func<TSimulation, TCheckpoint, Outcome> resume)
    {
        using var whole = new StoppableRecord(trial, long.MaxValue);
        Outcome outcome = run(create(whole));
        trial.Cancellation.ThrowIfCancellationRequested();
        if (outcome.Kind != OutcomeKind.Completed)
        {
            measurement.Violates($"the run completes ({scheme}): {outcome.Message}");
            return;
        }
        Count(whole, outcome);
        (long compared, long different) = (0, 0);
        int parts = trial.At(3, 3, 16);
        foreach (long cut in Enumerable.Range(0, parts).Select(part => Math.Max(1, part * outcome.Steps / parts)).Distinct())
        {
            using StoppableRecord before = new(trial, cut), after = new(trial, long.MaxValue);
            TSimulation stopped = create(before);
            run(stopped);
            trial.Cancellation.ThrowIfCancellationRequested();
            Outcome end = resume(create(after), checkpoint(stopped));
            trial.Cancellation.ThrowIfCancellationRequested();
            Count(after, end);
            double[] together = [.. before.Numbers, .. after.Numbers];
            compared += whole.Numbers.Count;
            different += Math.Abs(together.Length - whole.Numbers.Count)
                + together.Zip(whole.Numbers, (a, b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) ? 0 : 1).Sum();
        }
        measurement.Figure(Compared(scheme), compared).Figure(Different(scheme), different);
    }

    private static void Count(StoppableRecord record, Outcome outcome) => record.Numbers.AddRange([outcome.Steps, outcome.Rejected, outcome.Evaluations]);

    // Σ √N(ℓ,d) |a_ℓm| = ½ bounds |ρ − 1|.
    private static double[] RandomDensity(Trial trial, int stream, HarmonicBasis basis)
    {
        RandomNumbers random = trial.Random(stream);
        double[] coefficients = [.. Enumerable.Range(0, basis.Count).Select(_ => random.NextNormals().First)];
        double sum = Enumerable.Range(1, basis.Count - 1).Sum(i => Math.Sqrt(Multiplicity.Of(basis.Dimension, basis.DegreeOf(i))) * Math.Abs(coefficients[i]));
        for (int i = 1; i < coefficients.Length; i++) coefficients[i] *= 0.5 / sum;
        coefficients[0] = 1;
        return coefficients;
    }
}
