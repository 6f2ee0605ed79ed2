using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>A fixed set of weighted axes ±e in R^d that integrates quadratic forms exactly: Σ w e eᵀ = I/d.</summary>
internal sealed class SlicingAxes
{
    private const int QuadratureDegree = 15; // d = 3: half of a product grid of 8 × 16 points
    private const int Least = 64;

    private SlicingAxes(double[] directions, double[] weights) => (Directions, Weights) = (directions, weights);

    /// <summary>[A·d] unit vectors, one after another.</summary>
    public double[] Directions { get; }

    /// <summary>[A] weights, of sum 1.</summary>
    public double[] Weights { get; }

    /// <summary>Circle: 64 equal steps of half a turn; sphere: a Gauss product rule; higher: orthonormal frames from a fixed seed, at least 64 axes.</summary>
    public static SlicingAxes Of(int dimension) => dimension switch
    {
        2 => Circle(),
        3 => Sphere(),
        _ => Frames(dimension),
    };

    private static SlicingAxes Circle()
    {
        var directions = new double[2 * Least];
        for (int i = 0; i < Least; i++) (directions[2 * i + 1], directions[2 * i]) = Math.SinCos(Math.PI * i / Least);
        return Equal(directions, Least);
    }

    private static SlicingAxes Sphere()
    {
        SphereGrid grid = SphereGrid.ForDegree(QuadratureDegree);
        int half = grid.Size / 2; // northern rows; −e of each lies on the southern
        var directions = new double[3 * half];
        var weights = new double[half];
        for (int i = 0; i < half; i++)
        {
            (directions[3 * i], directions[3 * i + 1], directions[3 * i + 2]) = grid.PointAt(i);
            weights[i] = 2 * grid.Weights[i];
        }
        return new SlicingAxes(directions, weights);
    }

    private static SlicingAxes Frames(int d)
    {
        int frames = (Least + d - 1) / d;
        var random = new RandomNumbers(0);
        var directions = new double[frames * d * d];
        for (int i = 0; i < frames * d; i++)
        {
            Span<double> axis = directions.AsSpan(i * d, d);
            AxialDraw.Uniform(random, axis);
            for (int pass = 0; pass < 2; pass++) // Gram–Schmidt, twice is enough
            {
                for (int j = i / d * d; j < i; j++)
                {
                    ReadOnlySpan<double> other = directions.AsSpan(j * d, d);
                    TensorPrimitives.MultiplyAdd(other, -TensorPrimitives.Dot(other, axis), axis, axis);
                }
                TensorPrimitives.Multiply(axis, 1 / TensorPrimitives.Norm<double>(axis), axis);
            }
        }
        return Equal(directions, frames * d);
    }

    private static SlicingAxes Equal(double[] directions, int count)
    {
        var weights = new double[count];
        Array.Fill(weights, 1.0 / count);
        return new SlicingAxes(directions, weights);
    }
}
