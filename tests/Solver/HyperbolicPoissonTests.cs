using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver;

/// <summary>The exact nonlinear solution at β = 0 (THEORY 4.3; V21).</summary>
public class HyperbolicPoissonTests
{
    [Theory]
    [InlineData(Normalization.None)]
    [InlineData(Normalization.Softmax)]
    public void Circle_follows_the_closed_form(Normalization normalization)
    {
        const double Start = 0.3;
        Run run = Evolve(2, normalization, Start, [0, 0.5, 1, 2, 3]);
        foreach (Snapshot snapshot in run.Snapshots)
        {
            double r = 1 / Math.Sqrt(1 + (1 / (Start * Start) - 1) * Math.Exp(-snapshot.Time));
            for (int k = 1; k <= snapshot.Bandlimit; k++)
            {
                Assert.Equal(Math.Pow(r, k), Math.Sqrt(0.5) * snapshot.Coefficients[2 * k - 1], 1e-9);
                Assert.Equal(0, snapshot.Coefficients[2 * k], 1e-9);
            }
        }
    }

    /// <summary>ṙ = ½(1−r²) h_d(r), integrated here by small Runge–Kutta steps with the closed forms of h_3 and h_4.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Density_stays_in_the_family(int dimension)
    {
        const double Start = 0.3;
        Run run = Evolve(dimension, Normalization.None, Start, [0, 0.5, 1, 1.5]);
        double r = Start, time = 0;
        foreach (Snapshot snapshot in run.Snapshots)
        {
            r = Radius(dimension, r, snapshot.Time - time);
            time = snapshot.Time;
            Assert.Equal(Closed(dimension, r), snapshot.Observables.OrderParameter, 1e-9);
            var expected = new double[snapshot.Coefficients.Length];
            HyperbolicPoisson.Add(new HarmonicBasis(dimension, snapshot.Bandlimit), r, Axis(dimension), expected);
            for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], snapshot.Coefficients[i], 1e-9);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void First_moment_has_its_closed_form(int dimension)
    {
        foreach (double r in new[] { 0.2, 0.5, 0.9, 0.99 })
            Assert.Equal(1, HyperbolicPoisson.Moment(dimension, 1, r) / Closed(dimension, r), 1e-12);
        for (int k = 0; k < 40 && dimension == 2; k++)
            Assert.Equal(Math.Pow(0.7, k), HyperbolicPoisson.Moment(2, k, 0.7), 1e-15);
    }

    [Theory]
    [InlineData(3, 0.3)]
    [InlineData(3, 0.8)]
    [InlineData(4, 0.5)]
    [InlineData(8, 0.3)]
    [InlineData(8, 0.7)]
    [InlineData(64, 0.2)]
    [InlineData(64, 0.5)]
    public void Moments_are_integrals_of_the_density(int dimension, double r)
    {
        const int Degrees = 12;
        var rule = GaussGegenbauerRule.Create(dimension, 400);
        var moments = new double[Degrees + 1];
        for (int i = 0; i < rule.Nodes.Length; i++)
        {
            double t = rule.Nodes[i], density = Math.Pow((1 - r * r) / (1 - 2 * r * t + r * r), dimension - 1);
            double below = 0, here = 1; // P_(k−1), P_k
            for (int k = 0; k <= Degrees; k++)
            {
                moments[k] += rule.Weights[i] * density * here;
                (below, here) = (here, ((2.0 * k + dimension - 2) * t * here - k * below) / (k + dimension - 2.0));
            }
        }
        for (int k = 0; k <= Degrees; k++) Assert.Equal(moments[k], HyperbolicPoisson.Moment(dimension, k, r), 1e-12);
    }

    private static Run Evolve(int dimension, Normalization normalization, double radius, double[] times)
    {
        const int Degree = 63;
        var basis = new HarmonicBasis(dimension, Degree);
        var initial = new double[basis.Count];
        HyperbolicPoisson.Add(basis, radius, Axis(dimension), initial);
        Run run = Run.Of(new Attention(normalization, 0), dimension, initial, Degree, new DensitySettings { Tolerance = 1e-11, OutputTimes = times });
        Assert.Equal(OutcomeKind.Completed, run.Outcome.Kind);
        return run;
    }

    private static double[] Axis(int dimension)
    {
        if (dimension == 2) return [1, 0];
        if (dimension == 3) return [0.36, 0.48, 0.8];
        var axis = new double[dimension];
        axis[^1] = 1;
        return axis;
    }

    /// <summary>h_d(r).</summary>
    private static double Closed(int dimension, double r)
    {
        double square = r * r;
        return dimension switch
        {
            2 => r,
            3 => (1 + square) / (2 * r) - (1 - square) * (1 - square) / (4 * square) * Math.Log((1 + r) / (1 - r)),
            _ => 1.5 * r - 0.5 * r * square,
        };
    }

    private static double Radius(int dimension, double r, double time)
    {
        const int Steps = 400;
        double h = time / Steps;
        for (int i = 0; i < Steps; i++)
        {
            double k1 = Slope(r), k2 = Slope(r + 0.5 * h * k1), k3 = Slope(r + 0.5 * h * k2), k4 = Slope(r + h * k3);
            r += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
        }
        return r;

        double Slope(double x) => 0.5 * (1 - x * x) * Closed(dimension, x);
    }
}
