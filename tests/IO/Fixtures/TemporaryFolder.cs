namespace Meanfield.Tests.IO;

/// <summary>A folder that goes with its test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where it is.</summary>
    public string FullName { get; } = Directory.CreateTempSubdirectory("meanfield-test-").FullName;

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
