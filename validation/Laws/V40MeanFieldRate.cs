using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>How fast N tokens approach their mean-field limit (THEORY 6.8).</summary>
public sealed class V40MeanFieldRate : Law
{
    private const double Time = 1, Contrast = 0.6;
    private const int Steps = 4;
    private const string Slope = "exponent of N in the error", Error = "root mean square |c_1^N − c_1| at t = 1";

    private static readonly Attention Model = new(Normalization.None, 1);

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V40", "Mean-field error")
    {
        Statement = "N iid tokens of a smooth law: the root mean square error of a smooth observable against the mean-field density is of order N^{−1/2} at any fixed time.",
        Source = "THEORY 6.8 (Dobrushin's estimate, arXiv:2509.25040, Lemma 3.1, with the law of large numbers for the linearized flow)",
        Status = ClaimStatus.Derived,
        Tag = "derived, c14",
        Hypotheses = ["tokens iid of the density's law", "no noise", "smooth density up to that time"],
        Method = "Circle, unnormalized, β = 1, density 1 + 0.6 cos θ: c_1(1) of the density solver (tolerance 1e-10) against that of N tokens (four steps of order 8: an error far below their noise), N = 40, 120, 360, 1080 (quick), 100, 400, 1600, 6400; 400 … 240 draws, four times as many (thorough: thirty).",
        Tolerance = "Exponent −0.5 ± 0.05, as theory asks; the number of draws makes that four standard errors at the quick level.",
        Case = """
            dimension: 2
            attention: {normalization: none, beta: 1}
            initial: {modes: [{degree: 1, order: 1, amplitude: 0.4242640687}]}
            method: {scheme: particles, tokens: 1600, seed: 1}
            time: {until: 1, every: 0.25}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial) => new Prediction().Exponent(Slope, -0.5, 0.05);

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        var basis = new HarmonicBasis(2, 1);
        var coefficients = new double[basis.Count];
        (coefficients[0], coefficients[basis.IndexOf(1, 1)]) = (1, Contrast / Math.Sqrt(2));
        DensityRecord density = DensityRecord.Of(trial, Model, basis, coefficients, new DensitySettings { Tolerance = 1e-10, OutputTimes = [0, Time] }).MustComplete(measurement);
        double limit = density.Coefficient(1, 1, 1);
        var law = new HarmonicTokens(basis, coefficients);
        double[] counts = trial.At<double[]>([40, 120, 360, 1080], [100, 400, 1600, 6400], [100, 400, 1600, 6400]);
        int[] draws = [.. new[] { 400, 360, 300, 240 }.Select(number => number * trial.At(1, 4, 30))];
        var errors = new double[counts.Length];
        int along = basis.IndexOf(1, 1), across = basis.IndexOf(1, -1);
        int stream = 0;
        for (int place = 0; place < counts.Length; place++)
        {
            double sum = 0;
            TokenForce force = ForceSelection.Create(new TokenModel(Model, 2), (int)counts[place], ForceChoice.Auto, new NormSettings(), 1e-8).Force;
            var observer = new TokenObserver(force, 1);
            for (int draw = 0; draw < draws[place]; draw++)
            {
                trial.Cancellation.ThrowIfCancellationRequested();
                double[] tokens = TokenSample.Draw(law, force.Count, trial.Seed(stream++)).ByCoordinate();
                var stepper = new TokenStepper(new TokenDynamics(force, new NormSettings()), 0, tokens, 1);
                for (int step = 0; step < Steps; step++)
                {
                    stepper.TryStep(step * Time / Steps, Time / Steps);
                    stepper.Accept();
                }
                double[] moments = observer.Moments(stepper.State);
                sum += 0.5 * (Math.Pow(moments[along] - limit, 2) + Math.Pow(moments[across], 2));
            }
            errors[place] = Math.Sqrt(sum / draws[place]);
        }
        return measurement.Figure(Slope, LineFit.Power(counts, errors)).Curve(new Curve(Error, "N", counts, errors) { LogX = true, LogY = true });
    }
}
