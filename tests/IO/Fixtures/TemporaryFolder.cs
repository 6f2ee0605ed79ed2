namespace Meanfield.Tests.IO;

/// <summary>A folder that goes with its test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private const string Memory = "/dev/shm";

    /// <summary>A folder of its own.</summary>
    /// <param name="inMemory">Whether it may be in memory: for many small files, whose way to a disk takes longest.</param>
    public TemporaryFolder(bool inMemory = false) => FullName = inMemory && Directory.Exists(Memory)
        ? Directory.CreateDirectory(Path.Combine(Memory, $"meanfield-test-{Guid.NewGuid():N}")).FullName
        : Directory.CreateTempSubdirectory("meanfield-test-").FullName;

    /// <summary>Where it is.</summary>
    public string FullName { get; }

    /// <summary>Path of a file in it.</summary>
    public string this[string name] => Path.Combine(FullName, name);

    /// <summary>Names of the files in it.</summary>
    public string[] Files() => [.. Directory.GetFiles(FullName).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(FullName))
            Directory.Delete(FullName, recursive: true);
    }
}
