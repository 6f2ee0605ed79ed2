using System.Text.Json.Nodes;

namespace Meanfield.IO;

/// <summary>A node of a case file that remembers its place.</summary>
internal abstract class CaseNode(Place place)
{
    /// <summary>Where it starts.</summary>
    public Place Place { get; } = place;

    /// <summary>What it is, for messages.</summary>
    public abstract string Description { get; }
}

/// <summary>A scalar.</summary>
internal sealed class ScalarNode(Place place, string text, bool plain) : CaseNode(place)
{
    /// <summary>Its text without quotes.</summary>
    public string Text { get; } = text;

    /// <summary>Written without quotes, so that it may be a number, a flag or nothing.</summary>
    public bool Plain { get; } = plain;

    /// <summary>Nothing was written, or null.</summary>
    public bool IsNull => Plain && Text is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>The scalar as JSON: a number, a flag or text.</summary>
    public JsonNode Json() => Plain && (Text is "true" or "false" || NumberShape.Parse(this) is not null)
        ? JsonNode.Parse(Text)!
        : JsonValue.Create(Text);

    /// <inheritdoc/>
    public override string Description => IsNull ? "empty" : $"'{Quote.Short(Text)}'";
}

/// <summary>A list.</summary>
internal sealed class SequenceNode(Place place) : CaseNode(place)
{
    /// <summary>Its items.</summary>
    public List<CaseNode> Items { get; } = [];

    /// <inheritdoc/>
    public override string Description => "a list";
}

/// <summary>A mapping from keys to nodes, in the order of the file.</summary>
internal sealed class MappingNode(Place place) : CaseNode(place)
{
    /// <summary>Its entries; no key occurs twice.</summary>
    public List<Entry> Entries { get; } = [];

    /// <inheritdoc/>
    public override string Description => "a mapping";

    /// <summary>The entry of a key, or null.</summary>
    public Entry? Find(string key) => Entries.Find(entry => entry.Key == key);

    /// <summary>Gives a key a value, in place of what it had.</summary>
    public void Set(Entry entry)
    {
        var index = Entries.FindIndex(other => other.Key == entry.Key);
        if (index < 0)
            Entries.Add(entry);
        else
            Entries[index] = entry;
    }
}

/// <summary>A key and its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Place">Where the key was written.</param>
/// <param name="Value">Its value.</param>
internal sealed record Entry(string Key, Place Place, CaseNode Value);
