using System.Diagnostics;
using Meanfield.IO;
using Xunit;
using Xunit.Abstractions;

namespace Meanfield.Tests.IO;

public sealed class AtomicFileTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Target => _folder["target"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_target_is_replaced_whole_and_nothing_else_stays()
    {
        AtomicFile.WriteText(Target, "old");
        AtomicFile.WriteText(Target, "κ ≥ 0");
        Assert.Equal("κ ≥ 0"u8.ToArray(), File.ReadAllBytes(Target));
        Assert.Equal(["target"], _folder.Files());
    }

    [Fact]
    public void A_reader_never_sees_a_part()
    {
        AtomicFile.WriteText(Target, "old");
        AtomicFile.Write(Target, stream =>
        {
            stream.Write(new byte[100_000]);
            stream.Flush();
            Assert.Equal("old", File.ReadAllText(Target));
        });
        Assert.Equal(100_000, new FileInfo(Target).Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_failure_while_writing_leaves_the_target_as_it_was(bool existed)
    {
        if (existed)
            AtomicFile.WriteText(Target, "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(Target, stream =>
        {
            stream.Write(new byte[100_000]);
            throw new InvalidOperationException();
        }));
        Assert.Equal(existed ? ["target"] : [], _folder.Files());
        if (existed)
            Assert.Equal("old", File.ReadAllText(Target));
    }

    [Fact]
    public void A_folder_removed_while_writing_is_one_clear_error()
    {
        string folder = _folder["gone"];
        string target = Path.Combine(folder, "target");
        Directory.CreateDirectory(folder);
        var error = Assert.Throws<IOException>(() => AtomicFile.Write(target, stream =>
        {
            stream.Write(new byte[100_000]);
            Directory.Delete(folder, recursive: true);
        }));
        Assert.StartsWith($"could not write {target}: ", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void A_missing_folder_and_a_folder_in_the_way_are_errors_that_name_the_target()
    {
        var missing = Assert.Throws<IOException>(() => AtomicFile.WriteText(_folder["no/target"], "text"));
        Assert.Contains("no/target", missing.Message, StringComparison.Ordinal);
        Directory.CreateDirectory(Target);
        Assert.Throws<IOException>(() => AtomicFile.WriteText(Target, "text"));
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void A_full_disk_keeps_the_old_result()
    {
        string disk = Directory.CreateDirectory(_folder["disk"]).FullName;
        if (!Environment.IsPrivilegedProcess || !Succeeds("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk))
        {
            output.WriteLine("not checked: mounting a small disk needs root");
            return;
        }

        try
        {
            string path = Path.Combine(disk, "result.h5");
            ResultFile.Write(path, SampleResult.Create(2, 4, 2));
            byte[] before = File.ReadAllBytes(path);
            Assert.Throws<IOException>(() => ResultFile.Write(path, SampleResult.Create(3, 100, 5)));
            Assert.Equal(before, File.ReadAllBytes(path));
            Assert.Equal(["result.h5"], Directory.GetFiles(disk).Select(Path.GetFileName));
        }
        finally
        {
            Assert.True(Succeeds("umount", disk));
        }
    }

    private static bool Succeeds(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
