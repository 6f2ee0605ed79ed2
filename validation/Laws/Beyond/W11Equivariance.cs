using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Turned and mirrored data give turned and mirrored solutions for all time.</summary>
public sealed class W11Equivariance : Law
{
    private const double Concentration = 3;
    private const int Laws = 3, Points = 20;

    private static readonly (Normalization Normalization, double Beta, double Noise, double Until)[] Settings = [(Normalization.None, 3, 0, 0.2), (Normalization.Softmax, 6, 0, 2), (Normalization.None, 3, 0.3, 0.5)];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("W11", "Equivariance on the sphere")
    {
        Statement = "For every orthogonal R, μ_0 ↦ μ_0∘R⁻¹ turns the whole solution: f_t^R(Rx) = f_t(x) for all t, for both normalizations and with noise. The pole of the coordinates is no special point, and left is not distinguished from right.",
        Source = "the kernel depends on x·y only (arXiv:2512.01868, section on the equations)",
        Status = ClaimStatus.Derived,
        Tag = "derived",
        Hypotheses = ["d = 3", "Q = K = V = I"],
        Method = "Density solver, tolerance 1e-8, from a mixture of three von Mises–Fisher laws of random means, bandlimit 24, and from its image under a random reflection times a random rotation; the two densities at the end at 20 random points and their images, relative to the largest value.",
        Tolerance = "1e-10 unnormalized (every product is integrated exactly; step sizes are invariant); 1e-7 with softmax, whose denominator is not band-limited.",
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach (var setting in Settings) prediction.AtMost(Difference(setting), setting.Normalization == Normalization.None ? 1e-10 : 1e-7).AtLeast(Change(setting), 0.05);
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        for (int i = 0; i < Settings.Length; i++)
        {
            var setting = Settings[i];
            double[][] mirrors = [.. Split(trial, 3 * i, 3)]; // three reflections: a rotation times a reflection
            double[][] means = [.. Split(trial, 3 * i + 1, Laws)], points = [.. Split(trial, 3 * i + 2, Points)];
            DensityRecord plain = Run(trial, measurement, setting, means), turned = Run(trial, measurement, setting, [.. means.Select(mean => Turn(mirrors, mean))]);
            double difference = 0, change = 0, largest = 0;
            foreach (double[] point in points)
            {
                double here = At(plain, 1, point);
                largest = Math.Max(largest, Math.Abs(here));
                difference = Math.Max(difference, Math.Abs(here - At(turned, 1, Turn(mirrors, point))));
                change = Math.Max(change, Math.Abs(here - At(plain, 0, point)));
            }
            measurement.Figure(Difference(setting), difference / largest).Figure(Change(setting), change / largest);
        }
        return measurement;
    }

    private static IEnumerable<double[]> Split(Trial trial, int stream, int count) => TokenSample.Uniform(3, count, trial.Seed(stream)).Positions.ToArray().Chunk(3);

    private static double[] Turn(double[][] mirrors, double[] x)
    {
        foreach (double[] normal in mirrors)
        {
            double twice = 2 * (normal[0] * x[0] + normal[1] * x[1] + normal[2] * x[2]);
            x = [x[0] - twice * normal[0], x[1] - twice * normal[1], x[2] - twice * normal[2]];
        }
        return x;
    }

    private static DensityRecord Run(Trial trial, Measurement measurement, (Normalization Normalization, double Beta, double Noise, double Until) setting, double[][] means)
    {
        var basis = new HarmonicBasis(3, 24);
        var start = new double[basis.Count];
        for (int i = 0; i < Laws; i++) VonMisesFisher.Add(basis, means[i], Concentration, (i + 2.0) / 9, start);
        start[0] = 1;
        return DensityRecord.Of(trial, new Attention(setting.Normalization, setting.Beta, setting.Noise), basis, start, new DensitySettings { Tolerance = 1e-8, OutputTimes = [0, setting.Until] })
            .MustComplete(measurement);
    }

    private static double At(DensityRecord run, int time, double[] point)
    {
        Snapshot snapshot = run.Snapshots[time];
        var harmonics = new SphericalHarmonics(snapshot.Bandlimit);
        var values = new double[harmonics.Basis.Count];
        harmonics.Evaluate(point[0], point[1], point[2], values);
        double sum = 0;
        for (int i = 0; i < values.Length; i++) sum += values[i] * snapshot.Coefficients[i];
        return sum;
    }

    private static string Difference((Normalization Normalization, double Beta, double Noise, double Until) setting) => $"largest difference, {Name(setting)}";

    private static string Change((Normalization Normalization, double Beta, double Noise, double Until) setting) => $"largest change since the start, {Name(setting)}";

    private static string Name((Normalization Normalization, double Beta, double Noise, double Until) setting) =>
        $"{(setting.Normalization == Normalization.Softmax ? "softmax" : "unnormalized")}, β = {setting.Beta}, κ = {setting.Noise}";
}
