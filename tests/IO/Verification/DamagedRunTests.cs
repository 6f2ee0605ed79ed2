using System.Globalization;
using Meanfield.IO;
using Meanfield.Solver;
using Xunit;
using Xunit.Abstractions;

namespace Meanfield.Tests.IO;

/// <summary>
/// Flipped bits, cuts, additions, losses and exchanges at random: none is taken for good, by verify or by resume, and nothing crashes.
/// 1,000 of them; MEANFIELD_FLIPS sets another number (10,000 before a release), MEANFIELD_FLIP_SEED another seed.
/// </summary>
public sealed class DamagedRunTests(ITestOutputHelper output)
{
    /// <summary>Damages that the suite does; MEANFIELD_FLIPS asks for more.</summary>
    public const int FlipsInSuite = 1000;

    private static readonly int Flips = Setting("MEANFIELD_FLIPS", FlipsInSuite);

    [Fact]
    public void No_damage_to_a_finished_run_passes()
    {
        using var folder = new TemporaryFolder(inMemory: true);
        SampleRuns.Finish(SampleRuns.Case(1), folder["run"]);
        SampleRuns.Finish(SampleRuns.Case(2), folder["other"]);
        Assert.True(RunVerification.Of(folder["run"]).Holds);
        var damage = new Damage(folder["run"], folder["other"], Seed());
        for (int k = 0; k < Flips * 7 / 10; k++)
        {
            string what = damage.Next();
            RunVerification verification = RunVerification.Of(folder["run"]);
            Assert.False(verification.Holds, what);
            Assert.DoesNotContain(verification.Checks, finding => finding.Check == "time"); // libhdf5 saw nothing of it
            if (k % 4 == 0)
            {
                Exception? refusal = Record.Exception(() => SampleRuns.Resume(SampleRuns.Case(1), folder["run"]));
                Assert.True(refusal is InvalidDataException or IOException or RunFolderException, $"{what}: {refusal}");
                Assert.DoesNotContain("is complete", refusal.Message, StringComparison.Ordinal);
            }
            damage.Repair();
        }
        Assert.True(RunVerification.Of(folder["run"]).Holds);
    }

    /// <summary>Resume either refuses or ends with the bits of a run left alone: a damaged checkpoint is replaced by the one before, journal files beyond it are written anew.</summary>
    [Fact]
    public void No_damage_to_an_unfinished_run_passes()
    {
        using var folder = new TemporaryFolder(inMemory: true);
        SampleRuns.Finish(SampleRuns.Case(1), folder["whole"]);
        SampleRuns.Stop(SampleRuns.Case(1), folder["run"], 0.2);
        SampleRuns.Stop(SampleRuns.Case(2), folder["other"], 0.2);
        Assert.Equal(0.2, RunVerification.Of(folder["run"]).ResumableTo);
        var damage = new Damage(folder["run"], folder["other"], Seed() + 1);
        (int refused, int completed) = (0, 0);
        for (int k = 0; k < Flips * 3 / 10; k++)
        {
            string what = damage.Next();
            bool seen = !RunVerification.Of(folder["run"]).Holds;
            if (k % 5 != 0 && seen)
            {
                damage.Repair();
                continue;
            }
            Exception? refusal = Record.Exception(() => Assert.Equal(OutcomeKind.Completed, SampleRuns.Resume(SampleRuns.Case(1), folder["run"]).Kind));
            if (refusal is null)
            {
                completed++;
                SampleRuns.RequireSame(folder["whole"], folder["run"]);
            }
            else
            {
                refused++;
                Assert.True(refusal is InvalidDataException or IOException or RunFolderException, $"{what}: {refusal}");
            }
            Assert.True(seen || refusal is null, $"{what}: verify found nothing, resume {refusal?.Message}");
            damage.Repair();
        }
        output.WriteLine($"{refused} refused, {completed} completed to the same bits");
        Assert.True(refused > 0 && completed > 0);
    }

    private int Seed()
    {
        int seed = Setting("MEANFIELD_FLIP_SEED", 20261123);
        output.WriteLine($"{Flips} damages, seed {seed}");
        return seed;
    }

    private static int Setting(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>One damage after the other to the files of a folder, each repaired before the next.</summary>
    private sealed class Damage(string path, string other, int seed)
    {
        private readonly Random _random = new(seed);
        private readonly Dictionary<string, byte[]> _whole = SampleRuns.Files(path);
        private readonly Dictionary<string, byte[]> _others = SampleRuns.Files(other);

        /// <summary>Damages; returns what and where.</summary>
        public string Next()
        {
            string[] names = [.. _whole.Keys];
            while (true)
            {
                string name = names[_random.Next(names.Length)], second = names[_random.Next(names.Length)];
                byte[] bytes = [.. _whole[name]];
                int place = _random.Next(bytes.Length);
                switch (_random.Next(10))
                {
                    case 0:
                        return Put(name, bytes[..place], $"{name} cut after {place} bytes");
                    case 1:
                        return Put(name, [.. bytes, (byte)_random.Next(256)], $"a byte after {name}");
                    case 2:
                        return Put(name, [.. bytes[..place], .. bytes[Math.Min(bytes.Length, place + 1)..]], $"byte {place} of {name} missing");
                    case 3 when _others.TryGetValue(name, out byte[]? foreign) && !foreign.AsSpan().SequenceEqual(bytes):
                        return Put(name, foreign, $"{name} of another run");
                    case 4 when !_whole[second].AsSpan().SequenceEqual(bytes):
                        Put(second, bytes, "");
                        return Put(name, _whole[second], $"{name} and {second} exchanged");
                    case 5:
                        File.Delete(Path.Combine(path, name));
                        return $"{name} missing";
                    case 6:
                        bytes.AsSpan(place, Math.Min(512, bytes.Length - place)).Fill((byte)(bytes[place] ^ 0xFF));
                        return Put(name, bytes, $"{name} overwritten from byte {place}");
                    case 3 or 4:
                        break;
                    default:
                        int bit = _random.Next(8);
                        bytes[place] ^= (byte)(1 << bit);
                        return Put(name, bytes, $"bit {bit} of byte {place} of {name} flipped");
                }
            }
        }

        /// <summary>Puts everything back.</summary>
        public void Repair()
        {
            foreach (string name in SampleRuns.Files(path).Keys.Except(_whole.Keys)) File.Delete(Path.Combine(path, name));
            Directory.CreateDirectory(Path.Combine(path, "journal"));
            foreach ((string name, byte[] bytes) in _whole)
                if (!File.Exists(Path.Combine(path, name)) || !File.ReadAllBytes(Path.Combine(path, name)).AsSpan().SequenceEqual(bytes)) Put(name, bytes, "");
            if (!_whole.Keys.Any(name => name.StartsWith("journal", StringComparison.Ordinal))) Directory.Delete(Path.Combine(path, "journal"));
        }

        private string Put(string name, byte[] bytes, string what)
        {
            File.WriteAllBytes(Path.Combine(path, name), bytes);
            return what;
        }
    }
}
