using System.Text.Json.Nodes;

namespace Meanfield.IO;

/// <summary>A list, as the reference needs it.</summary>
internal interface IList
{
    /// <summary>Shape of the items.</summary>
    Shape ItemShape { get; }
}

/// <summary>A list with at least one item.</summary>
/// <param name="item">Shape of the items.</param>
/// <param name="noun">What the items are called, in the plural.</param>
internal sealed class ListShape<T>(Shape<T> item, string noun) : Shape<ValueList<T>>, IList
{
    /// <inheritdoc/>
    public Shape ItemShape => item;

    /// <inheritdoc/>
    public override string Allowed => $"a list of {noun}";

    /// <inheritdoc/>
    public override ValueList<T> Read(Spot at)
    {
        if (at.Node is not SequenceNode { Items: var items })
            throw at.Not(Allowed);
        if (items.Count == 0)
            throw at.Wrong($"must be {Allowed}, but is empty");
        var values = new T[items.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = item.Read(at.Item(i));
        return new ValueList<T>(values);
    }

    /// <inheritdoc/>
    public override CaseNode Write(ValueList<T> value)
    {
        var sequence = new SequenceNode(default);
        sequence.Items.AddRange(value.Select(item.Write));
        return sequence;
    }

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "array", ["minItems"] = 1, ["items"] = item.Schema() };
}
