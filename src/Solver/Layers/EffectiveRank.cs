namespace Meanfield.Solver;

/// <summary>The effective rank exp(−Σ p log p), p = s/Σs, of a matrix with singular values s (Roy and Vetterli, EUSIPCO 2007; s, not s²).</summary>
/// <param name="Value">Between 1 and the number of singular values.</param>
/// <param name="Error">Standard error of an estimate; 0 where every singular value was computed.</param>
public readonly record struct EffectiveRank(double Value, double Error)
{
    /// <summary>Up to this many rows or columns, whichever are fewer, every singular value is computed; beyond, the rank is estimated.</summary>
    public const int LargestExact = 1024;

    /// <summary>The rank of singular values; NaN if all are 0.</summary>
    public static EffectiveRank Of(ReadOnlySpan<double> values)
    {
        double sum = 0, entropy = 0;
        foreach (double s in values) sum += s;
        foreach (double s in values)
            if (s > 0) entropy -= s / sum * Math.Log(s / sum);
        return new EffectiveRank(sum > 0 ? Math.Exp(entropy) : double.NaN, 0);
    }
}

/// <summary>Effective ranks of the matrix of tokens [T, d] as they are and as unit vectors, with and without their mean.</summary>
/// <param name="Raw">Of the tokens as they are.</param>
/// <param name="RawCentred">After subtracting their mean.</param>
/// <param name="Unit">Of the unit tokens.</param>
/// <param name="UnitCentred">After subtracting their mean; not normalized again.</param>
public sealed record EffectiveRanks(EffectiveRank Raw, EffectiveRank RawCentred, EffectiveRank Unit, EffectiveRank UnitCentred);
