using Meanfield.Perturbation;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Perturbation;

/// <summary>Products of harmonics against sympy's exact symbols and against quadrature (THEORY 1.6, V08).</summary>
public class GauntCoefficientsTests
{
    [Fact]
    public void Integrals_of_three_real_harmonics_agree_with_the_reference()
    {
        var gaunt = new GauntCoefficients();
        foreach (double[] row in ReferenceTable.Read("gaunt.csv"))
            Assert.Equal(row[6], gaunt.Of(((int)row[0], (int)row[1]), ((int)row[2], (int)row[3]), ((int)row[4], (int)row[5])), 2e-13);
    }

    [Fact]
    public void Wigner_symbols_of_large_degrees_agree_with_the_reference()
    {
        foreach (double[] row in ReferenceTable.Read("wigner.csv"))
        {
            (int l2, int l3, int m2, int m3) = ((int)row[0], (int)row[1], (int)row[2], (int)row[3]);
            int first = Math.Max(Math.Abs(l2 - l3), Math.Abs(m2 + m3));
            Assert.Equal(row[5], Wigner3j.Family(l2, l3, m2, m3)[(int)row[4] - first], 1e-13 * Math.Max(Math.Abs(row[5]), 1e-2));
        }
    }

    /// <summary>All triples of degree ≤ 4 against the quadrature of the transforms.</summary>
    [Fact]
    public void Integrals_agree_with_quadrature()
    {
        const int Degree = 4;
        HarmonicTransform transform = HarmonicTransform.Create(3, Degree, 3 * Degree);
        HarmonicBasis basis = transform.Basis;
        var values = new double[basis.Count][];
        for (int i = 0; i < basis.Count; i++)
        {
            var unit = new double[basis.Count];
            unit[i] = 1;
            transform.Synthesize(unit, values[i] = new double[transform.GridSize]);
        }
        var gaunt = new GauntCoefficients();
        double[] weights = transform.Weights.ToArray();
        for (int a = 0; a < basis.Count; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                for (int c = 0; c < basis.Count; c++)
                {
                    double integral = 0;
                    for (int i = 0; i < weights.Length; i++) integral += weights[i] * values[a][i] * values[b][i] * values[c][i];
                    Assert.Equal(integral, gaunt.Of(At(a), At(b), At(c)), 1e-14);
                }
            }
        }

        (int, int) At(int index) => (basis.DegreeOf(index), basis.OrderOf(index));
    }

    /// <summary>G_kkk in closed form: d = 3: 5^{3/2}·2/35 and 27·18/1001; the circle has none; zonal d = 3 is order 0.</summary>
    [Fact]
    public void Zonal_integrals_have_their_closed_forms()
    {
        Assert.Equal(Math.Pow(5, 1.5) * 2 / 35, GauntCoefficients.Zonal(3, 2, 2, 2), 1e-14);
        Assert.Equal(27 * 18 / 1001.0, GauntCoefficients.Zonal(3, 4, 4, 4), 1e-14);
        Assert.Equal(0, GauntCoefficients.Zonal(2, 3, 3, 3), 1e-15);
        Assert.Equal(Math.Sqrt(0.5), GauntCoefficients.Zonal(2, 1, 2, 3), 1e-14);
        var gaunt = new GauntCoefficients();
        Assert.Equal(gaunt.Of((5, 0), (4, 0), (3, 0)), GauntCoefficients.Zonal(3, 5, 4, 3), 1e-13);
    }

    /// <summary>Order 2 of the manifold of a random element of degree 3 on the sphere: (2γ_q − γ_A) C_A^(2) = Σ X_ABC C_B C_C.</summary>
    [Theory]
    [InlineData(Normalization.None, 0)]
    [InlineData(Normalization.Softmax, 0)]
    [InlineData(Normalization.Softmax, 0.02)]
    public void Second_order_of_the_series_is_the_sum_over_couplings(Normalization normalization, double noise)
    {
        const int Degree = 3;
        var attention = new Attention(normalization, 5, noise);
        var basis = new HarmonicBasis(3, 2 * Degree);
        double[] element = Expansions.Element(basis, Degree, 5);
        ManifoldSeries series = ManifoldSeries.Of(attention, basis, element, 2);
        var kernel = new AttentionKernel(3, attention.Beta, 2 * Degree);
        var gaunt = new GauntCoefficients();
        for (int a = 1; a < basis.Count; a++)
        {
            double sum = 0;
            for (int b = basis.Start(Degree); b < basis.Start(Degree + 1); b++)
            {
                for (int c = basis.Start(Degree); c < basis.Start(Degree + 1); c++)
                    sum += gaunt.Coupling(attention, kernel, At(a), At(b), At(c)) * element[b] * element[c];
            }
            double divisor = 2 * series.Rate - attention.GrowthRate(kernel, basis.DegreeOf(a));
            Assert.Equal(sum / divisor, series.Coefficients(2)[a], 1e-13);
        }

        (int, int) At(int index) => (basis.DegreeOf(index), basis.OrderOf(index));
    }
}
