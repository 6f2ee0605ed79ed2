using System.Globalization;

namespace Meanfield.IO;

/// <summary>A quantity over two others as a picture: a density against angle and time, a histogram against time.</summary>
/// <remarks>Part of the page itself, seen without scripts; its numbers are 256 steps of colour between the bounds that its scale names.</remarks>
/// <param name="Caption">What it shows.</param>
/// <param name="XLabel">Quantity and unit from left to right.</param>
/// <param name="YLabel">Quantity and unit from the bottom up.</param>
/// <param name="ValueLabel">Quantity and unit of the colours.</param>
/// <param name="XRange">Where x begins and ends: the outer edges of the first and the last column.</param>
/// <param name="YRange">Where y begins and ends.</param>
/// <param name="Values">[rows, columns], row 0 at the bottom; not finite: left blank (darkest). At most 1024 of each.</param>
public sealed record ReportHeatMap(
    string Caption, string XLabel, string YLabel, string ValueLabel, (double From, double To) XRange, (double From, double To) YRange, double[,] Values) : ReportBlock
{
    private const int Left = 70, Top = 8, Width = 560, Height = 260, Scale = Left + Width + 20;

    /// <summary>Whether colours are spaced by the logarithm of the value, over at most sixteen decades; what is not positive is darkest.</summary>
    public bool Logarithmic { get; init; }

    internal override void Write(HtmlWriter html)
    {
        (double low, double high) = Bounds();
        html.Open("figure", ("class", "heatmap")).Element("figcaption", Caption);
        html.Open("svg", ("viewBox", $"0 0 {Scale + 90} {Top + Height + 44}"), ("role", "img"),
            ("aria-label", $"Heat map: {Caption}. {ValueLabel} from {ReportCell.Show(low)} (dark) to {ReportCell.Show(high)} (light) over {XLabel} from {ReportCell.Show(XRange.From)} to {ReportCell.Show(XRange.To)} and {YLabel} from {ReportCell.Show(YRange.From)} to {ReportCell.Show(YRange.To)}."));
        Picture(html, Left, Width, Values.GetLength(1), Pixels(low, high));
        Picture(html, Scale, 16, 1, [.. Enumerable.Range(0, HeatPalette.Count).Reverse().Select(i => (byte)i)]);
        for (int i = 0; i <= 4; i++)
        {
            double part = 0.25 * i, y = Top + Height * (1 - part) + 4;
            Label(html, Left + Width * part, Top + Height + 16, "middle", Tick(XRange.From + part * (XRange.To - XRange.From)));
            Label(html, Left - 6, y, "end", Tick(YRange.From + part * (YRange.To - YRange.From)));
            Label(html, Scale + 22, y, "start", Tick(Logarithmic ? low * Math.Pow(high / low, part) : low + part * (high - low)));
        }
        Label(html, Left + 0.5 * Width, Top + Height + 36, "middle", XLabel);
        Label(html, Scale, Top + Height + 36, "middle", ValueLabel);
        html.Element("text", YLabel, ("text-anchor", "middle"), ("transform", $"translate(14 {Top + Height / 2}) rotate(-90)"));
        html.Close("svg").Close("figure");
    }

    // Of the finite values, or of the positive ones.
    private (double Low, double High) Bounds()
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in Values)
        {
            if (!double.IsFinite(value) || Logarithmic && value <= 0) continue;
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }
        if (!(low <= high)) return Logarithmic ? (0.1, 1) : (0, 1);
        if (Logarithmic) low = Math.Max(low, 1e-16 * high);
        return low < high ? (low, high) : Logarithmic ? (low, 10 * low) : (low, low + 1);
    }

    private byte[] Pixels(double low, double high)
    {
        (int rows, int columns) = (Values.GetLength(0), Values.GetLength(1));
        var pixels = new byte[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                double value = Values[rows - 1 - row, column];
                double part = Logarithmic ? Math.Log(value / low) / Math.Log(high / low) : (value - low) / (high - low);
                pixels[row * columns + column] = double.IsNaN(part) ? (byte)0 : (byte)Math.Round(Math.Clamp(part, 0, 1) * (HeatPalette.Count - 1));
            }
        }
        return pixels;
    }

    private static void Picture(HtmlWriter html, double x, double width, int columns, byte[] pixels) => html.Open("image",
        ("x", Coordinate(x)), ("y", Coordinate(Top)), ("width", Coordinate(width)), ("height", Coordinate(Height)), ("preserveAspectRatio", "none"), ("image-rendering", "pixelated"),
        ("href", "data:image/png;base64," + Convert.ToBase64String(PngImage.Of(columns, pixels, HeatPalette.Colours)))).Close("image");

    private static void Label(HtmlWriter html, double x, double y, string anchor, string text) =>
        html.Element("text", text, ("x", Coordinate(x)), ("y", Coordinate(y)), ("text-anchor", anchor));

    private static string Coordinate(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Tick(double value) => value.ToString("G3", CultureInfo.InvariantCulture).ToLowerInvariant();
}
