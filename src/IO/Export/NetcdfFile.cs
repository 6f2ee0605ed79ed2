using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>A run as one CF-1.11 netCDF-4 file, which is an HDF5 file with a scale for every dimension: for xarray, ncdump, Panoply, ParaView's NetCDF reader.</summary>
/// <remarks>
/// density, and v_north and u_east (time, lat, lon) on the sphere or velocity (time, theta) on the circle, on a grid with the weights area_weight, whose sum is 1;
/// coefficients (time, coefficient) with degree and order; every diagnostic (time); positions (time, token, axis) where tokens are recorded.
/// All text is ASCII of fixed length: netCDF's text of variable length breaks ParaView's reader.
/// </remarks>
internal sealed class NetcdfFile
{
    private const int LongestText = 60_000; // an attribute has at most 64 KiB

    private readonly Hdf5File _file;
    private readonly RunAssembly _run;
    private readonly Hdf5Dataset _time;

    private NetcdfFile(Hdf5File file, RunAssembly run)
    {
        (_file, _run) = (file, run);
        _time = Scale("time", [.. run.Snapshots.Outlines.Select(outline => outline.Time)], "the model's own time");
        _time.SetAscii("axis", "T");
    }

    /// <summary>Writes the file: complete, on the disk and under its name, or not at all.</summary>
    /// <exception cref="CaseException">The Fourier engine of the case is not installed.</exception>
    /// <exception cref="IOException">The file could not be written, or libhdf5 is missing.</exception>
    internal static void Write(string path, RunAssembly run)
    {
        using Hdf5File file = Hdf5File.CreateInMemory(Path.GetFileName(path));
        var netcdf = new NetcdfFile(file, run);
        using (netcdf._time)
        {
            netcdf.WriteAttributes();
            netcdf.WriteStates();
            netcdf.WriteDiagnostics();
            if (run.Case.Dimension <= 3) netcdf.WriteFields();
        }

        file.Publish(path);
    }

    private void WriteAttributes()
    {
        (ResultHeader header, Outcome outcome) = (_run.Header, _run.Outcome);
        Text("Conventions", "CF-1.11");
        Text("title", header.Title);
        Text("source", $"Meanfield {header.Version}, scheme {header.Scheme}");
        Text("normalization", ResultNames.Of(header.Attention.Normalization));
        Text("outcome", ResultNames.Of(outcome.Kind));
        Text("outcome_message", outcome.Message);
        Text("case", header.Case);
        _file.SetNumber("dimension", header.Dimension);
        _file.SetNumber("beta", header.Attention.Beta);
        _file.SetNumber("noise", header.Attention.Noise);
        _file.SetNumber("valid_until", outcome.ValidUntil);

        void Text(string name, string text)
        {
            if (text.Length is > 0 and < LongestText) _file.SetAscii(name, text);
        }
    }

    // Coefficients and tokens in one pass over the states.
    private void WriteStates()
    {
        SnapshotHistory snapshots = _run.Snapshots;
        int dimension = _run.Case.Dimension, steps = snapshots.Count, tokens = snapshots.PositionCount / dimension;
        var basis = new HarmonicBasis(dimension, snapshots.Outlines.Max(outline => outline.Bandlimit));
        int[] indices = [.. Enumerable.Range(0, basis.Count)];
        using Hdf5Dataset index = Scale("coefficient", indices, "position of the coefficient");
        using (Hdf5Dataset degree = Variable("degree", Array.ConvertAll(indices, basis.DegreeOf), "degree of the harmonic", index)) { }
        using (Hdf5Dataset order = Variable("order", Array.ConvertAll(indices, basis.OrderOf), "order of the harmonic (> 0 cosine, < 0 sine; 0 zonal)", index)) { }
        using Hdf5Dataset coefficients = Rows("coefficients", "int Y d mu, real harmonics orthonormal in L2(sigma)", [steps, basis.Count], _time, index);
        coefficients.SetAscii("coordinates", "degree order");
        using Hdf5Dataset? token = tokens == 0 ? null : Scale("token", [.. Enumerable.Range(0, tokens)], "token");
        using Hdf5Dataset? axis = tokens == 0 ? null : Scale("axis", [.. Enumerable.Range(0, dimension)], "Cartesian axis");
        using Hdf5Dataset? positions = tokens == 0 ? null : Rows("positions", "position of the token on the unit sphere", [steps, tokens, dimension], _time, token!, axis!);
        double[] row = new double[basis.Count], none = new double[tokens * dimension];
        Array.Fill(none, double.NaN);
        for (int step = 0; step < steps; step++)
        {
            Snapshot snapshot = snapshots[step];
            snapshot.Coefficients.CopyTo(row, 0);
            row.AsSpan(snapshot.Coefficients.Length).Fill(snapshot.IsTruncated ? double.NaN : 0); // unknown, or none
            coefficients.WriteRows<double>(step, row);
            positions?.WriteRows<double>(step, snapshot.Positions ?? none);
        }
    }

