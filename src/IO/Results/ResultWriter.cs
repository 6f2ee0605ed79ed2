using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>Builds the image of result.h5.</summary>
internal sealed class ResultWriter(Hdf5File file, Result result) : IDisposable
{
    private readonly HarmonicBasis _basis = new(
        result.Header.Dimension, Math.Max(result.OutputDegree, result.Snapshots.Outlines.Max(s => s.Bandlimit)));

    private readonly Hdf5Dataset _time = file.Write<double>("time", result.Snapshots.Outlines.Select(s => s.Time).ToArray());

    /// <inheritdoc/>
    public void Dispose() => _time.Dispose();

    internal void WriteAll()
    {
        WriteAttributes();
        _time.MakeScale("time");
        Describe(_time, "the model's own time");
        _time.SetAscii("axis", "T");
        WriteCoefficients();
        WriteDiagnostics();
        if (result.Snapshots.PositionCount > 0)
            WriteTokens();
        if (result.Phases is { } phases)
            PhaseWriter.Write(file, phases);
        if (result.Training is { } training)
        {
            using Hdf5Group group = file.CreateGroup("training");
            using var writer = new TrainingWriter(group, training);
            writer.WriteAll(_time);
        }
    }

    private static void Describe(Hdf5Dataset dataset, string longName)
    {
        dataset.SetText("units", "1");
        dataset.SetText("long_name", longName);
    }

    private void WriteAttributes()
    {
        (ResultHeader header, Outcome outcome) = (result.Header, result.Outcome);
        file.SetText("Conventions", "CF-1.11");
        file.SetNumber("format_version", ResultNames.FormatVersion);
        file.SetText("title", header.Title);
        file.SetNumber("dimension", header.Dimension);
        file.SetNumber("beta", header.Attention.Beta);
        file.SetNumber("noise", header.Attention.Noise);
        file.SetText("normalization", ResultNames.Of(header.Attention.Normalization));
        file.SetText("scheme", header.Scheme);
        file.SetNumber("seed", header.Seed);
        file.SetText("version", header.Version);
        file.SetText("case", header.Case);
        file.SetText("outcome", ResultNames.Of(outcome.Kind));
        file.SetText("outcome_message", outcome.Message);
        file.SetText("warnings", string.Join('\n', outcome.Warnings));
        file.SetNumber("valid_until", outcome.ValidUntil);
        file.SetNumber("steps", outcome.Steps);
        file.SetNumber("rejected_steps", outcome.Rejected);
        file.SetNumber("evaluations", outcome.Evaluations);
        if (result.HandoverTime is { } handover)
            file.SetNumber("handover_time", handover);
    }

    private void WriteCoefficients()
    {
        int[] indices = [.. Enumerable.Range(0, _basis.Count)];
        using Hdf5Dataset index = file.Write<int>("coefficient", indices);
        index.MakeScale("coefficient");
        Describe(index, "position of the coefficient");
        WriteIndexed("degree", "degree of the harmonic", _basis.DegreeOf);
        WriteIndexed("order", "order of the harmonic (> 0 cosine, < 0 sine; 0 zonal)", _basis.OrderOf);

        Hdf5Layout layout = Hdf5Layout.PerRow(sizeof(double), result.Snapshots.Count, _basis.Count);
        using Hdf5Dataset coefficients = file.Create<double>("coefficients", layout);
        Describe(coefficients, "int Y d mu, real harmonics orthonormal in L2(sigma)");
        coefficients.SetText("coordinates", "degree order");
        coefficients.AttachScales(_time, index);
        double[] row = new double[_basis.Count];
        for (int step = 0; step < result.Snapshots.Count; step++)
        {
            Snapshot snapshot = result.Snapshots[step];
            snapshot.Coefficients.CopyTo(row, 0);
            row.AsSpan(snapshot.Coefficients.Length).Fill(snapshot.IsTruncated ? double.NaN : 0); // unknown, or none
            coefficients.WriteRows<double>(step, row);
        }

        void WriteIndexed(string name, string longName, Func<int, int> valueAt)
        {
            using Hdf5Dataset dataset = file.Write<int>(name, Array.ConvertAll(indices, i => valueAt(i)));
            Describe(dataset, longName);
            dataset.AttachScales(index);
        }
    }

    private void WriteDiagnostics()
    {
        using Hdf5Group group = file.CreateGroup("diagnostics");
        foreach (Diagnostic diagnostic in Diagnostic.All)
        {
            double[] values = [.. result.Snapshots.Outlines.Select(s => diagnostic.Read(s.Observables))];
            using Hdf5Dataset dataset = group.Write<double>(diagnostic.Name, values);
            Describe(dataset, diagnostic.LongName);
            dataset.AttachScales(_time);
        }
    }

    // The recorded tokens, of equal mass; NaN while a run has none yet.
    private void WriteTokens()
    {
        int dimension = result.Header.Dimension;
        int count = result.Snapshots.PositionCount / dimension;
        double[] masses = new double[count], none = new double[count * dimension];
        Array.Fill(masses, 1.0 / count);
        Array.Fill(none, double.NaN);
        using Hdf5Group group = file.CreateGroup("tokens");
        using Hdf5Dataset token = WriteScale(group, "token", count, "token");
        using Hdf5Dataset axis = WriteScale(group, "axis", dimension, "Cartesian axis");

        using Hdf5Dataset weights = group.Write<double>("weights", masses);
        Describe(weights, "mass of the token");
        weights.AttachScales(token);

        Hdf5Layout layout = Hdf5Layout.PerRow(sizeof(double), result.Snapshots.Count, count, dimension);
        using Hdf5Dataset positions = group.Create<double>("positions", layout);
        Describe(positions, "position of the token on the unit sphere");
        positions.AttachScales(_time, token, axis);
        for (int step = 0; step < result.Snapshots.Count; step++)
            positions.WriteRows<double>(step, result.Snapshots.Outlines[step].PositionCount > 0 ? result.Snapshots[step].Positions : none);
    }

    private static Hdf5Dataset WriteScale(Hdf5Group group, string name, int length, string longName)
    {
        Hdf5Dataset scale = group.Write<int>(name, Enumerable.Range(0, length).ToArray());
        scale.MakeScale(name);
        Describe(scale, longName);
        return scale;
    }
}
