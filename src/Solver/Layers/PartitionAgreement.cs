namespace Meanfield.Solver;

/// <summary>How far two ways of sorting the same tokens into clusters agree: Hubert and Arabie's adjusted Rand index (J. Classification 2, 1985).</summary>
/// <remarks>1 for equal partitions, 0 on average for unrelated ones. Stragglers (label −1) are a class of their own.</remarks>
public static class PartitionAgreement
{
    /// <summary>The index of two labellings.</summary>
    /// <param name="first">[N] labels ≥ −1.</param>
    /// <param name="second">[N] labels ≥ −1.</param>
    /// <returns>1 where both put all tokens into one class or each into its own.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static double AdjustedRand(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        if (first.Length != second.Length) throw new ArgumentException($"{first.Length} labels beside {second.Length}", nameof(second));
        int rows = 2 + Largest(first), columns = 2 + Largest(second);
        var table = new int[rows * columns];
        var rowSums = new int[rows];
        var columnSums = new int[columns];
        for (int i = 0; i < first.Length; i++)
        {
            table[(first[i] + 1) * columns + second[i] + 1]++;
            rowSums[first[i] + 1]++;
            columnSums[second[i] + 1]++;
        }
        double together = Pairs(table), a = Pairs(rowSums), b = Pairs(columnSums), all = 0.5 * first.Length * (first.Length - 1.0);
        double expected = all > 0 ? a * b / all : 0, largest = 0.5 * (a + b);
        return largest == expected ? 1 : (together - expected) / (largest - expected);
    }

    private static int Largest(ReadOnlySpan<int> labels)
    {
        int largest = -1;
        foreach (int label in labels) largest = Math.Max(largest, label);
        return largest;
    }

    private static double Pairs(int[] counts)
    {
        double sum = 0;
        foreach (int count in counts) sum += 0.5 * count * (count - 1.0);
        return sum;
    }
}
