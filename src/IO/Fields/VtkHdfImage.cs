namespace Meanfield.IO;

/// <summary>
/// VTKHDF 2.0, temporal PolyData in one part: cells stored once, points and point data stored once or stacked in time, one
/// chunk per step.
/// </summary>
/// <remarks>The rules were found by opening files in ParaView 5.12 to 6.2; tests/python/vtkhdf_lint.py checks them.</remarks>
internal sealed class VtkHdfImage : IDisposable
{
    private static readonly string[] CellGroups = ["Vertices", "Lines", "Polygons", "Strips"];

    private readonly Hdf5Group _root;
    private readonly PolyDataOutline _outline;
    private readonly Dictionary<PointArray, Hdf5Dataset> _stacked = [];
    private readonly double[] _times;
    private readonly double[][] _fieldData;
    private int _step = -1;

    /// <summary>Starts the image: everything that does not change in time.</summary>
    /// <param name="file">An empty file.</param>
    /// <param name="outline">What the image holds.</param>
    /// <param name="steps">Number of steps to come.</param>
    internal VtkHdfImage(Hdf5File file, PolyDataOutline outline, int steps)
    {
        _outline = outline;
        _times = new double[steps];
        _fieldData = [.. outline.FieldData.Select(_ => new double[steps])];
        _root = file.CreateGroup("VTKHDF");
        _root.SetNumbers<long>("Version", [2, 0]);
        _root.SetAscii("Type", "PolyData");
        _root.Write<long>("NumberOfPoints", [outline.PointCount]).Dispose();
        Create(_root, outline.Points);
        WriteCells(outline.Cells);
        using Hdf5Group data = _root.CreateGroup("PointData");
        if (outline.Arrays.FirstOrDefault(a => a.Components == 1) is PointArray scalars)
            data.SetAscii("Scalars", scalars.Name);
        if (outline.Arrays.FirstOrDefault(a => a.Components == 3) is PointArray vectors)
            data.SetAscii("Vectors", vectors.Name);
        foreach (PointArray array in outline.Arrays)
            Create(data, array);
    }

    /// <summary>Goes on to the next step.</summary>
    /// <param name="time">Its time, after the one before.</param>
    /// <param name="fieldData">Its numbers that belong to no point, in the order of the outline.</param>
    /// <exception cref="ArgumentException">The time is not finite or does not follow the one before.</exception>
    internal void BeginStep(double time, params ReadOnlySpan<double> fieldData)
    {
        double previous = _step < 0 ? double.NegativeInfinity : _times[_step];
        _step++;
        if (!(time > previous) || double.IsInfinity(time))
            throw new ArgumentException($"the time {time} of frame {_step} does not follow {previous}", nameof(time));
        _times[_step] = time;
        for (int i = 0; i < _fieldData.Length; i++)
            _fieldData[i][_step] = fieldData[i];
    }

    /// <summary>Writes the rows of a stacked array at this step.</summary>
    /// <exception cref="ArgumentException">There are more or fewer rows than points.</exception>
    internal void Write<T>(PointArray<T> array, T[] rows)
        where T : unmanaged
    {
        int points = _outline.PointCount;
        if (rows.Length != (long)array.Components * points)
        {
            throw new ArgumentException(
                $"frame {_step} does not have {points} points: {array.Name} has {rows.Length} numbers, not {(long)array.Components * points}",
                nameof(rows));
        }

        _stacked[array].WriteRows<T>((long)_step * points, rows);
    }

    /// <summary>Writes what leads from a step to its rows; returns the times of the steps.</summary>
    internal double[] Finish()
    {
        Release();
        using Hdf5Group steps = _root.CreateGroup("Steps");
        steps.SetNumber<long>("NSteps", _times.Length);
        using Hdf5Dataset values = steps.Write<double>("Values", _times);
        values.SetText("units", "1");
        values.SetText("long_name", _outline.TimeLongName);
        WriteConstant(steps, "PartOffsets", 0, _times.Length);
        WriteConstant(steps, "NumberOfParts", 1, _times.Length);
        WriteOffsets(steps, "PointOffsets", RowsPerStep(_outline.Points));
        WriteConstant(steps, "CellOffsets", 0, _times.Length, CellGroups.Length);
        WriteConstant(steps, "ConnectivityIdOffsets", 0, _times.Length, CellGroups.Length);
        using (Hdf5Group offsets = steps.CreateGroup("PointDataOffsets"))
        {
            foreach (PointArray array in _outline.Arrays)
                WriteOffsets(offsets, array.Name, RowsPerStep(array));
        }

        if (_fieldData.Length > 0)
            WriteFieldData(steps);
        return _times;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        _root.Dispose();
    }

    private int RowsPerStep(PointArray array) => array.Stacked ? _outline.PointCount : 0;

    private void Create(Hdf5Group group, PointArray array)
    {
        Hdf5Dataset dataset = array.Create(group, _outline.PointCount, _times.Length);
        if (array.Stacked)
            _stacked.Add(array, dataset);
        else
            dataset.Dispose();
    }

    private void Release()
    {
        foreach (Hdf5Dataset dataset in _stacked.Values)
            dataset.Dispose();
        _stacked.Clear();
    }

    private void WriteCells(PolyDataCells cells)
    {
        foreach (string name in CellGroups)
        {
            using Hdf5Group group = _root.CreateGroup(name);
            bool used = name == cells.Group;
            group.Write<long>("NumberOfCells", [used ? cells.Count : 0]).Dispose();
            group.Write<long>("NumberOfConnectivityIds", [used ? cells.Connectivity.Length : 0]).Dispose();
            if (used)
            {
                long[] offsets = new long[cells.Count + 1];
                for (int i = 0; i < offsets.Length; i++)
                    offsets[i] = (long)i * cells.Size;
                group.Write<long>("Offsets", offsets).Dispose();
                group.Write<long>("Connectivity", cells.Connectivity).Dispose();
            }
            else
            {
                group.Write<long>("Offsets", [0]).Dispose();
                group.Write<long>("Connectivity", []).Dispose();
            }
        }
    }

    private void WriteFieldData(Hdf5Group steps)
    {
        using Hdf5Group data = _root.CreateGroup("FieldData");
        using Hdf5Group offsets = steps.CreateGroup("FieldDataOffsets");
        for (int i = 0; i < _fieldData.Length; i++)
        {
            (string name, string longName) = _outline.FieldData[i];
            using Hdf5Dataset dataset = data.Write<double>(name, _fieldData[i]);
            dataset.SetText("units", "1");
            dataset.SetText("long_name", longName);
            WriteOffsets(offsets, name, 1);
        }
    }

    private void WriteOffsets(Hdf5Group group, string name, int rowsPerStep)
    {
        long[] offsets = new long[_times.Length];
        for (int step = 0; step < offsets.Length; step++)
            offsets[step] = (long)step * rowsPerStep;
        group.Write<long>(name, offsets).Dispose();
    }

    private static void WriteConstant(Hdf5Group group, string name, long value, params ReadOnlySpan<long> shape)
    {
        long length = 1;
        foreach (long dimension in shape)
            length *= dimension;
        long[] values = new long[length];
        Array.Fill(values, value);
        group.Write<long>(name, values, shape).Dispose();
    }
}
