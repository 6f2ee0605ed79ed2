using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>Every density of degree 2 on the sphere drifts towards a prolate one, at a rate that knows neither β nor the normalization's details.</summary>
public sealed class W03BiaxialDecay : Law
{
    private const double Beta = 3, Factor = 3; // e^{γt}

    private static readonly double[] Sizes = [0.0025, 0.005, 0.01, 0.02];
    private static readonly Normalization[] Models = [Normalization.None, Normalization.Softmax];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("W03", "Biaxial data become prolate")
    {
        Statement = "Let f = 1 + xᵀBx, B symmetric and traceless, S = ‖f − 1‖, shape s = √6 tr B³/(tr B²)^{3/2} in [−1, 1]: 1 prolate, −1 oblate. On S², Ḃ = γB + (2γ/7)(1−r)(B² − ⅓ tr B² I) + cubic terms, which by symmetry are multiples of (tr B²)B and leave s alone. So ṡ = 3qS(1−s²), Ṡ = γS + qsS² with q = (√5/7)γ(1−r), r = λ_2/λ_0 with softmax, 0 without: artanh s grows by (3√5/7)(1−r)(S(t) − S(0)) to leading order, whatever β.",
        Source = "derived here from THEORY 1.6 (couplings) and Cayley–Hamilton",
        Status = ClaimStatus.Derived,
        Tag = "derived",
        Hypotheses = ["d = 3, no noise", "data of degree 2", "S small, at fixed γt"],
        Method = "Density solver, tolerance 1e-12, β = 3, from random B scaled to S = 0.0025 … 0.02, up to e^{γt} = 3 (γ by runs from ±1e-6): growth of artanh s. Prediction: the two equations by classical Runge–Kutta.",
        Tolerance = "The deviation is of order 3 ± 0.15 in S; at the smallest S below 1e-4 of the growth.",
        Case = """
            dimension: 3
            attention: {normalization: none, beta: 3}
            initial: {modes: [{degree: 2, order: 0, amplitude: -0.02}, {degree: 2, order: 2, amplitude: 0.01}]}
            time: {until: 3, every: 0.1, unit: growth}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        double start = Math.Atanh(Shape(Draw(trial)));
        foreach (Normalization model in Models)
        {
            double relative = model == Normalization.Softmax ? FunkHecke.Lambda(3, 2, Beta) / FunkHecke.Lambda(3, 0, Beta) : 0, q = Math.Sqrt(5) / 7 * (1 - relative);
            prediction.Approaches(Name(model), size => Growth(q, start, size), 3, 0.15).Relative(Smallest(model), Growth(q, start, Sizes[0]), 1e-4);
        }
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        double[] direction = Draw(trial);
        foreach (Normalization model in Models)
        {
            double rate = 0.5 * (Rate(1e-6) + Rate(-1e-6)); // growth is γ + qsS: the second term has the sign of the data
            double[] growths = [.. Sizes.Select(size => Math.Atanh(Shape(Run(size, Math.Log(Factor) / rate)[4..9])) - Math.Atanh(Shape(direction)))];
            measurement.Curve(new Curve(Name(model), "S", Sizes, growths) { LogX = true, LogY = true }).Figure(Smallest(model), growths[0]);

            double Rate(double size) => Math.Log(DegreeAmplitudes.Of(new HarmonicBasis(3, 2), Run(size, 0.1), 2) * Math.Sqrt(5) / Math.Abs(size)) / 0.1;

            double[] Run(double size, double until)
            {
                (int, int, double)[] modes = [.. Enumerable.Range(0, 5).Select(i => (2, i - 2, size * direction[i]))];
                return DensityRecord.Of(trial, new Attention(model, Beta), 3, modes, 1e-12, 0, until).MustComplete(measurement).Snapshots[1].Coefficients[..9];
            }
        }
        return measurement;
    }

    // Five coefficients of degree 2, of norm 1.
    private static double[] Draw(Trial trial)
    {
        RandomNumbers random = trial.Random();
        double[] draw = [.. Enumerable.Range(0, 5).Select(_ => random.NextNormals().First)];
        double norm = Math.Sqrt(draw.Sum(a => a * a));
        return Array.ConvertAll(draw, a => a / norm);
    }

    // √6 tr B³/(tr B²)^{3/2} of Σ a_2m Y_2m, m = −2 … 2.
    private static double Shape(double[] a)
    {
        double axial = Math.Sqrt(5) * a[2], plane = Math.Sqrt(15) * a[4];
        double xx = 0.5 * (plane - axial), yy = -0.5 * (plane + axial), xy = 0.5 * Math.Sqrt(15) * a[0], yz = 0.5 * Math.Sqrt(15) * a[1], xz = 0.5 * Math.Sqrt(15) * a[3];
        double square = xx * xx + yy * yy + axial * axial + 2 * (xy * xy + yz * yz + xz * xz);
        double determinant = xx * (yy * axial - yz * yz) - xy * (xy * axial - yz * xz) + xz * (xy * yz - yy * xz);
        return Math.Sqrt(6) * 3 * determinant / Math.Pow(square, 1.5); // tr B³ = 3 det B
    }

    // artanh s = u: u' = 3qS, S' = S + q tanh(u) S² in time γt.
    private static double Growth(double q, double start, double size)
    {
        const int Steps = 400;
        double h = Math.Log(Factor) / Steps, u = start, s = size;
        for (int step = 0; step < Steps; step++)
        {
            (double u1, double s1) = Slope(u, s);
            (double u2, double s2) = Slope(u + 0.5 * h * u1, s + 0.5 * h * s1);
            (double u3, double s3) = Slope(u + 0.5 * h * u2, s + 0.5 * h * s2);
            (double u4, double s4) = Slope(u + h * u3, s + h * s3);
            (u, s) = (u + h / 6 * (u1 + 2 * u2 + 2 * u3 + u4), s + h / 6 * (s1 + 2 * s2 + 2 * s3 + s4));
        }
        return u - start;

        (double, double) Slope(double shape, double amplitude) => (3 * q * amplitude, amplitude + q * Math.Tanh(shape) * amplitude * amplitude);
    }

    private static string Name(Normalization model) => $"growth of artanh s, {(model == Normalization.Softmax ? "softmax" : "unnormalized")}";

    private static string Smallest(Normalization model) => $"{Name(model)}, smallest S";
}
