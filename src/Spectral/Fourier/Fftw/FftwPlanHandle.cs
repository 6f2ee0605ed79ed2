using System.Runtime.InteropServices;

namespace Meanfield.Spectral;

/// <summary>Owns one fftw_plan. Making and releasing plans is the part of FFTW that serves one thread at a time.</summary>
internal sealed class FftwPlanHandle : SafeHandle
{
    /// <summary>Held while plans are made and released.</summary>
    public static readonly Lock Gate = new();

    /// <summary>No plan yet.</summary>
    public FftwPlanHandle()
        : base(0, ownsHandle: true)
    {
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        lock (Gate)
            LibFftw.fftw_destroy_plan(handle);
        return true;
    }
}
