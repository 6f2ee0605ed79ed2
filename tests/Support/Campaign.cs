using System.Globalization;

namespace Meanfield.Tests;

/// <summary>How many mutations tests try: a few in the suite; as many as MEANFIELD_MUTATIONS says (100000, say) in a campaign of its own.</summary>
internal static class Campaign
{
    /// <summary>The number for one test.</summary>
    /// <param name="usual">In the suite.</param>
    /// <param name="share">Its share of a campaign.</param>
    public static int Size(int usual, double share) =>
        Environment.GetEnvironmentVariable("MEANFIELD_MUTATIONS") is { Length: > 0 } text
            ? (int)(share * int.Parse(text, CultureInfo.InvariantCulture))
            : usual;
}
