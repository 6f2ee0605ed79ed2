using System.Globalization;

namespace Meanfield.IO;

/// <summary>A key of a case and the values it takes in a sweep.</summary>
/// <param name="Key">Path of the key, such as training.regularization.</param>
/// <param name="Values">Its values, in order.</param>
public sealed record SweepAxis(string Key, IReadOnlyList<double> Values)
{
    /// <summary>Reads key=from:to:count (equal steps), key=from:to:count:log (equal factors) or key=a,b,c.</summary>
    /// <exception cref="ArgumentException">Anything else.</exception>
    public static SweepAxis Parse(string text)
    {
        int at = text.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0) throw Wrong(text);
        string key = text[..at], given = text[(at + 1)..];
        string[] parts = given.Split(':');
        if (parts.Length == 1) return new SweepAxis(key, [.. given.Split(',').Select(part => Number(part, text))]);
        bool logarithmic = parts.Length == 4 && parts[3] == "log";
        if (parts.Length != 3 && !logarithmic) throw Wrong(text);
        double from = Number(parts[0], text), to = Number(parts[1], text), count = Number(parts[2], text);
        if (!(count >= 2 && count <= 10_000 && count == Math.Floor(count)) || (logarithmic && !(from > 0 && to > 0))) throw Wrong(text);
        return new SweepAxis(key, [.. Enumerable.Range(0, (int)count).Select(i => i / (count - 1)).Select(share =>
            share == 1 ? to : logarithmic ? from * Math.Pow(to / from, share) : from + (to - from) * share)]);
    }

    private static double Number(string part, string text) =>
        double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : throw Wrong(text);

    private static ArgumentException Wrong(string text) =>
        new($"--over cannot be '{text}': key=from:to:count, key=from:to:count:log or key=a,b,c, such as training.regularization=0.02:2:12:log");
}
