using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver;

/// <summary>Running and rotating commute.</summary>
public class RotationTests
{
    private const int Degree = 3;

    [Theory]
    [InlineData(Normalization.None, 5, 0, 0.09)]
    [InlineData(Normalization.None, 5, 0.3, 0.09)]
    [InlineData(Normalization.Softmax, 5, 0.02, 2)]
    public void Circle(Normalization normalization, double beta, double noise, double time)
    {
        const double Angle = 1.2345;
        double[] initial = RandomStates.Density(new HarmonicBasis(2, Degree), 81, 0.9);
        AssertCommutes(new Attention(normalization, beta, noise), 2, initial, time, Turn);

        static double[] Turn(double[] a)
        {
            var turned = (double[])a.Clone(); // c_k e^{−ikα}
            for (int k = 1; 2 * k < a.Length; k++)
            {
                (double sine, double cosine) = Math.SinCos(k * Angle);
                turned[2 * k - 1] = cosine * a[2 * k - 1] - sine * a[2 * k];
                turned[2 * k] = sine * a[2 * k - 1] + cosine * a[2 * k];
            }
            return turned;
        }
    }

    [Theory]
    [InlineData(Normalization.None, 4, 0, 0.25, 1)]
    [InlineData(Normalization.None, 4, 0.2, 0.25, 2)]
    [InlineData(Normalization.Softmax, 4, 0.02, 1, 3)]
    public void Sphere(Normalization normalization, double beta, double noise, double time, ulong seed)
    {
        double[] initial = RandomStates.Density(new HarmonicBasis(3, Degree), 82, 0.9);
        double[,] rotation = RandomStates.Rotation(seed);
        AssertCommutes(new Attention(normalization, beta, noise), 3, initial, time, a => Turn(a, rotation));
    }

    private static void AssertCommutes(Attention attention, int dimension, double[] initial, double time, Func<double[], double[]> turn)
    {
        var settings = new DensitySettings { Tolerance = 1e-11, OutputTimes = [0, time] };
        Run straight = Run.Of(attention, dimension, initial, Degree, settings), turned = Run.Of(attention, dimension, turn(initial), Degree, settings);
        Assert.Equal(OutcomeKind.Completed, straight.Outcome.Kind);
        Assert.Equal(straight.Outcome.Steps, turned.Outcome.Steps); // errors and spectra are measured in invariant norms
        double[] turnedAfter = turn(straight.Snapshots[^1].Coefficients), turnedBefore = turned.Snapshots[^1].Coefficients;
        Assert.Equal(turnedAfter.Length, turnedBefore.Length);
        Assert.True(turnedAfter.Skip(1).Max(Math.Abs) > 0.2, $"{turnedAfter.Skip(1).Max(Math.Abs)}");
        for (int i = 0; i < turnedAfter.Length; i++) Assert.Equal(turnedAfter[i], turnedBefore[i], 1e-11);
    }

    /// <summary>a_A ← Σᵢ wᵢ ρ(Rᵀxᵢ) Y_A(xᵢ) on a grid of its own, harmonics evaluated point by point.</summary>
    private static double[] Turn(double[] a, double[,] rotation)
    {
        int bandlimit = (int)Math.Sqrt(a.Length) - 1, columns = 2 * bandlimit + 2;
        var harmonics = new SphericalHarmonics(bandlimit);
        var rule = GaussGegenbauerRule.Create(3, bandlimit + 1);
        double[] there = new double[a.Length], here = new double[a.Length], turned = new double[a.Length];
        for (int point = 0; point < columns * rule.Nodes.Length; point++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * (point % columns) / columns);
            double s = rule.Sines[point / columns];
            double[] x = [s * cosine, s * sine, rule.Nodes[point / columns]];
            double[] y = [.. Enumerable.Range(0, 3).Select(j => rotation[0, j] * x[0] + rotation[1, j] * x[1] + rotation[2, j] * x[2])];
            harmonics.Evaluate(x[0], x[1], x[2], here);
            harmonics.Evaluate(y[0], y[1], y[2], there);
            double weighted = 0;
            for (int i = 0; i < a.Length; i++) weighted += a[i] * there[i];
            weighted *= rule.Weights[point / columns] / columns;
            for (int i = 0; i < a.Length; i++) turned[i] += weighted * here[i];
        }
        return turned;
    }
}
