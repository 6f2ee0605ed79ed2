namespace Meanfield.Spectral;

/// <summary>
/// Numbers at a fixed address aligned to 64 bytes (one AVX-512 register, one cache line), zero at first.
/// The garbage collector owns the memory: whoever uses <see cref="Pointer"/> keeps the buffer reachable meanwhile.
/// </summary>
internal sealed unsafe class AlignedBuffer
{
    /// <summary>Bytes.</summary>
    public const int Alignment = 64;

    private readonly double[] _storage;
    private readonly int _offset;

    /// <summary>Allocates <paramref name="length"/> zeros.</summary>
    /// <exception cref="OverflowException">More than 2³¹ numbers.</exception>
    public AlignedBuffer(long length)
    {
        Length = checked((int)length);
        _storage = GC.AllocateArray<double>(checked(Length + Alignment / sizeof(double)), pinned: true);
        fixed (double* start = _storage)
        {
            nuint address = ((nuint)start + (Alignment - 1)) & ~(nuint)(Alignment - 1);
            Pointer = (double*)address;
            _offset = (int)(Pointer - start);
        }
    }

    /// <summary>Count of numbers.</summary>
    public int Length { get; }

    /// <summary>Address of the first number.</summary>
    public double* Pointer { get; }

    /// <summary>The numbers.</summary>
    public Span<double> Span => _storage.AsSpan(_offset, Length);
}
