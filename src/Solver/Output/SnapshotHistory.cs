namespace Meanfield.Solver;

/// <summary>The snapshots of a run in order of time: outlines at hand, states fetched one at a time, so that a history of any length needs the memory of one.</summary>
public abstract class SnapshotHistory
{
    /// <summary>Scalars of every snapshot.</summary>
    public abstract IReadOnlyList<SnapshotOutline> Outlines { get; }

    /// <summary>Number of snapshots.</summary>
    public int Count => Outlines.Count;

    /// <summary>Fetches a snapshot; to be asked for in order of time, and not more often than needed.</summary>
    /// <param name="number">From 0.</param>
    public abstract Snapshot this[int number] { get; }

    /// <summary>Numbers of recorded positions where there are any, n·d; 0 if no snapshot has tokens.</summary>
    public int PositionCount => Outlines.Count == 0 ? 0 : Outlines.Max(outline => outline.PositionCount);

    /// <summary>The history of snapshots that are all in memory.</summary>
    public static SnapshotHistory Of(IReadOnlyList<Snapshot> snapshots) => new Held(snapshots);

    private sealed class Held(IReadOnlyList<Snapshot> snapshots) : SnapshotHistory
    {
        public override IReadOnlyList<SnapshotOutline> Outlines { get; } = [.. snapshots.Select(SnapshotOutline.Of)];

        public override Snapshot this[int number] => snapshots[number];
    }
}
