using Meanfield.IO;
using Meanfield.Solver;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>What an unfinished run leaves: bit for bit what was written, or refused.</summary>
public class JournalTests
{
    private const string Circle = """
        dimension: 2
        attention: {normalization: none, beta: 4}
        initial: {modes: [{degree: 2, order: 1, amplitude: 0.1}]}
        time: {until: 0.1, every: 0.01}
        output: {fields: false}
        """;

    [Fact]
    public void Snapshots_come_back_bit_by_bit()
    {
        using var folder = new TemporaryFolder();
        Observables observables = Diagnostic.All.Select((diagnostic, k) => (diagnostic, k)).Aggregate(
            new Observables(), (o, row) => row.diagnostic.With(o, row.k == 3 ? double.NaN : row.k + (row.diagnostic.Name == "bandlimit" ? 0 : 1.0 / 3)));
        Assert.Equal(Diagnostic.All.Count, Diagnostic.All.Select(diagnostic => diagnostic.Read(observables)).Distinct().Count()); // each sets its own
        var snapshot = new Snapshot(0.1 + 0.2, 1, [1, double.Epsilon, -0.0], observables) { IsTruncated = true, Positions = [0.6, 0.8], ClusterIds = [-1] };
        var journal = new Journal(folder["journal"]);
        journal.Write(7, snapshot);
        Snapshot read = journal.Read(7);
        Assert.Equal(snapshot with { Coefficients = [], Positions = null, ClusterIds = null }, read with { Coefficients = [], Positions = null, ClusterIds = null });
        Assert.Equal(snapshot.Coefficients.Select(BitConverter.DoubleToInt64Bits), read.Coefficients.Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(snapshot.Positions, read.Positions);
        Assert.Equal(snapshot.ClusterIds, read.ClusterIds);
        Assert.Throws<FileNotFoundException>(() => journal.Read(6));
    }

    /// <summary>300 flipped bits, cuts and additions at random places: none is read.</summary>
    [Fact]
    public void Damaged_snapshots_are_refused()
    {
        using var folder = new TemporaryFolder();
        var journal = new Journal(folder.FullName);
        journal.Write(0, new Snapshot(0.5, 1, [1, 0.2, 0.3], default));
        byte[] whole = File.ReadAllBytes(folder["000000.h5"]);
        var random = new Random(6);
        for (int k = 0; k < 300; k++)
        {
            byte[] damaged = (k % 10) switch
            {
                0 => whole[..random.Next(whole.Length)],
                1 => [.. whole, (byte)random.Next(256)],
                _ => [.. whole],
            };
            if (damaged.Length == whole.Length) damaged[random.Next(whole.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(folder["000000.h5"], damaged);
            Assert.Throws<InvalidDataException>(() => journal.Read(0));
        }
        File.WriteAllBytes(folder["000000.h5"], whole);
        Assert.Equal(0.5, journal.Read(0).Time);
    }

    /// <summary>A damaged checkpoint costs one output interval; two damaged ones, or a damaged snapshot, are named.</summary>
    [Fact]
    public void The_checkpoint_before_stands_in_for_a_damaged_one()
    {
        using var folder = new TemporaryFolder();
        Case @case = CaseReader.Parse(Circle, "case.yaml");
        new CaseRunner(@case).Run(RunFolder.Create(folder["whole"], overwrite: false));
        Stop(@case, folder["run"]);
        Damage(folder["run/checkpoint.h5"]);
        Assert.Equal(OutcomeKind.Completed, new CaseRunner(@case).Resume(RunFolder.Existing(folder["run"])).Kind);
        Assert.Equal(File.ReadAllBytes(folder["whole/result.h5"]), File.ReadAllBytes(folder["run/result.h5"]));

        Stop(@case, folder["both"]);
        Damage(folder["both/checkpoint.h5"]);
        Damage(folder["both/checkpoint.previous.h5"]);
        Assert.Contains("is damaged", Assert.Throws<InvalidDataException>(() => new CaseRunner(@case).Resume(RunFolder.Existing(folder["both"]))).Message, StringComparison.Ordinal);

        Stop(@case, folder["snapshot"]);
        Damage(folder["snapshot/journal/000001.h5"]);
        Assert.Contains("000001.h5", Assert.Throws<InvalidDataException>(() => new CaseRunner(@case).Resume(RunFolder.Existing(folder["snapshot"]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_can_be_resumed_is()
    {
        using var folder = new TemporaryFolder();
        Case @case = CaseReader.Parse(Circle, "case.yaml");
        Assert.Contains("no run", Refusal(() => RunFolder.Existing(folder["nowhere"])), StringComparison.Ordinal);
        Stop(@case, folder["run"]);
        CheckpointFile left = CheckpointFile.Read(folder["run"])!;
        (left with { Version = "0.0.1" }).Write(folder["run"]);
        Assert.Contains("version 0.0.1", Refusal(() => new CaseRunner(@case).Resume(RunFolder.Existing(folder["run"]))), StringComparison.Ordinal);
        (left with { FourierEngine = "abacus" }).Write(folder["run"]);
        Assert.Contains("engine abacus", Refusal(() => new CaseRunner(@case).Resume(RunFolder.Existing(folder["run"]))), StringComparison.Ordinal);
        left.Write(folder["run"]);
        Case other = @case with { Attention = @case.Attention with { Beta = 4.5 } };
        string refusal = Refusal(() => new CaseRunner(other).Resume(RunFolder.Existing(folder["run"])));
        Assert.Contains("'beta: 4'", refusal, StringComparison.Ordinal);
        Assert.Contains("'beta: 4.5'", refusal, StringComparison.Ordinal);
        new CaseRunner(@case).Resume(RunFolder.Existing(folder["run"]));
        Assert.Contains("complete", Refusal(() => new CaseRunner(@case).Resume(RunFolder.Existing(folder["run"]))), StringComparison.Ordinal);
    }

    private static string Refusal(Action action) => Assert.Throws<RunFolderException>(action).Message;

    private static void Damage(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    // Leaves a run after its fourth output.
    private static void Stop(Case @case, string path)
    {
        using var stop = new CancellationTokenSource();
        Assert.Equal(OutcomeKind.Stopped, new CaseRunner(@case, new Halfway(stop)).Run(RunFolder.Create(path, overwrite: false), stop.Token).Kind);
    }

    private sealed class Halfway(CancellationTokenSource stop) : IProgressSink
    {
        public void Report(in Progress progress)
        {
            if (progress.Time >= 0.04) stop.Cancel();
        }
    }
}
