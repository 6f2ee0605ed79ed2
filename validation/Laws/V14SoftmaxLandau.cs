using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>The amplitude equation of the circle with softmax (THEORY 3.4, A1).</summary>
public sealed class V14SoftmaxLandau : Law
{
    // Run times that take |c_q| from 1e-7 beyond 0.12.
    private static readonly (double Beta, int Degree, double Until)[] Settings = [(0.5, 1, 29.3), (2, 2, 23.8), (5, 3, 21), (7, 4, 20.7)];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V14", "Landau coefficient, softmax")
    {
        Statement = "With softmax ċ_q = γ_q c_q (1 − [1 − r/2 − r²/2 + rh/2]|c_q|²) + O(|c_q|⁵) on the circle, r = I_q/I_0, h = 2γ_q(1 − r)/(2γ_q − γ_2q): coefficient −0.877483 for β = 5, q = 3.",
        Source = "THEORY 3.4, A1",
        Status = ClaimStatus.Derived,
        Tag = "derived, c03",
        Hypotheses = ["no noise", "the state lies on the unstable manifold of mode q: mode q alone, grown from 1e-7"],
        Method = "As V13 with softmax: β = 0.5, 2, 5, 7 and q = 1 … 4; quadrature of 1/Z oversampled.",
        Tolerance = "1e-4, as theory asks; order of what is left for β = 5: 2 ± 0.05.",
        Case = """
            dimension: 2
            attention: {normalization: softmax, beta: 5}
            initial: {modes: [{degree: 3, order: 1, amplitude: 1.414e-7}]}
            method: {tolerance: 1.0e-12}
            time: {until: 20, every: 0.1}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach ((double beta, int degree, _) in Settings)
        {
            double expected = CircleRates.Cubic(new Attention(Normalization.Softmax, beta), degree);
            prediction.Absolute(Name(beta, degree), expected, 1e-4).Curve(Name(beta, degree), _ => expected, double.PositiveInfinity);
            if (beta == 5) prediction.Approaches(Name(beta, degree), _ => expected, 2, 0.05);
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        foreach ((double beta, int degree, double until) in Settings)
            UnstableManifold.MeasureCubic(trial, measurement, Name(beta, degree), new Attention(Normalization.Softmax, beta), degree, until);
        return measurement;
    }

    private static string Name(double beta, int degree) => $"(ċ_q/(γc_q) − 1)/|c_q|², β = {beta}, q = {degree}";
}
