using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Meanfield.IO;

/// <summary>Reads the subset of YAML 1.2 that case files use into nodes that remember their places.</summary>
/// <remarks>
/// Refused: tags, anchors, aliases, duplicate keys, keys that are not scalars, several documents, deep nesting, large texts.
/// </remarks>
internal sealed class NodeReader
{
    /// <summary>Deepest nesting of lists and mappings.</summary>
    public const int DeepestNesting = 32;

    /// <summary>Largest text, in bytes of a file or characters of a string.</summary>
    public const int LargestText = 1 << 20;

    private readonly string file;
    private readonly string? argument;
    private readonly Parser parser;
    private readonly List<string> trail = [];

    private NodeReader(string text, string file, string? argument)
    {
        this.file = file;
        this.argument = argument;
        parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    /// <summary>Reads one document.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="file">The case file, for messages.</param>
    /// <param name="argument">The override that the text belongs to, or null for the file itself.</param>
    /// <exception cref="CaseException">The text is not such a document.</exception>
    public static CaseNode Read(string text, string file, string? argument = null)
    {
        text = text.StartsWith('\ufeff') ? text[1..] : text;
        CheckText(text, file, argument);
        var reader = new NodeReader(text, file, argument);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException e)
        {
            throw reader.Wrong(e.Start, $"the text is not valid YAML ({Sentence(e.Message)})", e);
        }
    }

    private static void CheckText(string text, string file, string? argument)
    {
        if (text.Length > LargestText)
        {
            throw new CaseException(
                file, new Place(1, 1, argument), "", $"the text is longer than {LargestText} characters (1 MiB)");
        }

        var (line, start) = (1, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n' || (c == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
                (line, start) = (line + 1, i + 1);
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if ((char.IsControl(c) && c is not ('\t' or '\r' or '\u0085')) || char.IsSurrogate(c) || c >= '\ufffe')
                throw new CaseException(file, new Place(line, i - start + 1, argument), "",
                    $"the character U+{(int)c:X4} cannot be in a case file, which must be plain UTF-8 text");
        }
    }

    private CaseNode ReadDocument()
    {
        Next<StreamStart>();
        if (Next<ParsingEvent>() is not DocumentStart)
            throw Wrong(parser.Current!.Start, argument is null ? "the case is empty, but must be a mapping" : "the value is empty");
        var node = ReadNode(Next<ParsingEvent>(), 0);
        Next<DocumentEnd>();
        if (Next<ParsingEvent>() is not StreamEnd)
            throw Wrong(parser.Current!.Start, "a second document starts here, but there must be one");
        return node;
    }

    private CaseNode ReadNode(ParsingEvent first, int depth)
    {
        if (first is not NodeEvent start)
            throw Wrong(first.Start, "aliases (*) are not allowed in a case; write the value out");
        if (!start.Anchor.IsEmpty)
            throw Wrong(start.Start, "anchors (&) are not allowed in a case; write the value out where it is used");
        if (!start.Tag.IsEmpty)
            throw Wrong(start.Start, "tags (!) are not allowed in a case; types follow from the keys");
        var place = At(start.Start);
        if (start is Scalar scalar)
            return new ScalarNode(place, scalar.Value, scalar.Style == ScalarStyle.Plain);
        if (depth == DeepestNesting)
            throw Wrong(start.Start, $"lists and mappings are nested more than {DeepestNesting} deep");
        return start is SequenceStart ? ReadSequence(place, depth + 1) : ReadMapping(place, depth + 1);
    }

    private SequenceNode ReadSequence(Place place, int depth)
    {
        var sequence = new SequenceNode(place);
        while (Next<ParsingEvent>() is var item and not SequenceEnd)
            sequence.Items.Add(ReadUnder($"[{sequence.Items.Count}]", item, depth));
        return sequence;
    }

    private MappingNode ReadMapping(Place place, int depth)
    {
        var mapping = new MappingNode(place);
        var lines = new Dictionary<string, long>();
        while (Next<ParsingEvent>() is var start and not MappingEnd)
        {
            if (ReadNode(start, depth) is not ScalarNode key)
                throw Wrong(start.Start, "a key must be a word");
            if (key.IsNull)
                throw Wrong(Next<ParsingEvent>().Start, "a key must come before this");
            var step = (trail.Count == 0 ? "" : ".") + Quote.Short(key.Text);
            if (!lines.TryAdd(key.Text, start.Start.Line))
                throw new CaseException(file, key.Place, string.Concat(trail) + step, $"was already given in line {lines[key.Text]}");
            mapping.Entries.Add(new Entry(key.Text, key.Place, ReadUnder(step, Next<ParsingEvent>(), depth)));
        }

        return mapping;
    }

    private CaseNode ReadUnder(string step, ParsingEvent first, int depth)
    {
        trail.Add(step);
        var node = ReadNode(first, depth);
        trail.RemoveAt(trail.Count - 1);
        return node;
    }

    private T Next<T>()
        where T : ParsingEvent
    {
        var before = parser.Current?.End ?? new Mark(0, 1, 1);
        try
        {
            parser.MoveNext();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentOutOfRangeException)
        {
            // The scanner's answer to a bracket that a later line leaves open, and to an escape beyond Unicode.
            throw Wrong(before, "the text is not valid YAML (after this, a bracket is not closed or an escape is no character)", e);
        }

        return (T)parser.Current!;
    }

    private static string Sentence(string message) => char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.');

    private Place At(Mark mark) => new((int)mark.Line, (int)mark.Column, argument);

    private CaseException Wrong(Mark mark, string problem, Exception? inner = null) => new(file, At(mark), "", problem, inner);
}
