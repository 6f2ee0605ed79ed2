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
    public override string Allowed => (atLeast > T.MinValue || T.IsZero(T.MinValue), atMost < T.MaxValue) switch
    {
        (true, true) => $"a whole number from {atLeast} to {atMost}",
        (true, false) => $"a whole number at least {atLeast}",
        (false, true) => $"a whole number at most {atMost}",
        _ => "a whole number",
    };

    /// <inheritdoc/>
    public override T Read(Spot at)
    {
        if (NumberShape.Parse(at.Node) is not { } number)
            throw at.Not(Allowed);
        if (T.TryParse(((ScalarNode)at.Node).Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            return value >= atLeast && value <= atMost ? value : throw at.Not(Allowed);
        if (!double.IsInteger(number) || Math.Abs(number) > LargestExact)
            throw at.Not(Allowed);
        var whole = new BigInteger(number);
        return whole >= BigInteger.CreateChecked(atLeast) && whole <= BigInteger.CreateChecked(atMost)
            ? T.CreateChecked(whole)
            : throw at.Not(Allowed);
    }

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
