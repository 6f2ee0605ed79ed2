using Meanfield.Perturbation;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Perturbation;

/// <summary>Amplitude equations (THEORY 3.4, A1; V12–V14).</summary>
public class LandauEquationTests
{
    private static readonly double Root = Math.Sqrt(2);

    /// <summary>V13: −γ_q for every β and q. V12: h = 1.181165; V14: −0.877483 at β = 5, q = 3 with softmax.</summary>
    [Fact]
    public void Coefficients_of_the_theory_are_reproduced()
    {
        foreach ((double beta, int q) in new[] { (5.0, 3), (0.5, 1), (9, 4), (40, 9), (-0.7, 1), (0, 1), (700, 30) })
        {
            LandauEquation equation = LandauEquation.OnCircle(new Attention(Normalization.None, beta), q);
            Assert.Equal(-1, equation.Cubic / equation.Rate, 1e-12);
        }
        Assert.Equal(1.181165, LandauEquation.SlavedHarmonic(new Attention(Normalization.None, 5), 3), 5e-7);
        LandauEquation softmax = LandauEquation.OnCircle(new Attention(Normalization.Softmax, 5), 3);
        Assert.Equal(-0.877483, softmax.Cubic / softmax.Rate, 5e-7);
    }

    /// <summary>The closed formulas and the series are independent routes to the same equation: circle, both normalizations, noise, β &lt; 0.</summary>
    [Theory]
    [InlineData(Normalization.None, 5, 0, 3)]
    [InlineData(Normalization.None, 5, 0.7, 3)]
    [InlineData(Normalization.Softmax, 5, 0, 3)]
    [InlineData(Normalization.Softmax, 7, 0.03, 4)]
    [InlineData(Normalization.Softmax, -0.8, 0.1, 1)]
    public void Formulas_on_the_circle_agree_with_the_series(Normalization normalization, double beta, double noise, int q)
    {
        var attention = new Attention(normalization, beta, noise);
        var basis = new HarmonicBasis(2, 3 * q);
        ManifoldSeries series = ManifoldSeries.Of(attention, basis, Expansions.Harmonic(basis, q, 1, Root), 3);
        LandauEquation formula = LandauEquation.OnCircle(attention, q), measured = LandauEquation.OfManifold(series);
        Assert.Equal(FunkHecke.Rate(attention, 2, q), formula.Rate, 1e-12 * formula.Rate);
        Assert.Equal(formula.Rate, measured.Rate);
        Assert.Equal(0, measured.Quadratic);
        Assert.Equal(1, measured.Cubic / formula.Cubic, 1e-12);
        Assert.Equal(1, Expansions.Fourier(series.Coefficients(2), 2 * q) / LandauEquation.SlavedHarmonic(attention, q), 1e-12);
    }

    /// <summary>Q = ½γ_k G_kkk on S²: γ_2·½·0.63888; the same from the series, also with softmax and in d = 6; 0 for odd degrees.</summary>
    [Theory]
    [InlineData(3, Normalization.None, 4, 0, 2)]
    [InlineData(3, Normalization.Softmax, 4, 0.02, 2)]
    [InlineData(3, Normalization.None, 6, 0, 3)]
    [InlineData(3, Normalization.Softmax, 12, 0, 4)]
    [InlineData(6, Normalization.Softmax, 9, 0, 2)]
    public void Quadratic_term_agrees_with_the_series(int dimension, Normalization normalization, double beta, double noise, int degree)
    {
        var attention = new Attention(normalization, beta, noise);
        var basis = new HarmonicBasis(dimension, 3 * degree);
        ManifoldSeries series = ManifoldSeries.Of(attention, basis, Expansions.Harmonic(basis, degree, 0, 1), 3);
        double quadratic = LandauEquation.ZonalQuadratic(attention, dimension, degree);
        Assert.Equal(quadratic, LandauEquation.OfManifold(series).Quadratic, 1e-12 * series.Rate);
        if (dimension == 3 && degree == 2 && normalization == Normalization.None)
            Assert.Equal(0.5 * FunkHecke.Rate(attention, 3, 2) * Math.Pow(5, 1.5) * 2 / 35, quadratic, 1e-12);
        if (degree % 2 == 1) Assert.Equal(0, quadratic);
    }

