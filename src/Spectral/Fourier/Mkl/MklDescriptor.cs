using System.Runtime.InteropServices;

namespace Meanfield.Spectral;

/// <summary>Owns one DFTI descriptor: split-complex transforms out of place, several of one size.</summary>
internal sealed unsafe class MklDescriptor : SafeHandle
{
    /// <summary>Describes the transforms and has them prepared.</summary>
    /// <param name="size">Points per transform.</param>
    /// <param name="count">Transforms, one number apart.</param>
    /// <param name="stride">From one point to the next.</param>
    /// <exception cref="InvalidOperationException">MKL refused.</exception>
    public MklDescriptor(int size, int count, int stride)
        : base(0, ownsHandle: true)
    {
        int* strides = stackalloc int[2] { 0, stride };
        int status = LibMkl.dfti_create_descriptor_1d(out handle, LibMkl.Double, LibMkl.Complex, 1, size);
        foreach ((int name, int value) in (ReadOnlySpan<(int, int)>)
        [
            (LibMkl.Placement, LibMkl.NotInPlace), (LibMkl.ComplexStorage, LibMkl.RealReal),
            (LibMkl.NumberOfTransforms, count), (LibMkl.InputDistance, 1), (LibMkl.OutputDistance, 1),
        ])
        {
            if (status == 0) status = LibMkl.dfti_set_value_intval(handle, name, value);
        }
        if (status == 0) status = LibMkl.dfti_set_value_intvec(handle, LibMkl.InputStrides, strides);
        if (status == 0) status = LibMkl.dfti_set_value_intvec(handle, LibMkl.OutputStrides, strides);
        if (status == 0) status = LibMkl.dfti_commit_descriptor_external(handle);
        if (status == 0) return;
        Dispose();
        throw new InvalidOperationException($"MKL refused {count} transforms of {size} points (DFTI status {status})");
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Forward transforms. The caller keeps this object reachable and undisposed meanwhile.</summary>
    /// <exception cref="InvalidOperationException">MKL failed.</exception>
    public void Forward(double* ri, double* ii, double* ro, double* io)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        int status = LibMkl.dfti_compute_forward_dddd(handle, ri, ii, ro, io);
        if (status != 0) throw new InvalidOperationException($"MKL failed in a transform (DFTI status {status})");
        GC.KeepAlive(this);
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => LibMkl.dfti_free_descriptor_external(ref handle) == 0;
}
