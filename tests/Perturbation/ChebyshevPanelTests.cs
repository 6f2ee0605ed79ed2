using Meanfield.Perturbation;
using Xunit;

namespace Meanfield.Tests.Perturbation;

public class ChebyshevPanelTests
{
    /// <summary>∫_0^x e^{z(x−s)} e^{−rs} ds = (e^{zx} − e^{−rx})/(z + r), and x e^{zx} at z = −r, for damping of any strength.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(-1e-9)]
    [InlineData(-0.3)]
    [InlineData(-2)]
    [InlineData(-40)]
    [InlineData(-700)]
    [InlineData(-1e6)]
    public void Duhamel_integrals_are_exact(double z)
    {
        var weights = new double[ChebyshevPanel.Nodes * ChebyshevPanel.Nodes];
        ChebyshevPanel.Duhamel(z, weights);
        foreach (double r in new[] { 0, 0.5, 2, 3.7 })
        {
            for (int i = 0; i < ChebyshevPanel.Nodes; i++)
            {
                double x = ChebyshevPanel.Points[i], sum = 0;
                for (int j = 0; j < ChebyshevPanel.Nodes; j++) sum += weights[i * ChebyshevPanel.Nodes + j] * Math.Exp(-r * ChebyshevPanel.Points[j]);
                double y = 0.5 * (z + r) * x;
                double expected = x * Math.Exp(0.5 * (z - r) * x) * (y == 0 ? 1 : Math.Sinh(y) / y);
                if (z < -100) expected = (Math.Exp(z * x) - Math.Exp(-r * x)) / (z + r); // sinh would overflow
                Assert.Equal(expected, sum, 2e-14 * Math.Min(x, -1 / Math.Min(z, -1e-3)) + 1e-300);
            }
        }
    }

    [Fact]
    public void Interpolation_is_exact_for_polynomials_and_spectral_for_exponentials()
    {
        var values = new double[ChebyshevPanel.Nodes];
        foreach (double x in new[] { 0, 1e-9, 0.123, 0.5, 0.9999, 1 })
        {
            ChebyshevPanel.Lagrange(x, values);
            double power = 0, exponential = 0;
            for (int j = 0; j < values.Length; j++)
            {
                power += values[j] * Math.Pow(ChebyshevPanel.Points[j], 16);
                exponential += values[j] * Math.Exp(-4 * ChebyshevPanel.Points[j]);
            }
            Assert.Equal(Math.Pow(x, 16), power, 1e-14);
            Assert.Equal(Math.Exp(-4 * x), exponential, 3e-14);
        }
    }
}
