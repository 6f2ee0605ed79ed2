using Meanfield.Solver;
using Meanfield.Spectral;
using Meanfield.Tests.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver;

/// <summary>Whole runs do not depend on the Fourier engine, up to rounding.</summary>
public class FourierEngineRunTests
{
    [Theory]
    [InlineData(FourierChoice.Mkl, Normalization.Softmax, 2)]
    [InlineData(FourierChoice.Mkl, Normalization.None, 3)]
    [InlineData(FourierChoice.Mkl, Normalization.Softmax, 3)]
    [InlineData(FourierChoice.Fftw, Normalization.Softmax, 2)]
    [InlineData(FourierChoice.Fftw, Normalization.None, 3)]
    [InlineData(FourierChoice.Fftw, Normalization.Softmax, 3)]
    public void A_run_agrees_with_that_of_the_built_in_engine(FourierChoice choice, Normalization normalization, int dimension)
    {
        if (FourierEngineTests.Absent(choice)) return;
        Run expected = With(BuiltInEngine.Instance), actual = With(FourierPlanner.Engine(choice));
        Assert.Equal(OutcomeKind.Completed, actual.Outcome.Kind);
        Assert.Equal(expected.Snapshots.Count, actual.Snapshots.Count);
        foreach ((Snapshot a, Snapshot b) in expected.Snapshots.Zip(actual.Snapshots))
            Assert.InRange(Fields.RelativeDifference(b.Coefficients, a.Coefficients), 0, 1e-12);

        Run With(IFourierEngine engine)
        {
            double[] initial = Run.Modes(new HarmonicBasis(dimension, 4), (1, 1, 0.1), (2, -1, 0.2), (3, 1, -0.15));
            var settings = new DensitySettings { Tolerance = 1e-9, OutputTimes = [0, 0.1, 0.2], Engine = engine };
            return Run.Of(new Attention(normalization, 3, 0.02), dimension, initial, 4, settings);
        }
    }
}
