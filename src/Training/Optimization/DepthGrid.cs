namespace Meanfield.Training;

/// <summary>How a control problem is discretized.</summary>
/// <param name="Bandlimit">Largest degree L ≥ 1 of the density.</param>
/// <param name="Horizon">Depth T &gt; 0, in the model's own time.</param>
/// <param name="Steps">Layers n ≥ 1, steps of size T/n with a control each.</param>
public sealed record DepthGrid(int Bandlimit, double Horizon, int Steps);
