namespace Meanfield.IO;

/// <summary>Tokens followed through a run.</summary>
/// <param name="Positions">For each output time, the positions [n·d], token after token.</param>
/// <param name="Weights">[n] mass of each token; they sum to 1.</param>
public sealed record TokenHistory(IReadOnlyList<double[]> Positions, double[] Weights);
