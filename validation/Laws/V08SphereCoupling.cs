using Meanfield.Perturbation;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>The quadratic couplings of harmonics on the sphere (THEORY 1.6).</summary>
public sealed class V08SphereCoupling : Law
{
    private const double Beta = 3, Size = 0.05;
    private const int Data = 2, Highest = 4;

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V08", "Quadratic coupling on the sphere")
    {
        Statement = "d = 3, f = 1 + Σ a_A Y_A. Unnormalized, exactly: ȧ_A = γ_A a_A + (1/2β) Σ λ_B (ℓ_A+ℓ_B−ℓ_C) G_ABC a_B a_C, G_ABC = ∫Y_A Y_B Y_C dσ. Softmax, to second order: ȧ_A = γ_A a_A + Σ [(r_B/2β)(ℓ_A+ℓ_B−ℓ_C) − (ℓ_A/2β) r_B r_C] G_ABC a_B a_C + O(a³), r = λ/λ_0.",
        Source = "THEORY 1.6",
        Status = ClaimStatus.Derived,
        Tag = "derived, c11",
        Hypotheses = ["d = 3", "no noise", "data of degree ≤ 2"],
        Method = "Right-hand side of the density solver (weak form by quadrature) at random data of degree ≤ 2 and size 0.05, every A of degree ≤ 4, β = 3; with softmax one random combination of the ȧ_A, data scaled by 1/32 … 1/256. G by 3j symbols.",
        Tolerance = "Unnormalized: 1e-12 (theory: 1e-8). Softmax: order of the deviation 3 ± 0.1.",
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        double[] state = Draw(trial, 0, Data, Size), weights = Draw(trial, 1, Highest, 1);
        return new Prediction()
            .Curve("ȧ_A, unnormalized", index => Expected(Normalization.None, state, (int)index), 1e-12)
            .Approaches("combination of ȧ_A, softmax", scale =>
            {
                double[] scaled = Array.ConvertAll(state, a => scale * a);
                return Enumerable.Range(1, weights.Length - 1).Sum(index => weights[index] * Expected(Normalization.Softmax, scaled, index));
            }, 3, 0.1);
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        double[] state = Draw(trial, 0, Data, Size), weights = Draw(trial, 1, Highest, 1), scales = [1.0 / 256, 1.0 / 128, 1.0 / 64, 1.0 / 32];
        double[] indices = [.. Enumerable.Range(1, weights.Length - 1).Select(index => (double)index)];
        return new Measurement()
            .Curve("ȧ_A, unnormalized", "A", indices, Tendency(Normalization.None, state, 1)[1..])
            .Curve(new Curve("combination of ȧ_A, softmax", "scale", scales,
                [.. scales.Select(scale => Tendency(Normalization.Softmax, state, scale).Zip(weights, (rate, weight) => rate * weight).Skip(1).Sum())])
            { LogX = true });
    }

    private static double[] Draw(Trial trial, int stream, int degree, double size)
    {
        RandomNumbers random = trial.Random(stream);
        return [.. Enumerable.Range(0, new HarmonicBasis(3, degree).Count).Select(_ => size * random.NextNormals().First)];
    }

    private static double[] Tendency(Normalization normalization, double[] state, double scale)
    {
        var flow = new DensityFlow(new Attention(normalization, Beta), 3, Highest, oversampling: 8);
        double[] coefficients = new double[flow.Basis.Count], tendency = new double[flow.Basis.Count];
        coefficients[0] = 1;
        for (int i = 1; i < state.Length; i++) coefficients[i] = scale * state[i];
        flow.Tendency(coefficients, tendency);
        return tendency;
    }

    private static double Expected(Normalization normalization, double[] state, int index)
    {
        var basis = new HarmonicBasis(3, Highest);
        var gaunt = new GauntCoefficients();
        bool softmax = normalization == Normalization.Softmax;
        double scale = softmax ? FunkHecke.Lambda(3, 0, Beta) : 1, eigenvalue = Eigenvalue(index);
        double sum = index < state.Length ? eigenvalue * Lambda(index) / Beta * state[index] : 0;
        for (int b = 1; b < state.Length; b++)
        {
            for (int c = 1; c < state.Length; c++)
            {
                double coupling = 0.5 / Beta * Lambda(b) * (eigenvalue + Eigenvalue(b) - Eigenvalue(c)) - (softmax ? 0.5 / Beta * eigenvalue * Lambda(b) * Lambda(c) : 0);
                sum += coupling * gaunt.Of(Harmonic(index), Harmonic(b), Harmonic(c)) * state[b] * state[c];
            }
        }
        return sum;

        double Lambda(int at) => FunkHecke.Lambda(3, basis.DegreeOf(at), Beta) / scale;

        double Eigenvalue(int at) => basis.DegreeOf(at) * (basis.DegreeOf(at) + 1.0);

        (int, int) Harmonic(int at) => (basis.DegreeOf(at), basis.OrderOf(at));
    }
}
