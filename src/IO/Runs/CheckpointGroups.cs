using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>The groups of checkpoint.h5, one per solver: numbers as attributes, vectors as datasets.</summary>
internal static class CheckpointGroups
{
    /// <summary>Writes the solver at work and what came before it.</summary>
    internal static void Write(Hdf5Group file, RunCheckpoint run)
    {
        if (run.Density is { } density)
        {
            using Hdf5Group group = Begin(file, "density", density.Time, density.Step, density.LastStep, density.PreviousRatio, density.Outputs, density.Observables);
            Count(group, density.Steps, density.Rejected, density.Evaluations, density.Warnings);
            group.SetNumber("bandlimit", density.Bandlimit);
            group.SetNumber("oversampling", density.Oversampling);
            group.SetNumber("published_time", density.PublishedTime);
            group.SetNumber("admitted_error", density.Truth.Admitted);
            group.SetNumber("published_error", density.Truth.Published);
            group.SetNumber("first_negative_mass", density.Truth.FirstNegative);
            Put(group, "coefficients", density.Coefficients);
        }
        if (run.Characteristics is { } carried)
        {
            using Hdf5Group group = Begin(file, "characteristics", carried.Time, carried.Step, carried.LastStep, carried.PreviousRatio, carried.Outputs, carried.Observables);
            Count(group, carried.Steps, carried.Rejected, carried.Evaluations, carried.Warnings);
            group.SetNumber("dimension", carried.Dimension);
            group.SetNumber("squares", carried.Mesh.Squares);
            group.SetNumber("initial_error", carried.Mesh.InitialError);
            group.SetNumber("negative_mass", carried.Mesh.NegativeMass);
            Put(group, "state", carried.State);
            Put(group, "lengths", carried.Mesh.Lengths);
            Put(group, "masses", carried.Mesh.Masses);
            Put(group, "directions", carried.Directions);
        }
        if (run.Tokens is { } tokens)
        {
            using Hdf5Group group = Begin(file, "tokens", tokens.Time, tokens.Step, tokens.LastStep, tokens.PreviousRatio, tokens.Outputs, tokens.Observables);
            Count(group, tokens.Steps, tokens.Rejected, tokens.Evaluations, []);
            group.SetNumber("slope_time", tokens.SlopeTime);
            group.SetNumber("interval_steps", tokens.IntervalSteps);
            Put(group, "state", tokens.State);
        }
        if (run.SeriesOutputs is { } outputs)
        {
            using Hdf5Group group = file.CreateGroup("series");
            group.SetNumber("outputs", outputs);
        }
        if (run.Handover is { } handover)
        {
            using Hdf5Group group = file.CreateGroup("spectral");
            Count(group, handover.Spectral.Steps, handover.Spectral.Rejected, handover.Spectral.Evaluations, handover.Spectral.Warnings);
            group.SetNumber("time", handover.Time);
            group.SetNumber("bandlimit", handover.Bandlimit);
            group.SetText("outcome_message", handover.Spectral.Message);
        }
    }

    /// <summary>What <see cref="Write"/> wrote.</summary>
    internal static RunCheckpoint Read(Hdf5Group file) => new()
    {
        SeriesOutputs = file.Contains("series") ? SeriesOutputs(file) : null,
        Density = Find(file, "density", group => new DensityCheckpoint(
            group.GetNumber<double>("time"), group.GetNumber<int>("bandlimit"), group.GetNumber<int>("oversampling"), Get(group, "coefficients"),
            group.GetNumber<double>("next_step"), group.GetNumber<double>("last_step"), group.GetNumber<double>("previous_ratio"),
            group.GetNumber<int>("outputs"), group.GetNumber<double>("published_time"),
            group.GetNumber<long>("steps"), group.GetNumber<long>("rejected_steps"), group.GetNumber<long>("evaluations"),
            Journal.ReadObservables(group), Warnings(group),
            new TruthCheckpoint(group.GetNumber<double>("admitted_error"), group.GetNumber<double>("published_error"), group.GetNumber<double>("first_negative_mass")))),
        Characteristics = Find(file, "characteristics", group => new CharacteristicCheckpoint(
            group.GetNumber<int>("dimension"), group.GetNumber<double>("time"), Get(group, "state"),
            new MeshCheckpoint(
                Get(group, "lengths"), Get(group, "masses"),
                group.GetNumber<double>("squares"), group.GetNumber<double>("initial_error"), group.GetNumber<double>("negative_mass")),
            Get(group, "directions"),
            group.GetNumber<double>("next_step"), group.GetNumber<double>("last_step"), group.GetNumber<double>("previous_ratio"), group.GetNumber<int>("outputs"),
            group.GetNumber<long>("steps"), group.GetNumber<long>("rejected_steps"), group.GetNumber<long>("evaluations"),
            Journal.ReadObservables(group), Warnings(group))),
        Tokens = Find(file, "tokens", group => new TokenCheckpoint(
            group.GetNumber<double>("time"), group.GetNumber<double>("slope_time"), Get(group, "state"),
            group.GetNumber<double>("next_step"), group.GetNumber<double>("last_step"), group.GetNumber<double>("previous_ratio"),
            group.GetNumber<int>("outputs"), group.GetNumber<int>("interval_steps"),
            group.GetNumber<long>("steps"), group.GetNumber<long>("rejected_steps"), group.GetNumber<long>("evaluations"),
            Journal.ReadObservables(group))),
        Handover = Find(file, "spectral", group => new RunHandover(
            group.GetNumber<double>("time"), group.GetNumber<int>("bandlimit"),
            new Outcome(
                OutcomeKind.ResolutionLost, group.GetNumber<double>("time"), group.GetText("outcome_message"), Warnings(group),
                group.GetNumber<long>("steps"), group.GetNumber<long>("rejected_steps"), group.GetNumber<long>("evaluations")))),
    };

    private static int SeriesOutputs(Hdf5Group file)
    {
        using Hdf5Group group = file.OpenGroup("series");
        return group.GetNumber<int>("outputs");
    }

    private static Hdf5Group Begin(
        Hdf5Group file, string name, double time, double step, double lastStep, double previousRatio, int outputs, in Observables observables)
    {
        Hdf5Group group = file.CreateGroup(name);
        Journal.WriteObservables(group, observables);
        group.SetNumber("time", time);
        group.SetNumber("next_step", step);
        group.SetNumber("last_step", lastStep);
        group.SetNumber("previous_ratio", previousRatio);
        group.SetNumber("outputs", outputs);
        return group;
    }

    private static void Count(Hdf5Group group, long steps, long rejected, long evaluations, IReadOnlyList<string> warnings)
    {
        group.SetNumber("steps", steps);
        group.SetNumber("rejected_steps", rejected);
        group.SetNumber("evaluations", evaluations);
        group.SetText("warnings", string.Join('\n', warnings));
    }

    private static string[] Warnings(Hdf5Group group) => group.GetText("warnings").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static T? Find<T>(Hdf5Group file, string name, Func<Hdf5Group, T> read)
        where T : class
    {
        if (!file.Contains(name)) return null;
        using Hdf5Group group = file.OpenGroup(name);
        return read(group);
    }

    private static void Put(Hdf5Group group, string name, double[] values)
    {
        if (values.Length > 0) group.Write<double>(name, values).Dispose();
    }

    private static double[] Get(Hdf5Group group, string name) => group.Contains(name) ? group.ReadVector<double>(name) : [];
}
