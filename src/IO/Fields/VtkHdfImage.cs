namespace Meanfield.IO;

/// <summary>
/// VTKHDF 2.0, temporal PolyData in one part: a mesh stored once, point data stacked in time, one chunk per step.
/// </summary>
/// <remarks>The rules were found by opening files in ParaView 5.12 to 6.2; tests/python/vtkhdf_lint.py checks them.</remarks>
internal static class VtkHdfImage
{
    private static readonly string[] CellGroups = ["Vertices", "Lines", "Polygons", "Strips"];

    /// <summary>Writes the image and returns the times of the frames.</summary>
    internal static double[] Write(Hdf5File file, FieldMesh mesh, IReadOnlyList<FieldFrame> frames)
    {
        using Hdf5Group root = file.CreateGroup("VTKHDF");
        root.SetNumbers<long>("Version", [2, 0]);
        root.SetAscii("Type", "PolyData");
        WriteMesh(root, mesh);

        int steps = frames.Count;
        double[] times = new double[steps];
        double[] orderParameters = new double[steps];
        double[] masses = new double[steps];
        WriteFrames(root, mesh, frames, (step, frame) =>
        {
            times[step] = frame.Time;
            orderParameters[step] = frame.OrderParameter;
            masses[step] = frame.Mass;
        });

        using Hdf5Group stepGroup = root.CreateGroup("Steps");
        stepGroup.SetNumber<long>("NSteps", steps);
        using Hdf5Dataset values = stepGroup.Write<double>("Values", times);
        values.SetText("units", "1");
        values.SetText("long_name", "the model's own time");
        WriteMeshOffsets(stepGroup, steps);
        using (Hdf5Group offsets = stepGroup.CreateGroup("PointDataOffsets"))
        {
            WriteOffsets(offsets, "density", steps, mesh.PointCount);
            WriteOffsets(offsets, "velocity", steps, mesh.PointCount);
        }

        using Hdf5Group fieldData = root.CreateGroup("FieldData");
        using Hdf5Group fieldOffsets = stepGroup.CreateGroup("FieldDataOffsets");
        WriteFieldDatum(fieldData, fieldOffsets, "order_parameter", "order parameter |int x d mu|", orderParameters);
        WriteFieldDatum(fieldData, fieldOffsets, "mass", "total mass", masses);
        return times;
    }

    private static void WriteMesh(Hdf5Group root, FieldMesh mesh)
    {
        root.Write<long>("NumberOfPoints", [mesh.PointCount]).Dispose();
        root.Write<float>("Points", mesh.Points, mesh.PointCount, 3).Dispose();
        foreach (string name in CellGroups)
        {
            using Hdf5Group group = root.CreateGroup(name);
            bool used = name == mesh.CellGroup;
            group.Write<long>("NumberOfCells", [used ? mesh.CellCount : 0]).Dispose();
            group.Write<long>("NumberOfConnectivityIds", [used ? mesh.Connectivity.Length : 0]).Dispose();
            if (used)
            {
                long[] offsets = new long[mesh.CellCount + 1];
                for (int i = 0; i < offsets.Length; i++)
                    offsets[i] = (long)i * mesh.CellSize;
                group.Write<long>("Offsets", offsets).Dispose();
                group.Write<long>("Connectivity", mesh.Connectivity).Dispose();
            }
            else
            {
                group.Write<long>("Offsets", [0]).Dispose();
                group.Write<long>("Connectivity", []).Dispose();
            }
        }
    }

    private static void WriteFrames(
        Hdf5Group root, FieldMesh mesh, IReadOnlyList<FieldFrame> frames, Action<int, FieldFrame> visit)
    {
        int points = mesh.PointCount;
        long rows = (long)frames.Count * points;
        using Hdf5Group group = root.CreateGroup("PointData");
        group.SetAscii("Scalars", "density");
        group.SetAscii("Vectors", "velocity");
        using Hdf5Dataset density = group.Create<float>("density", new Hdf5Layout([rows], points, Extendable: true));
        density.SetText("units", "1");
        density.SetText("long_name", "density with respect to the normalized uniform measure (uniform = 1)");
        using Hdf5Dataset velocity = group.Create<float>("velocity", new Hdf5Layout([rows, 3], points, Extendable: true));
        velocity.SetText("units", "1");
        velocity.SetText("long_name", "tangential velocity, Cartesian components");

        double previous = double.NegativeInfinity;
        for (int step = 0; step < frames.Count; step++)
        {
            FieldFrame frame = frames[step];
            if (!(frame.Time > previous) || double.IsInfinity(frame.Time))
                throw new ArgumentException($"the time {frame.Time} of frame {step} does not follow {previous}", nameof(frames));
            if (frame.Density.Length != points || frame.Velocity.Length != 3 * points)
                throw new ArgumentException($"frame {step} does not have {points} points", nameof(frames));
            density.WriteRows<float>((long)step * points, frame.Density);
            velocity.WriteRows<float>((long)step * points, frame.Velocity);
            visit(step, frame);
            previous = frame.Time;
        }
    }

    private static void WriteMeshOffsets(Hdf5Group steps, int count)
    {
        WriteConstant(steps, "PartOffsets", 0, count);
        WriteConstant(steps, "NumberOfParts", 1, count);
        WriteConstant(steps, "PointOffsets", 0, count);
        WriteConstant(steps, "CellOffsets", 0, count, CellGroups.Length);
        WriteConstant(steps, "ConnectivityIdOffsets", 0, count, CellGroups.Length);
    }

    private static void WriteFieldDatum(Hdf5Group data, Hdf5Group offsets, string name, string longName, double[] values)
    {
        using Hdf5Dataset dataset = data.Write<double>(name, values);
        dataset.SetText("units", "1");
        dataset.SetText("long_name", longName);
        WriteOffsets(offsets, name, values.Length, 1);
    }

    private static void WriteOffsets(Hdf5Group group, string name, int count, int rowsPerStep)
    {
        long[] offsets = new long[count];
        for (int step = 0; step < count; step++)
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
