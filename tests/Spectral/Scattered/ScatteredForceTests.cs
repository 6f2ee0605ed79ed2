using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Spectral;

/// <summary>Forces by harmonics against the sums over all pairs.</summary>
public sealed class ScatteredForceTests
{
    public static TheoryData<int, int, double> Cases
    {
        get
        {
            var cases = new TheoryData<int, int, double>();
            foreach (int dimension in (int[])[2, 3])
            {
                foreach (int count in (int[])[1, 300, 20_000])
                {
                    foreach (double beta in (double[])[0.1, 1, 9, 50])
                        cases.Add(dimension, count, beta);
                }
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forces_equal_direct_sums(int dimension, int count, double beta)
    {
        double[] cloud = Clouds.Uniform(dimension, count, seed: 1), weights = Clouds.Weights(count, seed: 2);
        var kernel = new AttentionKernel(dimension, beta, 200);
        var harmonics = ScatteredHarmonics.Create(dimension, kernel.Bandlimit(1e-18));
        HarmonicBasis basis = harmonics.Basis;
        double[] a = new double[basis.Count], partition = new double[count], force = new double[dimension * count];
        harmonics.Moments(cloud, weights, a);
        for (int i = 0; i < a.Length; i++)
            a[i] *= beta * kernel.ScaledMultiplier(basis.DegreeOf(i), beta); // e^{β(x·y − 1)}
        harmonics.Evaluate(cloud, a, partition, force);

        double largest = 0, difference = 0, largestSoft = 0, differenceSoft = 0;
        for (int i = 0; i < count; i += Math.Max(1, count / 50))
        {
            (double[] exact, double z) = Clouds.Direct(cloud, weights, Clouds.Point(cloud, dimension, i), beta);
            double scale = Math.Exp(-beta);
            Assert.Equal(1, partition[i] / (scale * z), 1e-12 * Math.Max(1, a[0] / (scale * z)));
            for (int axis = 0; axis < dimension; axis++)
            {
                double f = force[axis * count + i] / beta;
                largest = Math.Max(largest, Math.Abs(scale * exact[axis]));
                difference = Math.Max(difference, Math.Abs(f - scale * exact[axis]));
                largestSoft = Math.Max(largestSoft, Math.Abs(exact[axis] / z));
                differenceSoft = Math.Max(differenceSoft, Math.Abs(f / partition[i] - exact[axis] / z));
            }
        }
        if (count == 1) // no force of a token on itself
            (largest, largestSoft) = (1, 1);
        Assert.InRange(difference / largest, 0, 1e-12);
        Assert.InRange(differenceSoft / largestSoft, 0, 1e-12);
    }
}
