using System.Globalization;
using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>The states that a run has published so far: one sealed file per output time, whole or not there.</summary>
/// <remarks>
/// journal/000012.h5: root attributes format_version, number, case (SHA-256 of case.yaml), time, bandlimit and truncated; /diagnostics with every diagnostic as an
/// attribute; /coefficients, and /positions and /cluster_ids where the scheme has them.
/// </remarks>
/// <param name="folder">Where.</param>
/// <param name="caseHash">SHA-256 of the run's case.yaml, which its files name: those of another run are refused.</param>
internal sealed class Journal(string folder, string caseHash = "")
{
    private const int FormatVersion = 2;

    /// <summary>Publishes a snapshot; an earlier one of that number is replaced.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    internal void Write(int number, Snapshot snapshot)
    {
        Directory.CreateDirectory(folder);
        using Hdf5File file = Hdf5File.CreateInMemory(Name(number));
        file.SetNumber("format_version", FormatVersion);
        file.SetNumber("number", number);
        file.SetText("case", caseHash);
        file.SetNumber("time", snapshot.Time);
        file.SetNumber("bandlimit", snapshot.Bandlimit);
        file.SetNumber("truncated", snapshot.IsTruncated ? 1 : 0);
        WriteObservables(file, snapshot.Observables);
        file.Write<double>("coefficients", snapshot.Coefficients).Dispose();
        if (snapshot.Positions is { Length: > 0 } positions) file.Write<double>("positions", positions).Dispose();
        if (snapshot.ClusterIds is { Length: > 0 } clusters) file.Write<int>("cluster_ids", clusters).Dispose();
        file.Publish(PathOf(number), seal: true);
    }

    /// <summary>Reads a snapshot back, bit by bit what was written (no tokens recorded reads as none).</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    /// <exception cref="InvalidDataException">It is damaged, of another format, of another run or of another output time.</exception>
    internal Snapshot Read(int number)
    {
        using Hdf5File file = Open(number);
        return new Snapshot(file.GetNumber<double>("time"), file.GetNumber<int>("bandlimit"), file.ReadVector<double>("coefficients"), ReadObservables(file))
        {
            IsTruncated = file.GetNumber<int>("truncated") != 0,
            Positions = file.Contains("positions") ? file.ReadVector<double>("positions") : null,
            ClusterIds = file.Contains("cluster_ids") ? file.ReadVector<int>("cluster_ids") : null,
        };
    }

    /// <summary>The outline of a snapshot, whose state is left alone but for its seal.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    /// <exception cref="InvalidDataException">It is damaged, of another format, of another run or of another output time.</exception>
    internal SnapshotOutline ReadOutline(int number)
    {
        using Hdf5File file = Open(number);
        return new SnapshotOutline(
            file.GetNumber<double>("time"), file.GetNumber<int>("bandlimit"), file.GetNumber<int>("truncated") != 0, Length(file, "coefficients"),
            file.Contains("positions") ? Length(file, "positions") : 0, ReadObservables(file));
    }

    /// <summary>How many files there are, counted from the first without a gap.</summary>
    internal int Count()
    {
        int count = 0;
        while (File.Exists(PathOf(count))) count++;
        return count;
    }

    /// <summary>The group diagnostics: each by its name as an attribute, in full precision.</summary>
    internal static void WriteObservables(Hdf5Group place, Observables observables)
    {
        using Hdf5Group group = place.CreateGroup("diagnostics");
        foreach (Diagnostic diagnostic in Diagnostic.All) group.SetNumber(diagnostic.Name, diagnostic.Read(observables));
    }

    /// <summary>What <see cref="WriteObservables"/> wrote.</summary>
    internal static Observables ReadObservables(Hdf5Group place)
    {
        using Hdf5Group group = place.OpenGroup("diagnostics");
        return Diagnostic.All.Aggregate(new Observables(), (observables, diagnostic) => diagnostic.With(observables, group.GetNumber<double>(diagnostic.Name)));
    }

    private Hdf5File Open(int number)
    {
        Hdf5File file = Hdf5File.OpenSealed(PathOf(number));
        try
        {
            if (file.GetNumber<int>("format_version") is var version && version != FormatVersion)
                throw new InvalidDataException($"{file.Location} has format version {version}; this version of Meanfield reads {FormatVersion}");
            if (file.GetText("case") != caseHash) throw new InvalidDataException($"{PathOf(number)} is of another run: it names another case");
            if (file.GetNumber<int>("number") is var own && own != number) throw new InvalidDataException($"{PathOf(number)} is of another output time: it is number {own}");
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static int Length(Hdf5File file, string name)
    {
        using Hdf5Dataset dataset = file.Open(name);
        return dataset.Shape.Count == 1 ? (int)dataset.Shape[0] : throw new InvalidDataException($"{dataset.Location} is not a vector");
    }

    private static string Name(int number) => number.ToString("D6", CultureInfo.InvariantCulture) + ".h5";

    private string PathOf(int number) => Path.Combine(folder, Name(number));
}
