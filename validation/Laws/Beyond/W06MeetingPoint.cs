using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Where two clusters of unequal mass meet.</summary>
public sealed class W06MeetingPoint : Law
{
    private const double Mass = 0.3; // of the first cluster
    private const int Sections = 2000;

    private static readonly (Normalization Normalization, double Beta, double Angle, double Until)[] Settings =
        [(Normalization.None, 2, 2, 30), (Normalization.None, -0.5, 2, 60), (Normalization.Softmax, 4, 1, 60), (Normalization.Softmax, 8, 1, 100), (Normalization.Softmax, 12, 1, 400)];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("W06", "Where two clusters meet")
    {
        Statement = "Two point clusters of masses a_1 + a_2 = 1 at an angle φ_0 < π on S² move along their geodesic. Unnormalized they meet exactly at the centre of mass of the arc: the first moves by a_2φ_0, whatever β. With softmax it moves by ∫_0^{φ_0} A_2/(A_1+A_2) dφ, A_2 = a_2e^{βρ}/(a_1e^β+a_2e^{βρ}), A_1 = a_1e^{βρ}/(a_2e^β+a_1e^{βρ}), ρ = cos φ: far apart the heavier attracts as the square of its mass, and the share of the way tends to a_2²/(a_1²+a_2²) as β → ∞.",
        Source = "derived here from THEORY 6.5",
        Status = ClaimStatus.Derived,
        Tag = "derived",
        Hypotheses = ["d = 3", "two point clusters, not antipodal", "no noise"],
        Method = "Token solver, tolerance 1e-11, three and two tokens at two random points of the sphere with masses 0.3 and 0.7, until they have met: share of the arc that the first cluster has covered, and how far the meeting point is off the geodesic.",
        Tolerance = "1e-7 of the share; 1e-8 off the geodesic.",
        Case = """
            dimension: 3
            attention: {normalization: softmax, beta: 8}
            initial: {tokens: {count: 2, law: equiangular, cosine: 0.54}}
            method: {scheme: particles}
            time: {until: 100, every: 1}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach (var setting in Settings)
            prediction.Relative(Share(setting), setting.Normalization == Normalization.None ? 1 - Mass : Integral(setting.Beta, setting.Angle) / setting.Angle, 1e-7).AtMost(Off(setting), 1e-8);
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        for (int i = 0; i < Settings.Length; i++)
        {
            var setting = Settings[i];
            double[] frame = TokenSample.Uniform(3, 2, trial.Seed(i)).Positions.ToArray(), first = frame[..3], second = frame[3..];
            double cosine = Dot(first, second), sine = Math.Sqrt(1 - cosine * cosine);
            for (int k = 0; k < 3; k++) // along the arc from the first towards the second
                second[k] = Math.Cos(setting.Angle) * first[k] + Math.Sin(setting.Angle) * (second[k] - cosine * first[k]) / sine;
            var model = new TokenModel(new Attention(setting.Normalization, setting.Beta), 3) { Weights = [Mass / 3, Mass / 3, Mass / 3, (1 - Mass) / 2, (1 - Mass) / 2] };
            TokenRecord run = TokenRecord.Of(trial, model, new TokenSample(3, [.. first, .. first, .. first, .. second, .. second]), TokenRecord.Settings(1e-11, 1, 0, setting.Until));
            if (1 - run.Cosine(1, 0, 4) > 1e-12) measurement.Violates($"the clusters have met: {Name(setting)}");
            double[] end = run.Snapshots[1].Positions![..3], normal = Cross(first, second);
            double across = Dot(end, normal) / Math.Sqrt(Dot(normal, normal)), along = Math.Acos(Math.Clamp(Dot(end, first), -1, 1));
            measurement.Figure(Share(setting), along / setting.Angle).Figure(Off(setting), Math.Abs(across));
        }
        return measurement;
    }

    private static double Integral(double beta, double angle)
    {
        double sum = 0;
        for (int i = 0; i <= Sections; i++) sum += (i == 0 || i == Sections ? 1 : i % 2 == 1 ? 4 : 2) * Integrand(Math.Cos(angle * i / Sections));
        return sum * angle / (3 * Sections);

        double Integrand(double cosine)
        {
            double near = Math.Exp(beta), far = Math.Exp(beta * cosine);
            double second = (1 - Mass) * far / (Mass * near + (1 - Mass) * far), first = Mass * far / ((1 - Mass) * near + Mass * far);
            return second / (first + second);
        }
    }

    private static double Dot(double[] x, double[] y) => x[0] * y[0] + x[1] * y[1] + x[2] * y[2];

    private static double[] Cross(double[] x, double[] y) => [x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]];

    private static string Share((Normalization Normalization, double Beta, double Angle, double Until) setting) => $"share of the arc, {Name(setting)}";

    private static string Off((Normalization Normalization, double Beta, double Angle, double Until) setting) => $"distance from the geodesic, {Name(setting)}";

    private static string Name((Normalization Normalization, double Beta, double Angle, double Until) setting) =>
        $"{(setting.Normalization == Normalization.Softmax ? "softmax" : "unnormalized")}, β = {setting.Beta}";
}
