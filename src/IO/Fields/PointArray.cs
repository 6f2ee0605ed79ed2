namespace Meanfield.IO;

/// <summary>An array with one row per point, as a VTKHDF file stores it and an XDMF document finds it there.</summary>
/// <param name="name">Its name, without '.' and '/'.</param>
/// <param name="components">Numbers per row: 1 (a scalar) or 3 (a vector).</param>
internal abstract class PointArray(string name, int components)
{
    /// <summary>Its name.</summary>
    internal string Name { get; } = name;

    /// <summary>Numbers per row: 1 or 3.</summary>
    internal int Components { get; } = components;

    /// <summary>Whether each step has rows of its own, those of step k from row k·n on; else all steps share n rows.</summary>
    internal abstract bool Stacked { get; }

    /// <summary>The XDMF name of the type of its numbers, which have 4 bytes.</summary>
    internal abstract string NumberType { get; }

    /// <summary>Creates the dataset; shared rows are written at once, stacked ones come later, one chunk per step.</summary>
    internal abstract Hdf5Dataset Create(Hdf5Group group, int points, int steps);

    /// <summary>Its shape with that many rows.</summary>
    internal long[] Shape(long rows) => Components == 1 ? [rows] : [rows, Components];
}

/// <summary>A point array of T: float or int.</summary>
/// <param name="name">Its name, without '.' and '/'.</param>
/// <param name="components">Numbers per row: 1 (a scalar) or 3 (a vector).</param>
/// <param name="longName">What it is, in words, or null for nothing but the name.</param>
/// <param name="shared">[n·components] the rows that all steps share, or null if each step has its own.</param>
internal sealed class PointArray<T>(string name, int components, string? longName = null, T[]? shared = null)
    : PointArray(name, components)
    where T : unmanaged
{
    /// <inheritdoc/>
    internal override bool Stacked => shared is null;

    /// <inheritdoc/>
    internal override string NumberType => typeof(T) == typeof(float) ? "Float" : "Int";

    /// <inheritdoc/>
    internal override Hdf5Dataset Create(Hdf5Group group, int points, int steps)
    {
        Hdf5Dataset dataset = shared is null
            ? group.Create<T>(Name, new Hdf5Layout(Shape((long)steps * points), points, Extendable: true))
            : group.Write<T>(Name, shared, Shape(points));
        if (longName is not null)
        {
            dataset.SetText("units", "1");
            dataset.SetText("long_name", longName);
        }

        return dataset;
    }
}
