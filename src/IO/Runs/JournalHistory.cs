using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>The snapshots that a run has published: outlines in memory, states in the journal; the first states stay in memory as long as they are small together.</summary>
/// <param name="journal">Where they are.</param>
/// <param name="kept">Bytes of states that may stay in memory.</param>
internal sealed class JournalHistory(Journal journal, long kept = JournalHistory.Kept) : SnapshotHistory
{
    /// <summary>Bytes of states that stay in memory, so that short and small runs are not read back.</summary>
    internal const long Kept = 8 << 20;

    private readonly List<SnapshotOutline> _outlines = [];
    private readonly List<Snapshot> _first = [];
    private readonly GarbageLimit _garbage = new();
    private long _left = kept;

    /// <inheritdoc/>
    public override IReadOnlyList<SnapshotOutline> Outlines => _outlines;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">Its file is damaged.</exception>
    public override Snapshot this[int number]
    {
        get
        {
            if (number < _first.Count) return _first[number];
            _garbage.Keep();
            return journal.Read(number);
        }
    }

    /// <summary>Takes up the first snapshots of an earlier run.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="InvalidDataException">One is damaged.</exception>
    internal void Open(int count)
    {
        for (int number = 0; number < count; number++)
        {
            if (_left > 0) Keep(journal.Read(number));
            else _outlines.Add(journal.ReadOutline(number));
        }
    }

    /// <summary>Publishes the next snapshot.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    internal void Add(Snapshot snapshot)
    {
        journal.Write(Count, snapshot);
        Keep(snapshot);
    }

    /// <summary>Keeps what publications leave behind from piling up.</summary>
    internal void LimitGarbage() => _garbage.Keep();

    private void Keep(Snapshot snapshot)
    {
        _left -= sizeof(double) * (snapshot.Coefficients.LongLength + (snapshot.Positions?.LongLength ?? 0)) + sizeof(int) * (snapshot.ClusterIds?.LongLength ?? 0);
        if (_left >= 0) _first.Add(snapshot);
        _outlines.Add(SnapshotOutline.Of(snapshot));
    }
}
