using System.Globalization;
using System.Text;

namespace Meanfield.IO;

/// <summary>One curve of a chart.</summary>
/// <param name="Label">What it shows; empty for none.</param>
/// <param name="Colour">As SVG writes it.</param>
/// <param name="Dashed">Whether it is a prediction.</param>
/// <param name="Times">[T].</param>
/// <param name="Values">[T]; what is not positive and finite is left out.</param>
public sealed record ChartCurve(string Label, string Colour, bool Dashed, double[] Times, double[] Values);

/// <summary>Curves over time on a logarithmic axis, as a piece of SVG.</summary>
/// <param name="Title">Above the axes.</param>
/// <param name="Curves">What is drawn, in this order.</param>
public sealed record LogChart(string Title, IReadOnlyList<ChartCurve> Curves)
{
    /// <summary>Width of a chart with its margins.</summary>
    public const int Width = 460;

    /// <summary>Height of a chart with its margins.</summary>
    public const int Height = 330;

    private const double Left = 52, Right = 12, Top = 28, Bottom = 36;

    /// <summary>The charts two in a row, as one SVG document with the labels of the first chart's curves below.</summary>
    public static string Document(IReadOnlyList<LogChart> charts)
    {
        int rows = (charts.Count + 1) / 2, columns = Math.Min(2, charts.Count);
        ChartCurve[] legend = [.. charts[0].Curves.Where(curve => curve.Label.Length > 0)];
        int height = rows * Height + 18 * legend.Length + 12;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{columns * Width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"12\">\n")
            .Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        for (int i = 0; i < charts.Count; i++) charts[i].Draw(text, i % 2 * Width, i / 2 * Height);
        for (int i = 0; i < legend.Length; i++)
        {
            int y = rows * Height + 18 * i + 8;
            text.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Left + 28}\" y1=\"{y}\" y2=\"{y}\" {Stroke(legend[i])}/><text x=\"{Left + 36}\" y=\"{y + 4}\">{Escape(legend[i].Label)}</text>\n");
        }
        return text.Append("</svg>\n").ToString();
    }

    private void Draw(StringBuilder text, double x0, double y0)
    {
        double[] values = [.. Curves.SelectMany(curve => curve.Values).Where(IsShown)], times = [.. Curves.SelectMany(curve => curve.Times)];
        double low = values.Length == 0 ? -1 : Math.Floor(Math.Log10(values.Min()) - 1e-9), high = values.Length == 0 ? 0 : Math.Ceiling(Math.Log10(values.Max()) + 1e-9);
        double begin = times.DefaultIfEmpty(0).Min(), end = Math.Max(times.DefaultIfEmpty(1).Max(), begin + 1e-300);
        double X(double time) => x0 + Left + (time - begin) / (end - begin) * (Width - Left - Right);
        double Y(double log) => y0 + Height - Bottom - (log - low) / (high - low) * (Height - Top - Bottom);

        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{x0 + Left}\" y=\"{y0 + 18}\" font-weight=\"bold\">{Escape(Title)}</text>\n");
        int stride = Math.Max(1, (int)Math.Ceiling((high - low) / 8));
        for (double log = low; log <= high; log += stride)
            text.Append(CultureInfo.InvariantCulture, $"<line x1=\"{X(begin):F1}\" x2=\"{X(end):F1}\" y1=\"{Y(log):F1}\" y2=\"{Y(log):F1}\" stroke=\"#ddd\"/><text x=\"{X(begin) - 6:F1}\" y=\"{Y(log) + 4:F1}\" text-anchor=\"end\">1e{log}</text>\n");
        for (int i = 0; i <= 4; i++)
        {
            double time = begin + 0.25 * i * (end - begin);
            text.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(time):F1}\" y=\"{Y(low) + 16:F1}\" text-anchor=\"middle\">{time:G3}</text>\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(0.5 * (begin + end)):F1}\" y=\"{Y(low) + 30:F1}\" text-anchor=\"middle\">t</text>\n");
        foreach (ChartCurve curve in Curves)
        {
            text.Append(CultureInfo.InvariantCulture, $"<path fill=\"none\" {Stroke(curve)} d=\"");
            bool drawing = false;
            for (int k = 0; k < curve.Times.Length; k++)
            {
                bool shown = IsShown(curve.Values[k]);
                if (shown) text.Append(CultureInfo.InvariantCulture, $"{(drawing ? 'L' : 'M')}{X(curve.Times[k]):F1} {Y(Math.Log10(curve.Values[k])):F1}");
                drawing = shown;
            }
            text.Append("\"/>\n");
        }
    }

    private static bool IsShown(double value) => value > 1e-17 && double.IsFinite(value);

    private static string Stroke(ChartCurve curve) => $"stroke=\"{curve.Colour}\" stroke-width=\"1.5\"{(curve.Dashed ? " stroke-dasharray=\"5 4\"" : "")}";

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
