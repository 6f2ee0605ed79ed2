using System.Text;

namespace Meanfield.IO;

/// <summary>Reads case files strictly: errors say where something is unknown, missing or out of range, and what is allowed.</summary>
public static class CaseReader
{
    /// <summary>Reads a case file.</summary>
    /// <param name="path">The file: UTF-8, at most 1 MiB. Relative paths in the case start from its folder.</param>
    /// <param name="overrides">
    /// path=value each, such as attention.beta=7 or initial.modes[0].amplitude=0.1, applied in order; values are YAML.
    /// </param>
    /// <exception cref="CaseException">The file cannot be read (the inner exception then says why) or is not a valid case.</exception>
    public static Case Read(string path, params IReadOnlyList<string> overrides) => Parse(ReadText(path), path, overrides);

    /// <summary>Reads a case from text.</summary>
    /// <param name="text">The YAML, at most 2²⁰ characters.</param>
    /// <param name="name">
    /// The file that messages name; relative paths in the case start from its folder, and its stem is the default title.
    /// </param>
    /// <param name="overrides">path=value each, applied in order.</param>
    /// <exception cref="CaseException">The text is not a valid case.</exception>
    public static Case Parse(string text, string name, params IReadOnlyList<string> overrides)
    {
        var root = NodeReader.Read(text, name);
        if (root is MappingNode mapping)
        {
            foreach (var argument in overrides)
                NodeOverride.Apply(mapping, name, argument);
        }

        var spot = new Spot(name, "", root);
        var stem = Path.GetFileNameWithoutExtension(name);
        var defaults = CaseGrammar.Start with
        {
            Title = TextShape.Allows(stem) ? stem : CaseGrammar.Start.Title,
            BaseDirectory = Path.GetDirectoryName(name) ?? "",
        };
        return CaseRules.Apply(CaseGrammar.Case.Read(spot, defaults), spot);
    }

    private static string ReadText(string path)
    {
        var bytes = new byte[NodeReader.LargestText + 1];
        int length;
        try
        {
            if (InputFile.OtherKind(path) is { } kind)
                throw new IOException($"it is {kind}, but must be a file");
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            var reason = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file"
                : Quote.Short(e.Message.TrimEnd('.'));
            throw new CaseException(path, null, "", $"the case cannot be read: {reason}", e);
        }

        if (length > NodeReader.LargestText)
            throw new CaseException(path, new Place(1, 1, null), "", "the file is larger than 1 MiB");
        return Decode(bytes.AsSpan(0, length), path);
    }

    private static string Decode(ReadOnlySpan<byte> bytes, string path)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            var before = bytes[..Math.Clamp(e.Index, 0, bytes.Length)];
            var line = before[(before.LastIndexOf((byte)'\n') + 1)..];
            var place = new Place(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(line) + 1, null);
            throw new CaseException(path, place, "", "the file is not UTF-8 text", e);
        }
    }
}
