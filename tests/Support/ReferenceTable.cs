using System.Globalization;

namespace Meanfield.Tests;

/// <summary>A CSV of high-precision reference values made by the script beside it in tests/references.</summary>
internal static class ReferenceTable
{
    public static IEnumerable<double[]> Read(string name) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "references", name))
            .Skip(1)
            .Select(line => Array.ConvertAll(line.Split(','), cell => double.Parse(cell, CultureInfo.InvariantCulture)));
}
