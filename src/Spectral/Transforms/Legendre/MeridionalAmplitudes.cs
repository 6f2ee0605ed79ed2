namespace Meanfield.Spectral;

/// <summary>
/// Fourier amplitudes of fields along the northern latitudes, split by parity about the equator: what the Legendre stage
/// and the ring stage hand to each other.
/// </summary>
/// <remarks>
/// For order m the row at colatitude θ has the amplitude c_m(θ) = even(θ) + cos θ·odd(θ) of e^(imφ), its mirror row
/// even(θ) − cos θ·odd(θ); negative orders are the conjugates. Laid out
/// [m][block][field][even re, even im, odd re, odd im][8 latitudes].
/// </remarks>
internal sealed unsafe class MeridionalAmplitudes
{
    /// <summary>Numbers per order, block and field.</summary>
    public const int Chunk = 4 * LegendreTable.Lanes;

    private readonly AlignedBuffer _buffer;
    private readonly int _paddedBlocks;

    /// <summary>Allocates room for a number of fields.</summary>
    public MeridionalAmplitudes(int bandlimit, int blocks, int capacity)
    {
        _paddedBlocks = blocks | 1; // odd: the orders of one block do not fall into one cache set
        _buffer = new AlignedBuffer((long)(bandlimit + 1) * _paddedBlocks * capacity * Chunk);
    }

    /// <summary>Distance from one block to the next when the buffer holds <paramref name="fields"/> fields.</summary>
    public static int BlockStride(int fields) => fields * Chunk;

    /// <summary>Distance from one order to the next when the buffer holds <paramref name="fields"/> fields.</summary>
    public int OrderStride(int fields) => _paddedBlocks * fields * Chunk;

    /// <summary>First field of a block of an order when the buffer holds <paramref name="fields"/> fields.</summary>
    public double* At(int order, int block, int fields)
        => _buffer.Pointer + (long)order * OrderStride(fields) + (long)block * BlockStride(fields);
}
