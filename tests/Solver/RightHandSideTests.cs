using System.Numerics;
using MathNet.Numerics.Integration;
using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver;

/// <summary>The right-hand side against the exact mode equations (THEORY 1.6).</summary>
public class RightHandSideTests
{
    /// <summary>V08: ȧ_A = γ_A a_A + (1/2β) Σ λ_B (ℓ_A + ℓ_B − ℓ_C) G_ABC a_B a_C.</summary>
    [Theory]
    [InlineData(0.7, 0)]
    [InlineData(5, 0.2)]
    [InlineData(-2, 0)]
    public void Sphere_obeys_the_quadratic_formula(double beta, double noise)
    {
        const int Degree = 2;
        var attention = new Attention(Normalization.None, beta, noise);
        var flow = new DensityFlow(attention, 3, 6);
        double[] state = RandomStates.Density(flow.Basis, 41, 0.9, Degree), tendency = new double[flow.Basis.Count];
        flow.Tendency(state, tendency);
        double[,,] gaunt = Gaunt(flow.Basis, (Degree + 1) * (Degree + 1));
        double largest = tendency.Max(Math.Abs);
        for (int a = 1; a < flow.Basis.Count; a++)
        {
            double expected = FunkHecke.Rate(attention, 3, flow.Basis.DegreeOf(a)) * state[a];
            for (int b = 1; b < gaunt.GetLength(1); b++)
            {
                for (int c = 1; c < gaunt.GetLength(2); c++)
                {
                    double eigenvalues = Eigenvalue(a) + Eigenvalue(b) - Eigenvalue(c);
                    double lambda = FunkHecke.Lambda(3, flow.Basis.DegreeOf(b), beta);
                    expected += lambda / (2 * beta) * eigenvalues * gaunt[a, b, c] * state[b] * state[c];
                }
            }
            Assert.Equal(expected, tendency[a], 1e-12 * largest);
        }

        double Eigenvalue(int index) => flow.Basis.LaplaceEigenvalue(flow.Basis.DegreeOf(index));
    }

    /// <summary>ċ_k = γ_k c_k + k Σ_{j≠0,k} j w_j c_j c_(k−j).</summary>
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(5, 0.3)]
    [InlineData(-3, 0)]
    public void Circle_obeys_the_mode_equation(double beta, double noise)
    {
        const int Degree = 20;
        var attention = new Attention(Normalization.None, beta, noise);
        var flow = new DensityFlow(attention, 2, Degree);
        double[] state = RandomStates.Density(flow.Basis, 42, 0.9), tendency = new double[flow.Basis.Count];
        flow.Tendency(state, tendency);
        double largest = tendency.Max(Math.Abs);
        for (int k = 1; k <= Degree; k++)
        {
            Complex expected = FunkHecke.Rate(attention, 2, k) * Mode(state, k);
            for (int j = -Degree; j <= Degree; j++)
            {
                if (j != 0 && j != k)
                    expected += k * j * FunkHecke.Lambda(2, Math.Abs(j), beta) / beta * Mode(state, j) * Mode(state, k - j);
            }
            Complex found = Mode(tendency, k);
            Assert.Equal(0, Complex.Abs(found - expected) / largest, 1e-12);
        }
    }

    /// <summary>Softmax on the circle: ċ_k = −ik ∫e^{−ikθ} Φ′ dμ, Φ = log Z/β, by a long trapezoidal sum.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(-4)]
    public void Softmax_obeys_the_weak_form(double beta)
    {
        const int Degree = 16, Points = 512;
        var flow = new DensityFlow(new Attention(Normalization.Softmax, beta), 2, Degree, 8);
        double[] state = RandomStates.Density(flow.Basis, 43, 0.7), tendency = new double[flow.Basis.Count];
        flow.Tendency(state, tendency);
        double largest = tendency.Max(Math.Abs);
        var expected = new Complex[Degree + 1];
        for (int i = 0; i < Points; i++)
        {
            double angle = 2 * Math.PI * i / Points, density = 1, z = FunkHecke.Lambda(2, 0, beta), slope = 0;
            for (int k = 1; k <= Degree; k++)
            {
                Complex wave = 2 * Mode(state, k) * Complex.FromPolarCoordinates(1, k * angle);
                double lambda = FunkHecke.Lambda(2, k, beta);
                density += wave.Real;
                z += lambda * wave.Real;
                slope -= lambda * k * wave.Imaginary;
            }
            for (int k = 1; k <= Degree; k++)
                expected[k] += new Complex(0, -k) * Complex.FromPolarCoordinates(density * slope / (beta * z) / Points, -k * angle);
        }
        for (int k = 1; k <= Degree; k++)
            Assert.Equal(0, Complex.Abs(Mode(tendency, k) - expected[k]) / largest, 1e-11);
    }

    /// <summary>c_k = ∫e^{−ikθ} dμ.</summary>
    private static Complex Mode(double[] coefficients, int k)
    {
        int degree = Math.Abs(k);
        if (k == 0) return coefficients[0];
        if (2 * degree >= coefficients.Length) return 0;
        var mode = new Complex(coefficients[2 * degree - 1], -coefficients[2 * degree]);
        return (k > 0 ? mode : Complex.Conjugate(mode)) / Math.Sqrt(2);
    }

    /// <summary>∫Y_A Y_B Y_C dσ by MathNet's 16-point Gauss rule times 32 longitudes.</summary>
    private static double[,,] Gaunt(HarmonicBasis basis, int few)
    {
        const int Rows = 16, Columns = 32;
        var gaunt = new double[basis.Count, few, few];
        var rule = new GaussLegendreRule(-1, 1, Rows);
        var harmonics = new SphericalHarmonics(basis.Bandlimit);
        var y = new double[basis.Count];
        for (int point = 0; point < Rows * Columns; point++)
        {
            double z = rule.Abscissas[point / Columns], sine = Math.Sqrt(1 - z * z), longitude = 2 * Math.PI * (point % Columns) / Columns;
            harmonics.Evaluate(sine * Math.Cos(longitude), sine * Math.Sin(longitude), z, y);
            double weight = rule.Weights[point / Columns] / (2 * Columns);
            for (int a = 0; a < basis.Count; a++)
            {
                for (int b = 0; b < few; b++)
                {
                    for (int c = 0; c < few; c++) gaunt[a, b, c] += weight * y[a] * y[b] * y[c];
                }
            }
        }
        return gaunt;
    }
}
