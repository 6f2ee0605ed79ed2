namespace Meanfield.IO;

/// <summary>checkpoint.h5: all that a run needs to go on with the same bits, sealed, in two generations.</summary>
/// <remarks>
/// Root attributes format_version, version, fourier_engine, case (the YAML) and snapshots (files of the journal that belong to it); one group for the solver at work
/// (density, characteristics, tokens or series) and, after a hand-over, one for the run before it (spectral).
/// </remarks>
/// <param name="Snapshots">Snapshots published when it was taken.</param>
/// <param name="Version">Version of the program that wrote it.</param>
/// <param name="FourierEngine">The Fourier engine that ran, or "none".</param>
/// <param name="Case">The case as YAML, with every default written out.</param>
/// <param name="Run">Where the run stands.</param>
internal sealed record CheckpointFile(int Snapshots, string Version, string FourierEngine, string Case, RunCheckpoint Run)
{
    private const int FormatVersion = 1;
    private const string Current = "checkpoint.h5";
    private const string Previous = "checkpoint.previous.h5";

    /// <summary>Both generations, the newest first.</summary>
    internal static IReadOnlyList<string> Generations { get; } = [Current, Previous];

    /// <summary>Publishes the checkpoint; the one before stays as checkpoint.previous.h5.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    internal void Write(string folder)
    {
        string current = Path.Combine(folder, Current);
        using Hdf5File file = Hdf5File.CreateInMemory(Current);
        file.SetNumber("format_version", FormatVersion);
        file.SetNumber("snapshots", Snapshots);
        file.SetText("version", Version);
        file.SetText("fourier_engine", FourierEngine);
        file.SetText("case", Case);
        CheckpointGroups.Write(file, Run);
        if (File.Exists(current)) File.Move(current, Path.Combine(folder, Previous), overwrite: true);
        file.Publish(current, seal: true);
    }

    /// <summary>The newest checkpoint of a folder that is whole, for a run that goes on from it: a damaged one is removed, or it would take the place of the good one.</summary>
    /// <exception cref="InvalidDataException">There are only damaged ones, which are left alone.</exception>
    internal static CheckpointFile? Recover(string folder) => Newest(folder, damaged => File.Delete(damaged));

    /// <summary>The newest checkpoint of a folder that is whole; null where there never was one. Nothing is changed.</summary>
    /// <exception cref="InvalidDataException">There are only damaged ones.</exception>
    internal static CheckpointFile? Read(string folder) => Newest(folder, _ => { });

    private static CheckpointFile? Newest(string folder, Action<string> passOver)
    {
        InvalidDataException? damage = null;
        foreach (string name in Generations)
        {
            string path = Path.Combine(folder, name);
            if (!File.Exists(path)) continue;
            try
            {
                CheckpointFile found = Open(path);
                if (damage is not null) passOver(Path.Combine(folder, Current));
                return found;
            }
            catch (InvalidDataException problem)
            {
                damage = problem;
            }
        }
        return damage is null ? null : throw damage;
    }

    /// <summary>Reads one generation and leaves it as it is.</summary>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    /// <exception cref="InvalidDataException">It is damaged or of another format.</exception>
    internal static CheckpointFile Open(string path)
    {
        using Hdf5File file = Hdf5File.OpenSealed(path);
        if (file.GetNumber<int>("format_version") is var version && version != FormatVersion)
            throw new InvalidDataException($"{path} has format version {version}; this version of Meanfield reads {FormatVersion}");
        return new CheckpointFile(
            file.GetNumber<int>("snapshots"), file.GetText("version"), file.GetText("fourier_engine"), file.GetText("case"), CheckpointGroups.Read(file));
    }

    /// <summary>Whether a folder has one, whole or not.</summary>
    internal static bool IsIn(string folder) => Generations.Any(name => File.Exists(Path.Combine(folder, name)));

    /// <summary>Removes both generations.</summary>
    internal static void Delete(string folder)
    {
        File.Delete(Path.Combine(folder, Previous));
        File.Delete(Path.Combine(folder, Current));
    }
}
