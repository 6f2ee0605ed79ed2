using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>result.h5: the outcome of a run, written whole and read in parts.</summary>
/// <remarks>
/// Layout: /time [T], /coefficients [T, C], /degree and /order [C], /diagnostics/&lt;name&gt; [T],
/// /tokens/positions [T, n, d] and /tokens/weights [n] where the scheme has tokens; dimension scales time, coefficient, token
/// and axis; the case and the outcome as root attributes.
/// </remarks>
public sealed class ResultFile : IDisposable
{
    private const string PositionsPath = "tokens/positions";

    private readonly Hdf5File _file;

    private ResultFile(Hdf5File file)
    {
        _file = file;
        Header = ReadHeader(file);
        Outcome = ReadOutcome(file);
        Time = _file.ReadVector<double>("time");
        Degree = _file.ReadVector<int>("degree");
        Order = _file.ReadVector<int>("order");
        Basis = ReadBasis();
        RequireShape("coefficients", Time.Length, Basis.Count);
        if (HasTokens)
            RequireShape(PositionsPath, Time.Length, TokenWeights().Length, Header.Dimension);
    }

    /// <summary>What was computed.</summary>
    public ResultHeader Header { get; }

    /// <summary>How the run ended.</summary>
    public Outcome Outcome { get; }

    /// <summary>The harmonics of the stored coefficients.</summary>
    public HarmonicBasis Basis { get; }

    /// <summary>Time at which a density in harmonics was handed over to characteristics; null if it was not.</summary>
    public double? HandoverTime => _file.HasAttribute("handover_time") ? _file.GetNumber<double>("handover_time") : null;

    /// <summary>[T] output times.</summary>
    public double[] Time { get; }

    /// <summary>[C] degree of each coefficient.</summary>
    public int[] Degree { get; }

    /// <summary>[C] order of each coefficient.</summary>
    public int[] Order { get; }

    /// <summary>Names of the stored diagnostics.</summary>
    public IReadOnlyList<string> DiagnosticNames
    {
        get
        {
            using Hdf5Group group = _file.OpenGroup("diagnostics");
            return group.Names();
        }
    }

    /// <summary>Whether token positions are stored.</summary>
    public bool HasTokens => _file.Contains(PositionsPath);

    /// <summary>Version of the HDF5 library that writes and reads results.</summary>
    /// <exception cref="Hdf5Exception">The library is not installed.</exception>
    public static string LibraryVersion => Hdf5Library.Version;

    /// <summary>Writes a result: complete, on the disk and under its name, or not at all.</summary>
    /// <exception cref="ArgumentException">No snapshots, or shapes that do not fit together.</exception>
    /// <exception cref="IOException">The file could not be written, or libhdf5 is missing.</exception>
    public static void Write(string path, Result result)
    {
        ArgumentNullException.ThrowIfNull(result);
        RequireConsistent(result);
        using Hdf5File file = Hdf5File.CreateInMemory(Path.GetFileName(path));
        using (var writer = new ResultWriter(file, result))
            writer.WriteAll();
        file.Publish(path);
    }

