namespace Meanfield.IO;

/// <summary>"Did you mean" for a word that is not among those allowed.</summary>
public static class Suggestion
{
    private const int LongestWord = 40;

    /// <summary>" (did you mean X?)", or nothing when no word is near.</summary>
    public static string For(string word, IEnumerable<string> allowed)
    {
        if (word.Length > LongestWord)
            return "";
        var plain = Plain(word);
        var (nearest, distance) = allowed.Select(other => (other, Distance(plain, Plain(other)))).MinBy(pair => pair.Item2);
        return distance <= Math.Max(1, nearest.Length / 3) ? $" (did you mean {nearest}?)" : "";
    }

    private static string Plain(string word) => word.ToLowerInvariant().Replace("_", "").Replace("-", "").Replace(" ", "");

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                var replaced = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(replaced, 1 + Math.Min(d[i - 1, j], d[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }
}
