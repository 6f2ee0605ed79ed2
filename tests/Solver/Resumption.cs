using System.Runtime.InteropServices;
using Meanfield.Solver;
using Xunit;

namespace Meanfield.Tests.Solver;

/// <summary>A run of one scheme, as it is started, left and taken up again.</summary>
/// <typeparam name="TSimulation">The simulation.</typeparam>
/// <typeparam name="TCheckpoint">What it is resumed from.</typeparam>
internal sealed record Resumption<TSimulation, TCheckpoint>(
    Func<Resumption<TSimulation, TCheckpoint>.Watch, TSimulation> Create, Func<TSimulation, Outcome> Run,
    Func<TSimulation, TCheckpoint?> Checkpoint, Func<TSimulation, TCheckpoint, Outcome> Resume)
    where TCheckpoint : class
{
    private static readonly int[] Cuts = [1, 2, 7, 23];

    /// <summary>Stops after 1, 2, 7 and 23 steps and leaves at every output time; all outputs after that, and all counters, have the bits of the whole run.</summary>
    public (List<Snapshot> Snapshots, Outcome Outcome) Hold()
    {
        using var whole = new Watch(long.MaxValue);
        TSimulation simulation = Create(whole);
        var left = new List<TCheckpoint>();
        whole.Published = () =>
        {
            if (Checkpoint(simulation) is { } checkpoint) left.Add(checkpoint);
        };
        Outcome outcome = Run(simulation);
        Assert.True(outcome.Steps > 7, $"{outcome.Steps} steps");
        foreach (int cut in Cuts.Where(cut => cut < outcome.Steps))
        {
            using var before = new Watch(cut);
            TSimulation stopped = Create(before);
            Outcome stop = Run(stopped);
            Assert.Equal(OutcomeKind.Stopped, stop.Kind);
            Assert.Equal(cut, stop.Steps);
            Continue(Checkpoint(stopped)!, before.Snapshots);
        }
        for (int k = 0; k < left.Count; k++) Continue(left[k], whole.Snapshots[..(k + 1)]);
        return (whole.Snapshots, outcome);

        void Continue(TCheckpoint from, IEnumerable<Snapshot> before)
        {
            using var rest = new Watch(long.MaxValue);
            Outcome end = Resume(Create(rest), from);
            Assert.Equal(outcome.Warnings, end.Warnings);
            Assert.Equal(outcome with { Warnings = [] }, end with { Warnings = [] });
            Snapshot[] together = [.. before, .. rest.Snapshots];
            Assert.Equal(whole.Snapshots.Count, together.Length);
            for (int k = 0; k < together.Length; k++)
            {
                (Snapshot expected, Snapshot actual) = (whole.Snapshots[k], together[k]);
                Assert.Equal(expected.Time, actual.Time);
                Assert.Equal(expected.Bandlimit, actual.Bandlimit);
                Assert.Equal(expected.Observables, actual.Observables);
                Assert.True(Bits(expected.Coefficients).SequenceEqual(Bits(actual.Coefficients)), $"coefficients at t = {expected.Time}");
                Assert.True(Bits(expected.Positions).SequenceEqual(Bits(actual.Positions)), $"tokens at t = {expected.Time}");
                Assert.Equal(expected.ClusterIds, actual.ClusterIds);
            }
        }
    }

    private static ReadOnlySpan<byte> Bits(double[]? numbers) => MemoryMarshal.AsBytes<double>(numbers);

    /// <summary>Keeps snapshots and asks for a stop after some steps.</summary>
    internal sealed class Watch(long steps) : ISnapshotSink, IProgressSink, IDisposable
    {
        private readonly CancellationTokenSource _source = new();

        public List<Snapshot> Snapshots { get; } = [];

        public CancellationToken Stop => _source.Token;

        public Action Published { get; set; } = () => { };

        public void Accept(Snapshot snapshot)
        {
            Snapshots.Add(snapshot);
            Published();
        }

        public void Dispose() => _source.Dispose();

        public void Report(in Progress progress)
        {
            if (progress.Steps >= steps) _source.Cancel();
        }
    }
}
