using System.Globalization;

namespace Meanfield.IO;

/// <summary>A value in a table or among the key figures. Text and numbers become cells by themselves.</summary>
/// <param name="Text">What is shown.</param>
public sealed record ReportCell(string Text)
{
    /// <summary>The number behind the text, by which columns are sorted and which the file holds in full precision (<c>data-value</c>); null for text.</summary>
    public double? Number { get; init; }

    /// <summary>Whether it is as it should be.</summary>
    public ReportTone Tone { get; init; }

    /// <summary>The section it leads to (<see cref="ReportSection.Anchor"/>); null for none.</summary>
    public string? Anchor { get; init; }

    /// <summary>Text.</summary>
    public static implicit operator ReportCell(string text) => new(text);

    /// <summary>A number, shown to six digits (whole ones to all of them); — where there is none (NaN).</summary>
    public static implicit operator ReportCell(double number) => new(Show(number)) { Number = number };

    /// <summary>A number with its uncertainty.</summary>
    public static ReportCell PlusMinus(double number, double uncertainty) =>
        new(double.IsFinite(number) && double.IsFinite(uncertainty) ? $"{Show(number)} ± {uncertainty.ToString("G2", CultureInfo.InvariantCulture).ToLowerInvariant()}" : Show(number)) { Number = number };

    /// <summary>A verdict in words.</summary>
    public static ReportCell Verdict(bool good, string text) => new(text) { Tone = good ? ReportTone.Good : ReportTone.Bad };

    internal void Write(HtmlWriter html, string element)
    {
        string kind = string.Join(' ', new[] { Number is null ? "" : "number", Tone == ReportTone.Plain ? "" : Tone.ToString().ToLowerInvariant() }.Where(name => name.Length > 0));
        html.Open(element, ("class", kind.Length > 0 ? kind : null), ("data-value", Number?.ToString("R", CultureInfo.InvariantCulture)));
        if (Anchor is null) html.Text(Text); else html.Element("a", Text, ("href", "#" + Anchor));
        html.Close(element);
    }

    internal static string Show(double number) => number switch
    {
        double.NaN => "—",
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "−∞",
        _ when Math.Abs(number) < 1e15 && Math.Floor(number) == number => number.ToString("F0", CultureInfo.InvariantCulture),
        _ => number.ToString("G6", CultureInfo.InvariantCulture).ToLowerInvariant(),
    };
}