    /// <summary>The closed solutions solve the equation (central differences), saturate and blow up where they must; TimeToReach inverts them.</summary>
    [Theory]
    [InlineData(2, 0, -3)]
    [InlineData(2, 0, 1)]
    [InlineData(2, 0.7, 0)]
    [InlineData(-0.5, 0, -2)]
    [InlineData(0, 0, -1)]
    [InlineData(1e-9, -1, 0)]
    public void Closed_solutions_solve_the_equation(double rate, double quadratic, double cubic)
    {
        var equation = new LandauEquation(rate, quadratic, cubic);
        const double Start = 0.1, Step = 1e-4;
        Assert.Equal(Start, equation.Solution(Start, 0));
        foreach (double time in new[] { 0.2, 0.7, 1 })
        {
            double a = equation.Solution(Start, time), slope = (equation.Solution(Start, time + Step) - equation.Solution(Start, time - Step)) / (2 * Step);
            Assert.Equal(rate * a + quadratic * a * a + cubic * a * a * a, slope, 2e-7);
            if (rate > 1 && quadratic == 0) Assert.Equal(time, equation.TimeToReach(Start, a), 1e-12);
        }
        if (rate > 0 && cubic < 0)
        {
            Assert.Equal(Math.Sqrt(-rate / cubic), equation.Solution(Start, 40), 1e-12);
            Assert.Equal(double.PositiveInfinity, equation.TimeToReach(Start, 1.0001 * Math.Sqrt(-rate / cubic)));
        }
        if (cubic > 0) Assert.Equal(double.PositiveInfinity, equation.Solution(Start, 10));
        Assert.Throws<InvalidOperationException>(() => new LandauEquation(1, 1, 1).Solution(Start, 1));
    }

    /// <summary>X_43 = −54.97, X_23 = −24.53 at β = 5 (THEORY 3.4), and against the third order of the series, whose 2ε²-linear term it is.</summary>
    [Fact]
    public void Cross_coefficients_agree_with_theory_and_series()
    {
        var attention = new Attention(Normalization.None, 5);
        Assert.Equal(-54.97, CrossCoefficient.Of(attention, 4, 3), 0.005);
        Assert.Equal(-24.53, CrossCoefficient.Of(attention, 2, 3), 0.005);
        foreach ((int p, int q, double noise) in new[] { (4, 3, 0.0), (5, 3, 0.05), (2, 3, 0.0) })
        {
            // ċ_p = γ_p c_p + X|c_q|²c_p: order 3 of data c_q = A, c_p = B holds c_p^(3) → X A²B (e^{(γ_p+2γ_q)t} − e^{γ_p t})/(2γ_q) once products are slaved
            var model = attention with { Noise = noise };
            var basis = new HarmonicBasis(2, 3 * (p + q));
            double growth = FunkHecke.Rate(model, 2, p), driver = FunkHecke.Rate(model, 2, q), time = 16 / driver;
            double[] initial = new double[basis.Count], term = new double[basis.Count];
            (initial[2 * p - 1], initial[2 * q - 1]) = (Root * 1e-12, Root * 1e-9);
            InitialValueSeries series = InitialValueSeries.Of(model, basis, initial, 3, time);
            series.EvaluateOrder(3, time, term);
            double expected = CrossCoefficient.Of(model, p, q) * 1e-30 * Math.Exp((growth + 2 * driver) * time) / (2 * driver);
            Assert.Equal(1, Expansions.Fourier(term, p) / expected, 2e-4);
        }
        Assert.Throws<ArgumentException>(() => CrossCoefficient.Of(attention, 6, 3));
        Assert.Throws<ArgumentException>(() => CrossCoefficient.Of(attention, 5, 1)); // γ_4 > γ_5 + γ_1
        Assert.Throws<ArgumentException>(() => CrossCoefficient.Of(new Attention(Normalization.Softmax, 5), 4, 3));
    }
}
