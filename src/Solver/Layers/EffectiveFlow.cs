using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>The attention flow that comes closest to what a layer did to the cosines between tokens: a comparison, not an explanation.</summary>
/// <param name="Normalization">Softmax or none.</param>
/// <param name="Beta">Effective β ≥ 0.</param>
/// <param name="BetaLow">Lower end of the range of β whose misfit is within 1 + 4/n of the least, n tokens; NaN at the end of the range searched.</param>
/// <param name="BetaHigh">Upper end.</param>
/// <param name="Time">Effective time in the model's own units; negative where tokens move apart.</param>
/// <param name="Explained">Share of the squared change of the cosines that the flow reproduces: 1 − Σ(ΔG − τĠ)²/ΣΔG².</param>
/// <param name="Tokens">Tokens n that were compared.</param>
public sealed record EffectiveFlow(Normalization Normalization, double Beta, double BetaLow, double BetaHigh, double Time, double Explained, int Tokens);
