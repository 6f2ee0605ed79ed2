using System.Text.RegularExpressions;

namespace Meanfield.IO;

/// <summary>An override path=value, applied to the nodes of a case before they are read.</summary>
internal sealed partial class NodeOverride
{
    private readonly string file;
    private readonly string argument;

    private NodeOverride(string file, string argument) => (this.file, this.argument) = (file, argument);

    /// <summary>Gives the node at a path a new value; mappings on the way are made when missing, list items are not.</summary>
    /// <param name="root">The mapping to change.</param>
    /// <param name="file">The case file, for messages.</param>
    /// <param name="argument">path=value, such as attention.beta=7 or initial.modes[0].amplitude=0.1; the value is YAML.</param>
    /// <exception cref="CaseException">The argument is malformed or its path cannot exist.</exception>
    public static void Apply(MappingNode root, string file, string argument) => new NodeOverride(file, argument).Apply(root);

    [GeneratedRegex(@"\G(?:(?:^|\.)(?<key>[^.\[\]=\s]+)|(?<!^)\[(?<index>[0-9]{1,7})\])")]
    private static partial Regex Step();

    private void Apply(MappingNode root)
    {
        var equals = argument.IndexOf('=');
        if (equals < 0)
            throw Wrong("", "an override is written path=value, such as attention.beta=7");
        var path = argument[..equals].Trim();
        var steps = Steps(path);
        var value = NodeReader.Read(argument[(equals + 1)..], file, argument);

        CaseNode node = root;
        foreach (var step in steps.SkipLast(1))
            node = Enter(node, step, path[..step.Index]);
        Assign(node, steps[^1], path[..steps[^1].Index], value);
    }

    private List<Match> Steps(string path)
    {
        var steps = Step().Matches(path).ToList();
        if (steps.Count == 0 || steps[^1].Index + steps[^1].Length < path.Length)
            throw Wrong("", $"'{Quote.Short(path)}' is not the path of a key, such as attention.beta or initial.modes[0].order");
        return steps;
    }

    private CaseNode Enter(CaseNode node, Match step, string parent)
    {
        if (step.Groups["index"].Success)
            return Items(node, step, parent)[Index(step)];
        var mapping = Mapping(node, step, parent);
        var key = step.Groups["key"].Value;
        if (mapping.Find(key) is { Value: not ScalarNode { IsNull: true } } entry)
            return entry.Value;
        var made = new MappingNode(Here);
        mapping.Set(new Entry(key, Here, made));
        return made;
    }

    private void Assign(CaseNode node, Match step, string parent, CaseNode value)
    {
        if (step.Groups["index"].Success)
            Items(node, step, parent)[Index(step)] = value;
        else
            Mapping(node, step, parent).Set(new Entry(step.Groups["key"].Value, Here, value));
    }

    private MappingNode Mapping(CaseNode node, Match step, string parent) => node as MappingNode
        ?? throw Wrong(parent, $"is {node.Description}, so it cannot have the key '{Quote.Short(step.Groups["key"].Value)}'");

    private List<CaseNode> Items(CaseNode node, Match step, string parent) => node switch
    {
        SequenceNode { Items: var items } when Index(step) < items.Count => items,
        SequenceNode { Items: var items } => throw Wrong(parent, $"has length {items.Count}, so there is no item [{Index(step)}]"),
        MappingNode { Entries.Count: 0 } => throw Wrong(parent, $"is not in the case, so there is no item [{Index(step)}]"),
        _ => throw Wrong(parent, $"is {node.Description}, so there is no item [{Index(step)}]"),
    };

    private static int Index(Match step) => int.Parse(step.Groups["index"].Value);

    private Place Here => new(1, 1, argument);

    private CaseException Wrong(string path, string problem) => new(file, Here, path, problem);
}