    private void WriteDiagnostics()
    {
        foreach (Diagnostic diagnostic in Diagnostic.All)
        {
            double[] values = [.. _run.Snapshots.Outlines.Select(outline => diagnostic.Read(outline.Observables))];
            Variable(diagnostic.Name, values, diagnostic.LongName, _time).Dispose();
        }
    }

    private void WriteFields()
    {
        Case @case = _run.Case;
        SnapshotHistory snapshots = _run.Snapshots;
        FieldSampler sampler = FieldSampler.Create(@case.Attention.Model, @case.Dimension, @case.Output.Degree, SchemeRun.EngineOf(@case))!;
        Hdf5Dataset[] axes = [.. sampler.Axes.Select(WriteAxis)];
        long[] grid = [.. sampler.Axes.Select(axis => axis.Points.LongLength)];
        using (Hdf5Dataset weight = Rows("area_weight", "share of the grid point in the normalized uniform measure; the sum is 1", grid, axes))
            weight.WriteRows<double>(0, sampler.Weights);
        Hdf5Dataset[] fields = [.. sampler.FieldNames.Select(field => Rows(field.Name, field.LongName, [snapshots.Count, .. grid], [_time, .. axes]))];
        foreach (Hdf5Dataset field in fields) field.SetAscii("cell_measures", "area: area_weight");
        for (int step = 0; step < snapshots.Count; step++)
        {
            double[][] values = sampler.SampleGrid(snapshots[step]);
            for (int i = 0; i < fields.Length; i++) fields[i].WriteRows<double>(step, values[i]);
        }

        foreach (Hdf5Dataset dataset in (Hdf5Dataset[])[.. fields, .. axes]) dataset.Dispose();
    }

    private Hdf5Dataset WriteAxis(FieldAxis axis)
    {
        Hdf5Dataset scale = Scale(axis.Name, axis.Points, axis.LongName, axis.Units);
        if (axis.StandardName is null) return scale;
        scale.SetAscii("standard_name", axis.StandardName);
        scale.SetAscii("axis", axis.Name == "lat" ? "Y" : "X");
        string bounds = axis.Name + "_bnds";
        scale.SetAscii("bounds", bounds);
        if (!_file.Contains("nv")) Scale("nv", (int[])[0, 1], "lower and upper bound").Dispose();
        using Hdf5Dataset sides = _file.Open("nv");
        using Hdf5Dataset dataset = _file.Write<double>(bounds, axis.Bounds, axis.Points.Length, 2);
        dataset.AttachScales(scale, sides);
        return scale;
    }

    private Hdf5Dataset Scale<T>(string name, T[] values, string longName, string units = "1")
        where T : unmanaged
    {
        Hdf5Dataset scale = _file.Write<T>(name, values);
        scale.MakeScale(name);
        return Described(scale, longName, units);
    }

    private Hdf5Dataset Variable<T>(string name, T[] values, string longName, Hdf5Dataset scale)
        where T : unmanaged
    {
        Hdf5Dataset variable = Described(_file.Write<T>(name, values), longName);
        variable.AttachScales(scale);
        return variable;
    }

    private Hdf5Dataset Rows(string name, string longName, long[] shape, params Hdf5Dataset[] scales)
    {
        bool inTime = ReferenceEquals(scales[0], _time);
        Hdf5Layout layout = inTime ? Hdf5Layout.PerRow(sizeof(double), shape) : Hdf5Layout.InOnePiece(sizeof(double), shape);
        Hdf5Dataset rows = Described(_file.Create<double>(name, layout), longName);
        rows.AttachScales(scales);
        return rows;
    }

    private static Hdf5Dataset Described(Hdf5Dataset dataset, string longName, string units = "1")
    {
        dataset.SetAscii("units", units);
        dataset.SetAscii("long_name", longName);
        return dataset;
    }
}
