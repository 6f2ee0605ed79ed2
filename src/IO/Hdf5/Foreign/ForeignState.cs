namespace Meanfield.IO;

/// <summary>The last state in an earlier result.h5.</summary>
/// <param name="Dimension">Its dimension.</param>
/// <param name="Bandlimit">Largest degree of its harmonics.</param>
/// <param name="Coefficients">Its coefficients; NaN from the first degree on that was not recorded.</param>
internal sealed record ForeignState(int Dimension, int Bandlimit, double[] Coefficients);
