using System.Text.Json.Nodes;

namespace Meanfield.IO;

/// <summary>The word auto, which reads as null, or a number.</summary>
/// <param name="inner">Shape of the number.</param>
internal sealed class AutoShape<T>(Shape<T> inner) : Shape<T?>
    where T : struct
{
    private const string Auto = "auto";

    /// <inheritdoc/>
    public override string Allowed => $"{Auto} or {inner.Allowed}";

    /// <inheritdoc/>
    public override T? Read(Spot at)
    {
        if (at.Node is ScalarNode { Text: Auto })
            return null;
        try
        {
            return inner.Read(at);
        }
        catch (CaseException)
        {
            throw at.Not(Allowed); // what is allowed includes auto
        }
    }

    /// <inheritdoc/>
    public override CaseNode Write(T? value) => value is { } given ? inner.Write(given) : Scalar(Auto);

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["anyOf"] = new JsonArray(new JsonObject { ["const"] = Auto }, inner.Schema()) };
}
