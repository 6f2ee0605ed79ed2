using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver;

public class HochbruckOstermannTests
{
    /// <summary>Noise is not stiff: the number of steps to a stationary state does not grow with the bandlimit, although κL² grows 64-fold.</summary>
    [Fact]
    public void Steps_do_not_depend_on_the_bandlimit()
    {
        long coarse = Steps(31), fine = Steps(255);
        Assert.InRange((double)fine / coarse, 0.9, 1.1);

        static long Steps(int bandlimit)
        {
            var settings = new DensitySettings { OutputTimes = DensitySettings.Schedule(10, 1), Bandlimit = bandlimit, Tolerance = 1e-6 };
            double[] initial = Run.Modes(new HarmonicBasis(2, 2), (1, 1, 0.3), (2, -1, 0.05));
            return Run.Of(new Attention(Normalization.None, 1, 0.3), 2, initial, 2, settings).Outcome.Steps;
        }
    }
}
