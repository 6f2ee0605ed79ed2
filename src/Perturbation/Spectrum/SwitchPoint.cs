namespace Meanfield.Perturbation;

/// <summary>Where the fastest degree changes as β rises (THEORY 2.3).</summary>
/// <param name="From">Fastest degree just below.</param>
/// <param name="To">Fastest degree just above.</param>
/// <param name="Beta">β at which both grow equally fast.</param>
public readonly record struct SwitchPoint(int From, int To, double Beta);
