using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;

namespace Meanfield.IO;

/// <summary>A whole number within bounds; 1e4 and 3.0 are whole numbers too.</summary>
/// <param name="atLeast">Smallest value.</param>
/// <param name="atMost">Largest value.</param>
internal sealed class IntegerShape<T>(T atLeast, T atMost) : Shape<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    private const double LargestExact = 1L << 53;

    /// <inheritdoc/>
    public override string Allowed => $"a whole number from {atLeast} to {atMost}";

    /// <summary>Whether a node has this shape, and then its value.</summary>
    public bool TryRead(CaseNode node, out T value)
    {
        value = default;
        if (NumberShape.Parse(node) is not { } number)
            return false;
        if (!T.TryParse(((ScalarNode)node).Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value))
        {
            if (!double.IsInteger(number) || Math.Abs(number) > LargestExact)
                return false;
            value = T.CreateSaturating(number);
            if (double.CreateChecked(value) != number)
                return false;
        }

        return value >= atLeast && value <= atMost;
    }

    /// <inheritdoc/>
    public override T Read(Spot at) => TryRead(at.Node, out var value) ? value : throw at.Not(Allowed);

    /// <inheritdoc/>
    public override CaseNode Write(T value) => Scalar(value.ToString(null, CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["type"] = "integer",
        ["minimum"] = JsonValue.Create(atLeast),
        ["maximum"] = JsonValue.Create(atMost),
    };
}
