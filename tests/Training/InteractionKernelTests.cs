using MathNet.Numerics;
using Meanfield.Solver;
using Meanfield.Spectral;
using Meanfield.Training;
using Xunit;

namespace Meanfield.Tests.Training;

/// <summary>The kernel e^{β⟨x,Ay⟩}/β on harmonics.</summary>
public class InteractionKernelTests
{
    /// <summary>
    /// ⟨x,Ay⟩ = p cos(θ−θ') + q cos(θ+θ'), p, q = (a₁±a₂)/2, so e^{β⟨x,Ay⟩} = Σ_jk I_j(βp) I_k(βq) e^{i(j+k)θ + i(k−j)θ'}: products of two Bessel functions.
    /// </summary>
    [Theory]
    [InlineData(1, 2, 1)]
    [InlineData(3, 1.5, 0.25)]
    public void Circle_has_products_of_Bessel_functions(double beta, double first, double second)
    {
        var kernel = new InteractionKernel(new Attention(Normalization.None, beta), InteractionMatrix.Diagonal(first, second), 20);
        double p = 0.5 * beta * (first + second), q = 0.5 * beta * (first - second), largest = Math.Exp(beta * first) / beta;
        for (int m = 1; m <= 12; m++)
        {
            for (int n = 1; n <= 12; n++)
            {
                // coefficient of e^{imθ + inθ'} plus those of (m,−n): cosines add, sines subtract
                double same = Double(m, n), mirrored = Double(m, -n);
                Assert.Equal((same + mirrored) / beta, kernel[2 * m - 1, 2 * n - 1], 1e-14 * largest);
                Assert.Equal((mirrored - same) / beta, kernel[2 * m, 2 * n], 1e-14 * largest);
                Assert.Equal(0, kernel[2 * m - 1, 2 * n], 1e-14 * largest);
            }
        }

        double Double(int m, int n) => (m - n) % 2 != 0 ? 0 : Bessel((m - n) / 2, p) * Bessel((m + n) / 2, q);
        static double Bessel(int order, double x) => SpecialFunctions.BesselI(Math.Abs(order), x);
    }

    /// <summary>Φ of a point mass is the kernel itself: Σ_AB K_AB Y_A(x) Y_B(y) = e^{β⟨x,Ay⟩}/β.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Potential_of_a_point_mass_is_the_kernel(int dimension)
    {
        TrainedModel model = TrainingCases.Full(dimension, Normalization.None);
        var kernel = new InteractionKernel(model.Attention, model.Matrix, 60);
        var harmonics = new PointHarmonics(new HarmonicBasis(dimension, kernel.Bandlimit));
        double[] atX = new double[kernel.Count], atY = new double[kernel.Count], potential = new double[kernel.Count];
        TokenSample tokens = TokenSample.Uniform(dimension, 12, seed: 3);
        for (int i = 0; i < 12; i += 2)
        {
            ReadOnlySpan<double> x = tokens.Positions.Slice(i * dimension, dimension), y = tokens.Positions.Slice((i + 1) * dimension, dimension);
            harmonics.Evaluate(x, atX);
            harmonics.Evaluate(y, atY);
            kernel.Apply(atY, potential);
            double product = 0;
            for (int row = 0; row < dimension; row++)
                for (int column = 0; column < dimension; column++) product += x[row] * model.Matrix[row, column] * y[column];
            double expected = Math.Exp(model.Attention.Beta * product) / model.Attention.Beta;
            Assert.Equal(expected, potential.Zip(atX, (a, b) => a * b).Sum(), 1e-12);
        }
    }

    /// <summary>Zonal: the potential at height t of a point mass at the pole is e^{βat}/β, whatever the matrix does across the axis.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    public void Zonal_potential_of_the_pole_depends_on_the_axis_only(int dimension)
    {
        const double Beta = 1.5, Along = 1.4;
        var kernel = new InteractionKernel(new Attention(Normalization.None, Beta), InteractionMatrix.Axial(dimension, 0.6, Along), 60);
        var transform = new ZonalTransform(dimension, kernel.Bandlimit, kernel.Bandlimit + 1);
        double[] pole = new double[kernel.Count], potential = new double[kernel.Count], values = new double[transform.GridSize];
        double[] axis = new double[dimension];
        axis[^1] = 1;
        new PointHarmonics(transform.Basis).Evaluate(axis, pole);
        kernel.Apply(pole, potential);
        transform.Synthesize(potential, values);
        for (int i = 0; i < values.Length; i++)
        {
            if (Math.Abs(transform.Cosines[i]) < 0.8) // where the density of the measure is
                Assert.Equal(1, values[i] / (Math.Exp(Beta * Along * transform.Cosines[i]) / Beta), 1e-9);
        }
    }

    /// <summary>A = a·1: the multipliers ŵ_ℓ of the kernel of strength βa, times a (Funk–Hecke).</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Multiples_of_the_identity_are_diagonal(int dimension)
    {
        const double Beta = 2, Size = 1.5;
        var kernel = new InteractionKernel(new Attention(Normalization.None, Beta), InteractionMatrix.Axial(dimension, Size, Size), 30);
        var expected = new AttentionKernel(dimension, Beta * Size, 30);
        var basis = new HarmonicBasis(dimension, kernel.Bandlimit);
        for (int i = 0; i < kernel.Count; i++)
            Assert.Equal(Size * expected.Multiplier(basis.DegreeOf(i)), kernel[i, i], 1e-14 * Math.Exp(Beta * Size));
        Assert.Equal(0, kernel[1, 2]);
    }

    /// <summary>The same matrix in rotated axes turns the potential with it.</summary>
    [Fact]
    public void Zonal_matrix_on_the_sphere_is_the_one_of_dimension_3()
    {
        var attention = new Attention(Normalization.None, 1.3);
        var sphere = new InteractionKernel(attention, InteractionMatrix.Diagonal(0.6, 0.6, 1.4), 12);
        var axial = new InteractionKernel(attention, InteractionMatrix.Axial(3, 0.6, 1.4), 12);
        for (int l = 0; l <= 12; l++)
            for (int k = 0; k <= 12; k++) Assert.Equal(sphere[l * l + l, k * k + k], axial[l * l + l, k * k + k], 1e-14);
    }
}
