using System.Diagnostics;
using System.Text.Json;
using Meanfield.IO;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>Locks of processes that are gone are taken over; those of living ones, and of other machines, are not.</summary>
public sealed class RunLockTests : IDisposable
{
    /// <summary>Dead locks that eight runs find at once.</summary>
    public const int Rounds = 40;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_lock_of_a_living_process_is_refused_with_its_name()
    {
        using Process process = Process.Start("sleep", "60");
        try
        {
            Leave(process.Id, Environment.MachineName, process.StartTime.ToUniversalTime());
            Assert.Contains($"in use by process {process.Id} on {Environment.MachineName}", Refusal(), StringComparison.Ordinal);
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
        RunLock.Take(_folder.FullName).Dispose(); // it is gone now
        Assert.Empty(_folder.Files());
    }

    /// <summary>Process numbers come round again: a process that started at another time is another one.</summary>
    [Fact]
    public void The_lock_of_a_process_whose_number_was_given_again_is_taken_over()
    {
        using var self = Process.GetCurrentProcess();
        Leave(self.Id, Environment.MachineName, self.StartTime.ToUniversalTime().AddMinutes(-10));
        RunLock.Take(_folder.FullName).Dispose();
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void The_lock_of_another_machine_is_refused_with_the_remedy()
    {
        Leave(1, "elsewhere", DateTime.UtcNow);
        string refusal = Refusal();
        Assert.Contains("in use by process 1 on elsewhere", refusal, StringComparison.Ordinal);
        Assert.Contains($"delete {_folder[".lock"]}", refusal, StringComparison.Ordinal);
    }

    /// <summary>Locks are published whole: one that cannot be read is damaged, and nobody's.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("{\"Pid\":1,")]
    [InlineData("null")]
    public void A_lock_that_cannot_be_read_is_taken_over(string text)
    {
        File.WriteAllText(_folder[".lock"], text);
        RunLock.Take(_folder.FullName).Dispose();
        Assert.Empty(_folder.Files());
    }

    /// <summary>Eight runs find the same dead lock at the same moment: one gets the folder, every time.</summary>
    [Fact]
    public void Only_one_takes_over()
    {
        using var self = Process.GetCurrentProcess();
        for (int round = 0; round < Rounds; round++)
        {
            Leave(self.Id, Environment.MachineName, self.StartTime.ToUniversalTime().AddMinutes(-10));
            using var start = new Barrier(8);
            var held = new RunLock?[8];
            Thread[] threads = [.. Enumerable.Range(0, 8).Select(k => new Thread(() =>
            {
                start.SignalAndWait();
                try
                {
                    held[k] = RunLock.Take(_folder.FullName);
                }
                catch (RunFolderException)
                {
                    // Refused: another has it.
                }
            }))];
            foreach (Thread thread in threads) thread.Start();
            foreach (Thread thread in threads) thread.Join();
            Assert.Single(held, winner => winner is not null);
            Assert.Contains(".lock", _folder.Files());
            foreach (RunLock? winner in held) winner?.Dispose();
            Assert.DoesNotContain(".lock", _folder.Files());
        }
    }

    [Fact]
    public void A_lock_is_held_until_it_is_taken_away()
    {
        using RunLock held = RunLock.Take(_folder.FullName);
        held.RequireHeld();
        Assert.Contains("in use", Refusal(), StringComparison.Ordinal);
        Leave(1, "elsewhere", DateTime.UtcNow);
        Assert.Contains("replaced", Assert.Throws<IOException>(held.RequireHeld).Message, StringComparison.Ordinal);
        held.Dispose();
        Assert.True(File.Exists(_folder[".lock"])); // another's
    }

    private string Refusal() => Assert.Throws<RunFolderException>(() => RunLock.Take(_folder.FullName)).Message;

    private void Leave(int pid, string host, DateTime started) =>
        File.WriteAllText(_folder[".lock"], JsonSerializer.Serialize(new { Pid = pid, Host = host, Started = started }));
}
