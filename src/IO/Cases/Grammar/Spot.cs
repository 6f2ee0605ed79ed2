namespace Meanfield.IO;

/// <summary>A node together with what a message about it needs.</summary>
/// <param name="File">The case file.</param>
/// <param name="Path">Path of the node's key; empty at the root.</param>
/// <param name="Node">The node.</param>
internal readonly record struct Spot(string File, string Path, CaseNode Node)
{
    /// <summary>The value of a key.</summary>
    public Spot Under(Entry entry) => new(File, PathOf(entry.Key), entry.Value);

    /// <summary>An item of a list.</summary>
    public Spot Item(int index) => new(File, $"{Path}[{index}]", ((SequenceNode)Node).Items[index]);

    /// <summary>The path of a key of this mapping.</summary>
    public string PathOf(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    /// <summary>The error that this node has a problem.</summary>
    public CaseException Wrong(string problem) => new(File, Node.Place, Path, Path.Length == 0 ? $"the case {problem}" : problem);

    /// <summary>The error that this node is not what is allowed.</summary>
    public CaseException Not(string allowed) => Wrong($"must be {allowed}, but is {Node.Description}");
}
