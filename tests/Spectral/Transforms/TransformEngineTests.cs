using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Spectral;

/// <summary>The harmonic transforms do not depend on the Fourier engine, up to rounding.</summary>
public sealed class TransformEngineTests
{
    [Theory]
    [InlineData(FourierChoice.Mkl, 2, 100)]
    [InlineData(FourierChoice.Mkl, 3, 40)]
    [InlineData(FourierChoice.Mkl, 3, 95)]
    [InlineData(FourierChoice.Fftw, 2, 100)]
    [InlineData(FourierChoice.Fftw, 3, 40)]
    [InlineData(FourierChoice.Fftw, 3, 95)]
    public void Every_transform_agrees_with_that_of_the_built_in_engine(FourierChoice choice, int dimension, int bandlimit)
    {
        if (FourierEngineTests.Absent(choice)) return;
        HarmonicTransform reference = HarmonicTransform.Create(dimension, bandlimit, 3 * bandlimit, BuiltInEngine.Instance);
        HarmonicTransform transform = HarmonicTransform.Create(dimension, bandlimit, 3 * bandlimit, FourierPlanner.Engine(choice));
        double[] coefficients = Fields.Random(transform.Basis.Count, seed: bandlimit);
        double[] field = Fields.Random(transform.GridSize, seed: 1), vector = Fields.Random(transform.GridSize * transform.TangentComponents, seed: 2);
        Same(field.Length, (t, result) => t.Synthesize(coefficients, result));
        Same(vector.Length, (t, result) => t.SynthesizeGradient(coefficients, result));
        Same(coefficients.Length, (t, result) => t.Analyze(field, result));
        Same(coefficients.Length, (t, result) => t.AnalyzeDivergence(vector, result));

        void Same(int length, Action<HarmonicTransform, double[]> apply)
        {
            double[] expected = new double[length], actual = new double[length];
            apply(reference, expected);
            apply(transform, actual);
            Assert.InRange(Fields.RelativeDifference(actual, expected), 0, 1e-13);
        }
    }
}
