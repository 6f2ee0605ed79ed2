namespace Meanfield.IO;

/// <summary>
/// Keeps large arrays that are used once (snapshots, chunks, images of files) from piling up until the runtime sees fit to collect them:
/// a run then holds what it was said to need, and little more. For the thread that makes and asks.
/// </summary>
internal sealed class GarbageLimit
{
    /// <summary>Bytes that may be allocated between two collections.</summary>
    internal const long Bytes = 16 << 20;

    private long _allocated = GC.GetAllocatedBytesForCurrentThread();

    /// <summary>Collects if so much has been allocated since the last time, and gives the memory back to the system.</summary>
    internal void Keep()
    {
        if (GC.GetAllocatedBytesForCurrentThread() - _allocated < Bytes) return;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _allocated = GC.GetAllocatedBytesForCurrentThread();
    }
}
