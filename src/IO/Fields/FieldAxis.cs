namespace Meanfield.IO;

/// <summary>One axis of the grid that fields are sampled on.</summary>
/// <param name="Name">lat, lon or theta.</param>
/// <param name="LongName">What it is, in words.</param>
/// <param name="Units">Its unit.</param>
/// <param name="Points">The coordinates.</param>
/// <param name="Bounds">[2·points] lower and upper bound of the cell about each point; empty where there is no standard name.</param>
/// <param name="StandardName">Its name in the CF conventions; null if it has none.</param>
internal sealed record FieldAxis(string Name, string LongName, string Units, double[] Points, double[] Bounds, string? StandardName = null);
