using System.Numerics.Tensors;

namespace Meanfield.Solver;

/// <summary>Cosines between one point and many, for points stored coordinate after coordinate.</summary>
internal static class CosineRow
{
    /// <summary>cosines[j] = point · x_(first+j).</summary>
    /// <param name="dimension">d.</param>
    /// <param name="positions">[d·n] coordinate after coordinate.</param>
    /// <param name="point">Index of the point among them.</param>
    /// <param name="first">First partner.</param>
    /// <param name="cosines">One for each partner.</param>
    public static void Fill(int dimension, ReadOnlySpan<double> positions, int point, int first, Span<double> cosines)
    {
        int count = positions.Length / dimension;
        TensorPrimitives.Multiply(positions.Slice(first, cosines.Length), positions[point], cosines);
        for (int k = 1; k < dimension; k++)
            TensorPrimitives.MultiplyAdd(positions.Slice(k * count + first, cosines.Length), positions[k * count + point], cosines, cosines);
    }
}
