using System.Text.RegularExpressions;
using Meanfield.IO;
using Meanfield.Solver;
using Xunit;
using Xunit.Abstractions;

namespace Meanfield.Tests.IO;

/// <summary>Disks that fill up, turn read-only or vanish under a run: nothing broken is published, and the run ends with the same bits when the cause is gone.</summary>
public sealed partial class DiskFaultTests(ITestOutputHelper output)
{
    /// <summary>Phases in which the disk is full: lock, journal, checkpoint, eleven files of the run and their manifest.</summary>
    public const int Phases = 15;

    /// <summary>The disk is full in every phase: one page more of room each time, from none until the run goes through; checked where another file is the first without room.</summary>
    [Fact]
    public void A_disk_may_be_full_in_every_phase()
    {
        using var folder = new TemporaryFolder(inMemory: true);
        using SmallDisk? disk = SmallDisk.TryMount(folder["disk"]);
        if (disk is null)
        {
            output.WriteLine("not checked: mounting a small disk needs root");
            return;
        }
        Case @case = SampleRuns.Case();
        SampleRuns.Finish(@case, folder["whole"]);
        string run = Path.Combine(disk.Path, "run");
        var failed = new HashSet<string>();
        string last = "";
        int pages = 0;
        for (; ; pages++)
        {
            disk.LeaveFree(pages);
            IOException? problem = null;
            try
            {
                Assert.Equal(OutcomeKind.Completed, SampleRuns.Finish(@case, run).Kind);
            }
            catch (IOException full)
            {
                problem = full;
            }
            if (problem is null) break;
            Assert.True(pages < 500);
            string file = Target().Match(problem.Message).Groups[1].Value;
            Assert.Matches("[0-9.]+ MB are needed and [0-9.]+ MB are free", problem.Message);
            failed.Add(file.StartsWith('0') ? "journal" : file.StartsWith(".lock", StringComparison.Ordinal) ? "lock" : file);
            if (file != last) RequireSafe(@case, run, folder["whole"], disk.Free);
            last = file;
            Directory.Delete(run, recursive: true);
        }
        output.WriteLine($"{pages} pages; full in {failed.Count} phases: {string.Join(", ", failed.Order())}");
        Assert.Empty(RunFolder.Published.Except(["training.html", "sweep.csv"]).Concat([RunManifest.FileName, "checkpoint.h5", "journal", "lock"]).Except(failed)); // those two are of train
        Assert.Equal(Phases, failed.Count);
    }

    /// <summary>Resuming fills the disk again, twice, before it goes through.</summary>
    [Fact]
    public void A_resumed_run_may_meet_a_full_disk_again()
    {
        using var folder = new TemporaryFolder(inMemory: true);
        using SmallDisk? disk = SmallDisk.TryMount(folder["disk"]);
        if (disk is null) return;
        Case @case = SampleRuns.Case();
        SampleRuns.Finish(@case, folder["whole"]);
        string run = Path.Combine(disk.Path, "run");
        disk.LeaveFree(10);
        Assert.Throws<IOException>(() => SampleRuns.Finish(@case, run));
        foreach (int pages in (int[])[0, 2, 8])
        {
            disk.LeaveFree(pages);
            Assert.Throws<IOException>(() => SampleRuns.Resume(@case, run));
        }
        RequireSafe(@case, run, folder["whole"], disk.Free);
    }

    [Fact]
    public void A_disk_may_turn_read_only_under_a_run()
    {
        using var folder = new TemporaryFolder(inMemory: true);
        using SmallDisk? disk = SmallDisk.TryMount(folder["disk"]);
        if (disk is null) return;
        Case @case = SampleRuns.Case();
        SampleRuns.Finish(@case, folder["whole"]);
        string run = Path.Combine(disk.Path, "run");
        IOException problem = Assert.Throws<IOException>(() => SampleRuns.Interrupt(@case, run, 0.2, () => disk.Remount("ro")));
        Assert.Contains("Read-only", problem.Message, StringComparison.Ordinal);
        Assert.Contains("safe up to t = 0.1", problem.Message, StringComparison.Ordinal);
        Assert.Contains("Read-only", Assert.Throws<IOException>(() => SampleRuns.Resume(@case, run)).Message, StringComparison.Ordinal);
        disk.Remount("rw");
        File.Delete(Path.Combine(run, ".lock")); // it could not be removed; that of a process that has ended is taken over (RunLockTests)
        RequireSafe(@case, run, folder["whole"], () => { });
    }

    /// <summary>rm -rf of the folder: the run ends with a sentence and does not bring half of it back.</summary>
    [Fact]
    public void A_folder_that_vanishes_ends_its_run()
    {
        using var folder = new TemporaryFolder(inMemory: true);
        IOException problem = Assert.Throws<IOException>(() => SampleRuns.Interrupt(SampleRuns.Case(), folder["run"], 0.2, () => Directory.Delete(folder["run"], recursive: true)));
        Assert.Contains("was removed, renamed or replaced", problem.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["run"]));
    }

    /// <summary>The folder is renamed and another run takes its name: the first does not write into it.</summary>
    [Fact]
    public void A_folder_that_is_replaced_is_left_alone()
    {
        using var folder = new TemporaryFolder(inMemory: true);
        Case @case = SampleRuns.Case(), other = SampleRuns.Case(2);
        SampleRuns.Finish(@case, folder["whole"]);
        IOException problem = Assert.Throws<IOException>(() => SampleRuns.Interrupt(@case, folder["run"], 0.2, () =>
        {
            Directory.Move(folder["run"], folder["moved"]);
            SampleRuns.Finish(other, folder["run"]);
        }));
        Assert.Contains("was removed, renamed or replaced", problem.Message, StringComparison.Ordinal);
        Assert.True(RunVerification.Of(folder["run"]).Holds);
        SampleRuns.Finish(other, folder["other"]);
        SampleRuns.RequireSame(folder["other"], folder["run"]);
        File.Delete(folder["moved/.lock"]);
        RequireSafe(@case, folder["moved"], folder["whole"], () => { });
    }

    // What is there is whole, no draft is left, and the run completes to the bits of one left alone.
    private static void RequireSafe(Case @case, string run, string whole, Action free)
    {
        bool started = File.Exists(Path.Combine(run, RunFolder.CaseName));
        Assert.Empty(Directory.EnumerateFiles(run, ".*", SearchOption.AllDirectories));
        if (started)
        {
            RunVerification verification = RunVerification.Of(run);
            Assert.True(verification.Holds, string.Join('\n', verification.Checks));
            foreach (string file in Directory.EnumerateFiles(run, "*.h5").Concat(Directory.EnumerateFiles(run, "*.vtkhdf"))) Hdf5File.OpenRead(file).Dispose();
        }
        else
        {
            Assert.Empty(Directory.EnumerateFileSystemEntries(run));
        }
        free();
        Assert.Equal(OutcomeKind.Completed, (started ? SampleRuns.Resume(@case, run) : SampleRuns.Finish(@case, run)).Kind);
        SampleRuns.RequireSame(whole, run);
        Assert.True(RunVerification.Of(run).Holds);
    }

    [GeneratedRegex(@"could not write \S*/(\S+): ")]
    private static partial Regex Target();
}
