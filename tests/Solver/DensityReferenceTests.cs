using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver;

/// <summary>Whole runs against independent dense programs (tests/references/make_density_reference.py).</summary>
public class DensityReferenceTests
{
    private static readonly (int Degree, int Order, double Amplitude)[] CircleModes = [(1, 1, 0.08), (2, -1, -0.05), (3, 1, -0.06)];
    private static readonly (int Degree, int Order, double Amplitude)[] SphereModes = [(1, 0, 0.1), (2, 1, -0.06), (3, -1, 0.05), (3, 3, 0.04)];
    private static readonly (int Degree, int Order, double Amplitude)[] ZonalModes = [(1, 0, 0.2), (2, 0, -0.1), (3, 0, 0.05)];

    [Theory]
    [InlineData(1, 2, Normalization.None, 4, 0, 0.15)]
    [InlineData(2, 2, Normalization.None, 4, 0.3, 0.15)]
    [InlineData(3, 2, Normalization.Softmax, 6, 0, 1.2)]
    [InlineData(4, 3, Normalization.Softmax, 5, 0.05, 1)]
    [InlineData(5, 3, Normalization.None, 3, 0, 0.5)]
    [InlineData(6, 8, Normalization.None, 3, 0, 1)]
    public void Coefficients_agree_with_an_independent_solver(int reference, int dimension, Normalization normalization, double beta, double noise, double time)
    {
        var modes = dimension == 2 ? CircleModes : dimension == 3 ? SphereModes : ZonalModes;
        Run run = Run.Of(new Attention(normalization, beta, noise), dimension, modes, 1e-11, 0, time);
        double[] coefficients = run.Snapshots[^1].Coefficients;
        Assert.Equal(OutcomeKind.Completed, run.Outcome.Kind);
        foreach (double[] row in ReferenceTable.Read("density.csv").Where(row => (int)row[0] == reference))
        {
            int index = (int)row[1];
            Assert.Equal(row[2], index < coefficients.Length ? coefficients[index] : 0, 2e-10);
        }
    }
}
