namespace Meanfield.IO;

/// <summary>What a temporal PolyData file holds: the same cells at every time, over points that may move, with arrays on them.</summary>
/// <param name="Cells">The cells.</param>
/// <param name="PointCount">Number n of points at every time, at least 1.</param>
/// <param name="Points">The positions: [n, 3] per step.</param>
/// <param name="Arrays">The arrays on the points; the first scalar and the first vector are what ParaView shows at once.</param>
/// <param name="FieldData">Names and descriptions of the numbers, one per step, that belong to no point.</param>
internal sealed record PolyDataOutline(
    PolyDataCells Cells,
    int PointCount,
    PointArray<float> Points,
    IReadOnlyList<PointArray> Arrays,
    params IReadOnlyList<(string Name, string LongName)> FieldData)
{
    /// <summary>What the numbers are that the steps are ordered by.</summary>
    internal string TimeLongName { get; init; } = "the model's own time";
}
