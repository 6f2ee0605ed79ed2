using System.Text;
using System.Text.RegularExpressions;

namespace Meanfield.IO;

/// <summary>Prints nodes as YAML: blocks one key to a line, long lists one item to a line, the rest inline.</summary>
internal static partial class NodePrinter
{
    private const int BlockDepth = 2;

    /// <summary>A whole document.</summary>
    public static string Document(MappingNode root)
    {
        var text = new StringBuilder();
        PrintBlock(text, root, 0);
        return text.ToString();
    }

    /// <summary>A node on one line.</summary>
    public static string Inline(CaseNode node) => node switch
    {
        ScalarNode { Plain: true, Text: var text } => text,
        ScalarNode { Text: var text } => Word().IsMatch(text) && !Reserved().IsMatch(text) ? text : Quoted(text),
        SequenceNode sequence => $"[{string.Join(", ", sequence.Items.Select(Inline))}]",
        MappingNode mapping => $"{{{string.Join(", ", mapping.Entries.Select(entry => $"{entry.Key}: {Inline(entry.Value)}"))}}}",
        _ => throw new ArgumentException("unknown node", nameof(node)),
    };

    private static void PrintBlock(StringBuilder text, MappingNode mapping, int depth)
    {
        var indent = new string(' ', 2 * depth);
        foreach (var entry in mapping.Entries)
        {
            text.Append(indent).Append(entry.Key).Append(':');
            if (entry.Value is MappingNode { Entries.Count: > 0 } block && depth + 1 < BlockDepth)
            {
                PrintBlock(text.Append('\n'), block, depth + 1);
            }
            else if (entry.Value is SequenceNode { Items: [not ScalarNode, ..] } list)
            {
                text.Append('\n');
                foreach (var item in list.Items)
                    text.Append(indent).Append("  - ").Append(Inline(item)).Append('\n');
            }
            else
            {
                text.Append(' ').Append(Inline(entry.Value)).Append('\n');
            }
        }
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\')
                quoted.Append('\\').Append(c);
            else if (c == '\ufeff')
                quoted.Append("\\uFEFF");
            else
                quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Text that YAML reads back without quotes.</summary>
    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./()+-]+)*\z")]
    private static partial Regex Word();

    /// <summary>Words that YAML, or an older YAML, reads as something else than text.</summary>
    [GeneratedRegex(@"\A(?:null|true|false|yes|no|on|off|y|n)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();
}
