namespace Meanfield.Solver;

/// <summary>How the tokens of a layer moved from the layer before.</summary>
/// <param name="BlockInfluence">1 − mean of cos(x before, x) (Men et al., ShortGPT, 2024).</param>
/// <param name="AngularDistance">Mean angle over π, in [0, 1] (Gromov et al., 2024).</param>
/// <param name="Cosines">[N] cos(x before, x) of each token.</param>
public sealed record LayerDisplacement(double BlockInfluence, double AngularDistance, double[] Cosines);

/// <summary>One sequence of a layer.</summary>
/// <param name="Tokens">Its tokens.</param>
/// <param name="MeanNorm">Mean |x|.</param>
/// <param name="MeanCosine">Mean cosine over its pairs; NaN for a single token.</param>
/// <param name="TokenVariance">1 − |mean of its unit tokens|².</param>
/// <param name="BlockInfluence">Of its tokens; NaN in the first layer.</param>
public sealed record SequenceMeasures(int Tokens, double MeanNorm, double MeanCosine, double TokenVariance, double BlockInfluence);

/// <summary>The norms of tokens.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="Deviation">Standard deviation, dividing by N.</param>
/// <param name="Smallest">Minimum.</param>
/// <param name="Largest">Maximum.</param>
public readonly record struct NormSummary(double Mean, double Deviation, double Smallest, double Largest);

/// <summary>What was measured of one layer of hidden states. u = x/|x| are the unit tokens.</summary>
public sealed record LayerMeasures
{
    /// <summary>N, over all sequences.</summary>
    public required int Tokens { get; init; }

    /// <summary>Tokens among which pairs, neighbours, clusters and ranks were taken: N, or a fixed sample of them.</summary>
    public required int HeldTokens { get; init; }

    /// <summary>|x|.</summary>
    public required NormSummary Norms { get; init; }

    /// <summary>1 − |mean of u|².</summary>
    public required double TokenVariance { get; init; }

    /// <summary>|mean of u|.</summary>
    public required double OrderParameter { get; init; }

    /// <summary>Mean of u_i·u_j over i ≠ j = (|Σu|² − N)/(N(N − 1)), over all N tokens.</summary>
    public required double MeanCosine { get; init; }

    /// <summary>The same within each sequence, mean over the sequences of two tokens or more.</summary>
    public required double MeanCosineWithin { get; init; }

    /// <summary>Every sequence.</summary>
    public required IReadOnlyList<SequenceMeasures> Sequences { get; init; }

    /// <summary>Law of u_i·u_j, energies.</summary>
    public required PairLaw Pairs { get; init; }

    /// <summary>The same of (u − mean)/|u − mean|: corrected for anisotropy.</summary>
    public required PairLaw CentredPairs { get; init; }

    /// <summary>Effective ranks.</summary>
    public required EffectiveRanks Ranks { get; init; }

    /// <summary>Clusters of the unit tokens.</summary>
    public required LayerCensus Census { get; init; }

    /// <summary>Intrinsic dimension of the unit tokens.</summary>
    public required IntrinsicDimension IntrinsicDimension { get; init; }

    /// <summary>[HeldTokens, 10] nearest tokens of each, −1 where there are fewer.</summary>
    public required int[] Neighbours { get; init; }

    /// <summary>Harmonics along the leading directions.</summary>
    public required PrincipalHarmonics Harmonics { get; init; }

    /// <summary>How tokens moved; null in the first layer.</summary>
    public LayerDisplacement? Displacement { get; init; }

    /// <summary>The attention flows nearest to what happened since the layer before, softmax and unnormalized; empty in the first layer.</summary>
    public required IReadOnlyList<EffectiveFlow> Flows { get; init; }
}
