using System.Text.Json.Nodes;

namespace Meanfield.IO;

/// <summary>true or false.</summary>
internal sealed class FlagShape : Shape<bool>
{
    /// <inheritdoc/>
    public override string Allowed => "true or false";

    /// <inheritdoc/>
    public override bool Read(Spot at) => at.Node switch
    {
        ScalarNode { Plain: true, Text: "true" or "True" or "TRUE" } => true,
        ScalarNode { Plain: true, Text: "false" or "False" or "FALSE" } => false,
        _ => throw at.Not(Allowed),
    };

    /// <inheritdoc/>
    public override CaseNode Write(bool value) => Scalar(value ? "true" : "false");

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "boolean" };
}
