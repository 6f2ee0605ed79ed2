namespace Meanfield.Solver;

/// <summary>Growth of one degree in the linear phase of a run.</summary>
/// <param name="Degree">ℓ.</param>
/// <param name="Rate">d log α_ℓ/dt; NaN where the degree is not free of the others.</param>
/// <param name="Uncertainty">Its error from terms of second order and from the residuals of the fit.</param>
public readonly record struct MeasuredRate(int Degree, double Rate, double Uncertainty);
