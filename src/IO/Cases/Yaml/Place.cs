namespace Meanfield.IO;

/// <summary>Where a node was written.</summary>
/// <param name="Line">Line from 1.</param>
/// <param name="Column">Column from 1.</param>
/// <param name="Override">The override the node came from, which then is its place; null: the file.</param>
internal readonly record struct Place(int Line, int Column, string? Override);
