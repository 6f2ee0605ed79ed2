using System.Security.Cryptography;
using System.Text;

namespace Meanfield.IO;

/// <summary>SHA256SUMS: the SHA-256 of every file that a finished run published, itself published last and sealed.</summary>
/// <remarks>
/// Lines as <c>sha256sum -c SHA256SUMS</c> reads them, by name; comment lines before them name the version and the case (SHA-256 of case.yaml), and one after them has the
/// SHA-256 of all bytes above it. Those bytes have one spelling: a manifest that is spelled otherwise is damaged.
/// </remarks>
/// <param name="Version">Version of the program that published the run.</param>
/// <param name="CaseHash">SHA-256 of case.yaml, in hexadecimal.</param>
/// <param name="Files">Names and SHA-256, in hexadecimal, in ordinal order of the names.</param>
public sealed record RunManifest(string Version, string CaseHash, IReadOnlyList<(string Name, string Hash)> Files)
{
    /// <summary>Its name in the run folder.</summary>
    public const string FileName = "SHA256SUMS";

    private const string Title = "# Meanfield run, version ", Case = "# case ", Sealed = "# sealed ";
    private const int Digits = 2 * SHA256.HashSizeInBytes;

    /// <summary>SHA-256 of a file's bytes, in hexadecimal.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string HashOf(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>Publishes the manifest of files in a folder, case.yaml among them.</summary>
    /// <exception cref="IOException">A file cannot be read, or the manifest not written.</exception>
    public static void Publish(string folder, IEnumerable<string> names)
    {
        (string Name, string Hash)[] files = [.. names.Order(StringComparer.Ordinal).Select(name => (name, HashOf(Path.Combine(folder, name))))];
        string hash = Array.Find(files, file => file.Name == RunFolder.CaseName).Hash;
        AtomicFile.WriteText(Path.Combine(folder, FileName), new RunManifest(ProgramVersion.Number, hash, files).ToText());
    }

    /// <summary>Reads the manifest of a folder.</summary>
    /// <exception cref="FileNotFoundException">It has none.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static RunManifest Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) throw new FileNotFoundException($"there is no {FileName} in '{folder}'", path);
        byte[] bytes = File.ReadAllBytes(path);
        string[] lines = Encoding.UTF8.GetString(bytes).Split('\n');
        if (lines.Length >= 4 && lines[0].StartsWith(Title, StringComparison.Ordinal) && lines[1].StartsWith(Case, StringComparison.Ordinal))
        {
            (string, string)[] files = [.. lines[2..^2].Select(line => line.Length > Digits + 2 ? (line[(Digits + 2)..], line[..Digits]) : ("", ""))];
            var manifest = new RunManifest(lines[0][Title.Length..], lines[1][Case.Length..], files);
            if (bytes.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(manifest.ToText()))) return manifest;
        }
        throw new InvalidDataException($"{path} is damaged: its bytes are not those that were written");
    }

    /// <summary>Holds a file of a folder against the manifest; returns its length in bytes.</summary>
    /// <exception cref="FileNotFoundException">It is missing.</exception>
    /// <exception cref="InvalidDataException">Its bytes are not those that were published.</exception>
    public static long Require(string folder, string name, string hash)
    {
        var file = new FileInfo(Path.Combine(folder, name));
        if (!file.Exists) throw new FileNotFoundException($"{file.FullName} is missing", file.FullName);
        string found = HashOf(file.FullName);
        return found == hash
            ? file.Length
            : throw new InvalidDataException($"{file.FullName} is damaged: SHA-256 {found} where {hash} was published");
    }

    private string ToText()
    {
        var text = new StringBuilder($"{Title}{Version}\n{Case}{CaseHash}\n");
        foreach ((string name, string hash) in Files) text.Append(hash).Append("  ").Append(name).Append('\n');
        string seal = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        return text.Append(Sealed).Append(seal).Append('\n').ToString();
    }
}