    /// <summary>Opens a result.</summary>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    /// <exception cref="InvalidDataException">It is not a result of Meanfield or is damaged; the sentence says where.</exception>
    public static ResultFile Open(string path)
    {
        Hdf5File file = Hdf5File.OpenRead(path);
        try
        {
            return new ResultFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>[C] coefficients at one output time.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public double[] Coefficients(int step) => ReadStep("coefficients", step);

    /// <summary>[T] one diagnostic.</summary>
    /// <exception cref="InvalidDataException">It is not stored or the file is damaged.</exception>
    public double[] Diagnostic(string name) => _file.ReadVector<double>($"diagnostics/{name}");

    /// <summary>[n, d] token positions at one output time.</summary>
    /// <exception cref="InvalidDataException">The result has no tokens or the file is damaged.</exception>
    public double[,] TokenPositions(int step)
    {
        double[] values = ReadStep(PositionsPath, step);
        var positions = new double[values.Length / Header.Dimension, Header.Dimension];
        Buffer.BlockCopy(values, 0, positions, 0, Buffer.ByteLength(values));
        return positions;
    }

    /// <summary>[n] token weights.</summary>
    /// <exception cref="InvalidDataException">The result has no tokens or the file is damaged.</exception>
    public double[] TokenWeights() => _file.ReadVector<double>("tokens/weights");

    private static void RequireConsistent(Result result)
    {
        if (result.Snapshots.Count == 0)
            throw new ArgumentException("a result needs at least one snapshot", nameof(result));
        int numbers = result.Snapshots.PositionCount;
        foreach (SnapshotOutline snapshot in result.Snapshots.Outlines)
        {
            int expected = new HarmonicBasis(result.Header.Dimension, snapshot.Bandlimit).Count;
            if (snapshot.CoefficientCount != expected)
            {
                throw new ArgumentException(
                    $"the snapshot at t = {snapshot.Time} has {snapshot.CoefficientCount} coefficients, not {expected}",
                    nameof(result));
            }

            if (snapshot.PositionCount % result.Header.Dimension != 0 || (snapshot.PositionCount != 0 && snapshot.PositionCount != numbers))
                throw new ArgumentException($"token positions need {numbers} numbers at t = {snapshot.Time}", nameof(result));
        }
    }

    private static ResultHeader ReadHeader(Hdf5File file)
    {
        int format = file.GetNumber<int>("format_version");
        if (format != ResultNames.FormatVersion)
        {
            throw new InvalidDataException(
                $"{file.Location} has format version {format}; this version of Meanfield reads {ResultNames.FormatVersion}");
        }

        int dimension = file.GetNumber<int>("dimension");
        if (dimension < 2)
            throw new InvalidDataException($"{file.Location} states dimension {dimension}, which must be at least 2");
        var attention = new Attention(
            ResultNames.ParseNormalization(file.GetText("normalization"), file.Location),
            file.GetNumber<double>("beta"), file.GetNumber<double>("noise"));
        return new ResultHeader(
            file.GetText("title"), dimension, attention, file.GetText("scheme"), file.GetNumber<long>("seed"),
            file.GetText("version"), file.GetText("case"));
    }

    private static Outcome ReadOutcome(Hdf5File file) => new(
        ResultNames.ParseOutcome(file.GetText("outcome"), file.Location),
        file.GetNumber<double>("valid_until"),
        file.GetText("outcome_message"),
        file.GetText("warnings").Split('\n', StringSplitOptions.RemoveEmptyEntries),
        file.GetNumber<long>("steps"),
        file.GetNumber<long>("rejected_steps"),
        file.GetNumber<long>("evaluations"));

    private HarmonicBasis ReadBasis()
    {
        int bandlimit = Degree.Length == 0 ? -1 : Degree[^1];
        if (bandlimit >= 0 && bandlimit < Degree.Length && Order.Length == Degree.Length)
        {
            var basis = new HarmonicBasis(Header.Dimension, bandlimit);
            if (basis.Count == Degree.Length
                && Enumerable.Range(0, basis.Count).All(i => Degree[i] == basis.DegreeOf(i) && Order[i] == basis.OrderOf(i)))
            {
                return basis;
            }
        }

        throw new InvalidDataException(
            $"degree and order in {_file.Location} are not those of the harmonics in dimension {Header.Dimension}");
    }

    private double[] ReadStep(string path, int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, Time.Length);
        using Hdf5Dataset dataset = _file.Open(path);
        return dataset.ReadRows<double>(step, 1);
    }

    private void RequireShape(string path, params ReadOnlySpan<long> expected)
    {
        using Hdf5Dataset dataset = _file.Open(path);
        if (expected.SequenceEqual(dataset.Shape.ToArray()))
            return;
        string found = string.Join(", ", dataset.Shape);
        string wanted = string.Join(", ", expected.ToArray());
        throw new InvalidDataException($"{dataset.Location} has shape [{found}] where [{wanted}] is expected");
    }
}
