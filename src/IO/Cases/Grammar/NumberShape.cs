using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Meanfield.IO;

/// <summary>A finite number within bounds.</summary>
internal sealed partial class NumberShape : Shape<double>
{
    /// <summary>Smallest value; minus infinity: none.</summary>
    public double AtLeast { get; init; } = double.NegativeInfinity;

    /// <summary>Largest value; infinity: none.</summary>
    public double AtMost { get; init; } = double.PositiveInfinity;

    /// <summary>Values must be greater; minus infinity: none.</summary>
    public double Above { get; init; } = double.NegativeInfinity;

    /// <summary>Values must be less; infinity: none.</summary>
    public double Below { get; init; } = double.PositiveInfinity;

    /// <inheritdoc/>
    public override string Allowed
    {
        get
        {
            var bounds = new List<string>();
            if (double.IsFinite(AtLeast) && double.IsFinite(AtMost))
                return $"a number from {Text(AtLeast)} to {Text(AtMost)}";
            if (double.IsFinite(AtLeast))
                bounds.Add($"at least {Text(AtLeast)}");
            if (double.IsFinite(Above))
                bounds.Add($"greater than {Text(Above)}");
            if (double.IsFinite(AtMost))
                bounds.Add($"at most {Text(AtMost)}");
            if (double.IsFinite(Below))
                bounds.Add($"less than {Text(Below)}");
            return $"a number {string.Join(" and ", bounds)}".TrimEnd();
        }
    }

    /// <summary>A number as it is written. It reads back to the same bits, also as YAML 1.1, which wants 1.0e-08 for 1e-08.</summary>
    public static string Text(double value)
    {
        var parts = value.ToString("R").Split('E');
        return parts.Length == 1 ? parts[0] : $"{parts[0]}{(parts[0].Contains('.') ? "" : ".0")}e{parts[1]}";
    }

    /// <summary>A number of the YAML 1.2 core schema, finite or not; null when the node is not one.</summary>
    public static double? Parse(CaseNode node) => node is not ScalarNode { Plain: true, Text: var text } ? null
        : Number().IsMatch(text) ? double.Parse(text, NumberStyles.Float)
        : Infinite().IsMatch(text) ? (text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity)
        : text is ".nan" or ".NaN" or ".NAN" ? double.NaN
        : null;

    /// <inheritdoc/>
    public override double Read(Spot at)
    {
        if (Parse(at.Node) is not { } value)
            throw at.Not(Allowed);
        if (!double.IsFinite(value))
            throw at.Wrong($"must be {Allowed}, but {at.Node.Description} is not finite");
        if (value < AtLeast || value > AtMost || value <= Above || value >= Below)
            throw at.Not(Allowed);
        return value;
    }

    /// <inheritdoc/>
    public override CaseNode Write(double value) => Scalar(Text(value));

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "number" };
        if (double.IsFinite(AtLeast))
            schema["minimum"] = AtLeast;
        if (double.IsFinite(Above))
            schema["exclusiveMinimum"] = Above;
        if (double.IsFinite(AtMost))
            schema["maximum"] = AtMost;
        if (double.IsFinite(Below))
            schema["exclusiveMaximum"] = Below;
        return schema;
    }

    [GeneratedRegex(@"\A[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\z")]
    private static partial Regex Number();

    [GeneratedRegex(@"\A[-+]?\.(?:inf|Inf|INF)\z")]
    private static partial Regex Infinite();
}
