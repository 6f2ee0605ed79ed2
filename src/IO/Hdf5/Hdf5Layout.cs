namespace Meanfield.IO;

/// <summary>Shape of a dataset and how it is stored.</summary>
/// <param name="Dimensions">Its shape.</param>
/// <param name="ChunkRows">Rows of the first dimension shuffled and deflated together; 0 for one uncompressed piece.</param>
/// <param name="Extendable">Whether later versions of the file may grow along the first dimension (needs chunks).</param>
internal sealed record Hdf5Layout(long[] Dimensions, long ChunkRows = 0, bool Extendable = false)
{
    // Below this a chunk's own bookkeeping outweighs what compression saves; HDF5 allows chunks of at most 4 GiB.
    private const double SmallestChunk = 4096;
    private const double LargestChunk = 1 << 30;

    /// <summary>The shape as the library wants it.</summary>
    internal ulong[] Shape => Array.ConvertAll(Dimensions, d => (ulong)d);

    /// <summary>Numbers in one row of the first dimension.</summary>
    internal long RowLength
    {
        get
        {
            long length = 1;
            foreach (long dimension in Dimensions.AsSpan(1))
                length = checked(length * dimension);
            return length;
        }
    }

    /// <summary>One compressed chunk per row (a time step) where that pays.</summary>
    internal static Hdf5Layout PerRow(int elementSize, params long[] dimensions) => InChunksOf(1, elementSize, dimensions);

    /// <summary>One compressed chunk for everything where that pays.</summary>
    internal static Hdf5Layout InOnePiece(int elementSize, params long[] dimensions) =>
        InChunksOf(dimensions[0], elementSize, dimensions);

    private static Hdf5Layout InChunksOf(long rows, int elementSize, long[] dimensions)
    {
        var plain = new Hdf5Layout(dimensions);
        double bytes = (double)rows * plain.RowLength * elementSize;
        return bytes is >= SmallestChunk and <= LargestChunk ? plain with { ChunkRows = rows } : plain;
    }
}
