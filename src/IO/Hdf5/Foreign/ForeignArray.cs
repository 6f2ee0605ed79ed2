namespace Meanfield.IO;

/// <summary>A dataset of a foreign HDF5 file.</summary>
/// <param name="Name">Its path in the file, without a slash at the start.</param>
/// <param name="Shape">Its shape; empty for a single value.</param>
/// <param name="IsInteger">Whether it holds integers.</param>
/// <param name="IsFloat">Whether it holds floating-point numbers.</param>
/// <param name="LayerNames">Its attribute layer_names, names separated by commas; empty where it has none.</param>
internal sealed record ForeignArray(string Name, IReadOnlyList<long> Shape, bool IsInteger, bool IsFloat, string LayerNames);
