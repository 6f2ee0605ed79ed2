namespace Meanfield.Validation;

/// <summary>A measured number.</summary>
/// <param name="Value">The number.</param>
/// <param name="Uncertainty">Its standard error; 0 where it is not statistical.</param>
public readonly record struct Figure(double Value, double Uncertainty);
