namespace Meanfield.Spectral;

/// <summary>
/// One direction of a transform: a plan for arrays aligned as those of <see cref="AlignedBuffer"/>, which may use vector
/// instructions on a single transform, and one for arrays at any address. Both hold for one distance between the parts.
/// </summary>
internal sealed unsafe class FftwDirection : IDisposable
{
    private const uint Flags = LibFftw.Estimate | LibFftw.PreserveInput;

    private readonly FftwPlanHandle _aligned;
    private readonly FftwPlanHandle _anywhere;
    private readonly int _real;
    private readonly int _imaginary;

    /// <summary>Plans the forward transform of the parts as named.</summary>
    /// <param name="size">Points per transform.</param>
    /// <param name="count">Transforms, one number apart.</param>
    /// <param name="stride">From one point to the next.</param>
    /// <param name="real">Where the real part starts.</param>
    /// <param name="imaginary">Where the imaginary part starts.</param>
    /// <exception cref="InvalidOperationException">FFTW made no plan.</exception>
    public FftwDirection(int size, int count, int stride, int real, int imaginary)
    {
        (_real, _imaginary) = (real, imaginary);
        var input = new AlignedBuffer(2L * size * count);
        var output = new AlignedBuffer(2L * size * count);
        var transform = new LibFftw.Dimension(size, stride, stride);
        var repetition = new LibFftw.Dimension(count, 1, 1);
        double* x = input.Pointer, y = output.Pointer;
        lock (FftwPlanHandle.Gate)
        {
            _aligned = LibFftw.fftw_plan_guru_split_dft(
                1, &transform, 1, &repetition, x + real, x + imaginary, y + real, y + imaginary, Flags);
            _anywhere = LibFftw.fftw_plan_guru_split_dft(
                1, &transform, 1, &repetition, x + real, x + imaginary, y + real, y + imaginary, Flags | LibFftw.Unaligned);
        }
        GC.KeepAlive(input);
        GC.KeepAlive(output);
        if (_aligned.IsInvalid || _anywhere.IsInvalid)
            throw new InvalidOperationException($"FFTW made no plan for {count} transforms of {size} points");
    }

    /// <summary>Transforms x into y.</summary>
    public void Run(ReadOnlySpan<double> input, Span<double> output)
    {
        fixed (double* x = input, y = output)
        {
            FftwPlanHandle plan = (((nuint)x | (nuint)y) & (AlignedBuffer.Alignment - 1)) == 0 ? _aligned : _anywhere;
            LibFftw.fftw_execute_split_dft(plan, x + _real, x + _imaginary, y + _real, y + _imaginary);
        }
    }

    /// <summary>Releases the plans.</summary>
    public void Dispose()
    {
        _aligned.Dispose();
        _anywhere.Dispose();
    }
}
