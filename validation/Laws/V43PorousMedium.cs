using Meanfield.Perturbation;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>At large β unnormalized attention is a quadratic porous-medium equation, with a factor ½ that is not printed (THEORY 6.9, trap 4).</summary>
public sealed class V43PorousMedium : Law
{
    private const int Data = 3, Products = 2 * Data;
    private const double Beta = 600;

    private static readonly double[] Betas = [75, 150, 300, Beta];
    private static readonly int[] Dimensions = [2, 3];

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V43", "Porous-medium limit")
    {
        Statement = "Unnormalized, V = ±I, time in units of 1/Z_β, Z_β = (1/β)∫e^{β⟨x,y⟩}dσ: as β → ∞ v = ±Z_β∇f(1 + O(1/β)), so ∂_t f = ∓½Δ(f²). Printed without the ½: ∂_t μ = ∓Δ(μ²).",
        Source = "arXiv:2509.25040, Remark 3.10 (without the ½); THEORY 6.9, trap 4, c15",
        Status = ClaimStatus.RefutedAsPrinted,
        Tag = "derived, c15",
        Hypotheses = ["unnormalized", "smooth density", "no noise"],
        Method = "Right-hand side of the density solver at random data of degree ≤ 3 (circle and sphere), β = 75 … 600: its component along −Δ(f²) over Z_β; f² by Gaunt coefficients (sphere) and by values on 64 points (circle). V = I; V = −I reverses both sides.",
        Tolerance = "½ within 2 % at β = 600 (what is missing is ℓ/2β, ℓ ≤ 12; theory: O(1/β)), and approached with order −1 ± 0.1. The printed 1 is to be missed by more than a quarter.",
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var prediction = new Prediction();
        foreach (int d in Dimensions)
            prediction.Printed(Name(d), 1, 0.25).Relative(Name(d), 0.5, 0.02).Approaches(Curve(d), _ => 0.5, -1, 0.1);
        return prediction;
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        foreach (int d in Dimensions)
        {
            double[] state = Draw(trial, d), square = d == 2 ? SquareOnCircle(state) : SquareOnSphere(state);
            double[] shares = [.. Betas.Select(beta => Share(d, beta, state, square))];
            measurement.Figure(Name(d), shares[^1]).Curve(new Curve(Curve(d), "β", Betas, shares) { LogX = true });
        }
        return measurement;
    }

    private static string Name(int d) => $"∂_t f along −Z_β Δ(f²), d = {d}, β = {Beta}";

    private static string Curve(int d) => $"∂_t f along −Z_β Δ(f²), d = {d}";

    private static double[] Draw(Trial trial, int d)
    {
        var basis = new HarmonicBasis(d, Products);
        RandomNumbers random = trial.Random(d);
        var state = new double[basis.Count];
        state[0] = 1;
        for (int i = 1; i < basis.Start(Data + 1); i++) state[i] = 0.1 * random.NextNormals().First;
        return state;
    }

    // ⟨ȧ, −Δ(f²)⟩/(Z_β |Δ(f²)|²), Z_β = λ_0/β.
    private static double Share(int d, double beta, double[] state, double[] square)
    {
        var flow = new DensityFlow(new Attention(Normalization.None, beta), d, Products);
        var tendency = new double[state.Length];
        flow.Tendency(state, tendency);
        double product = 0, norm = 0;
        for (int i = 1; i < state.Length; i++)
        {
            double laplacian = flow.Basis.LaplaceEigenvalue(flow.Basis.DegreeOf(i)) * square[i];
            product += tendency[i] * laplacian;
            norm += laplacian * laplacian;
        }
        return product / norm * beta * Math.Exp(-flow.Kernel.LogLambda0);
    }

    private static double[] SquareOnCircle(double[] state)
    {
        const int Points = 64;
        var basis = new HarmonicBasis(2, Products);
        var harmonics = new CircularHarmonics(Products);
        double[] values = new double[basis.Count], square = new double[basis.Count];
        for (int j = 0; j < Points; j++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * j / Points);
            harmonics.Evaluate(cosine, sine, values);
            double f = values.Zip(state, (y, a) => y * a).Sum();
            for (int i = 0; i < square.Length; i++) square[i] += f * f * values[i] / Points;
        }
        return square;
    }

    private static double[] SquareOnSphere(double[] state)
    {
        var basis = new HarmonicBasis(3, Products);
        var gaunt = new GauntCoefficients();
        var square = new double[basis.Count];
        int data = basis.Start(Data + 1);
        for (int a = 1; a < square.Length; a++)
            for (int b = 0; b < data; b++)
                for (int c = 0; c < data; c++) square[a] += gaunt.Of(Harmonic(a), Harmonic(b), Harmonic(c)) * state[b] * state[c];
        return square;

        (int, int) Harmonic(int at) => (basis.DegreeOf(at), basis.OrderOf(at));
    }
}
