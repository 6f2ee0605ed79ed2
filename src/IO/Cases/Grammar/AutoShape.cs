using System.Numerics;
using System.Text.Json.Nodes;

namespace Meanfield.IO;

/// <summary>The word auto, which reads as null, or a whole number.</summary>
/// <param name="inner">Shape of the number.</param>
internal sealed class AutoShape<T>(IntegerShape<T> inner) : Shape<T?>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    private const string Auto = "auto";

    /// <inheritdoc/>
    public override string Allowed => $"{Auto} or {inner.Allowed}";

    /// <inheritdoc/>
    public override T? Read(Spot at)
    {
        if (at.Node is ScalarNode { Text: Auto })
            return null;
        return inner.TryRead(at.Node, out var value) ? value : throw at.Not(Allowed);
    }

    /// <inheritdoc/>
    public override CaseNode Write(T? value) => value is { } given ? inner.Write(given) : Scalar(Auto);

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["anyOf"] = new JsonArray(new JsonObject { ["const"] = Auto }, inner.Schema()) };
}
