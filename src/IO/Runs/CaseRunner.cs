using System.Diagnostics;
using Meanfield.Perturbation;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>Solves a case and leaves a complete run folder.</summary>
public sealed class CaseRunner : ISnapshotSink
{
    private readonly Case _case;
    private readonly IProgressSink? _progress;
    private readonly List<Snapshot> _snapshots = [];
    private readonly List<FieldFrame> _frames = [];
    private readonly FieldSampler? _sampler;

    /// <summary>Prepares a case.</summary>
    /// <exception cref="CaseException">The case asks for something that this version does not have.</exception>
    public CaseRunner(Case @case, IProgressSink? progress = null)
    {
        RequireAvailable(@case);
        _case = @case;
        _progress = progress;
        if (!@case.Output.Fields) return;
        IFourierEngine engine = FourierPlanner.Engine(@case.Method.Fourier);
        _sampler = FieldSampler.Create(@case.Attention.Model, @case.Dimension, @case.Output.Degree, engine);
    }

    /// <summary>Factor from the case's time unit to the model's own time: 1, or 1/γ_max for unit growth.</summary>
    /// <exception cref="CaseException">unit: growth where nothing grows.</exception>
    public static double TimeScale(Case @case)
    {
        if (@case.Time.Unit == TimeUnit.Natural) return 1;
        double fastest = Eigenmodes.About(@case.Attention.Model, @case.Dimension).Fastest.GrowthRate;
        return fastest > 0
            ? 1 / fastest
            : throw new CaseException("the case", null, "time.unit", "cannot be growth: no perturbation of the uniform state grows; use natural");
    }

    /// <summary>The numerical settings of a spectral case, in the model's own time.</summary>
    public static DensitySettings Settings(Case @case)
    {
        double scale = TimeScale(@case);
        return new DensitySettings
        {
            Bandlimit = @case.Method.Bandlimit,
            MaximumBandlimit = @case.Method.MaxBandlimit,
            Tolerance = @case.Method.Tolerance,
            Engine = FourierPlanner.Engine(@case.Method.Fourier),
            OutputTimes = DensitySettings.Schedule(@case.Time.Until * scale, @case.Time.Every * scale),
        };
    }

    /// <inheritdoc/>
    public void Accept(Snapshot snapshot)
    {
        _snapshots.Add(snapshot);
        if (_sampler is not null) _frames.Add(_sampler.Sample(snapshot));
    }

    /// <summary>Runs the case into a folder; every file is published whole.</summary>
    /// <exception cref="CaseException">The initial state is not usable.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public Outcome Run(RunFolder folder)
    {
        var provenance = new Provenance { Started = DateTime.UtcNow, Seed = _case.Method.Seed, Hdf5 = ResultFile.LibraryVersion, FourierEngine = EngineName(_case) };
        InitialCoefficients initial = InitialCoefficients.Of(_case);
        DensitySettings settings = Settings(_case);
        string yaml = CaseWriter.Write(_case.WithAbsolutePaths());
        AtomicFile.WriteText(folder.FilePath("case.yaml"), yaml);

        long start = Stopwatch.GetTimestamp();
        var simulation = new DensitySimulation(_case.Attention.Model, _case.Dimension, settings, this, _progress);
        Outcome outcome = simulation.Run(initial.Values, initial.Degree);
        double solved = Stopwatch.GetElapsedTime(start).TotalSeconds;

        start = Stopwatch.GetTimestamp();
        if (_snapshots.Count > 0)
        {
            folder.WriteSeries(_snapshots);
            var header = new ResultHeader(_case.Title, _case.Dimension, _case.Attention.Model, "spectral", (long)_case.Method.Seed, ProgramVersion.Number, yaml);
            ResultFile.Write(folder.FilePath("result.h5"), new Result(header, _snapshots, outcome, _case.Output.Degree));
            if (_sampler is not null) FieldFile.Write(folder.FilePath("fields.vtkhdf"), _sampler.Mesh, _frames);
        }
        double written = Stopwatch.GetElapsedTime(start).TotalSeconds;
        AtomicFile.WriteText(folder.FilePath("provenance.json"), (provenance with { SolveSeconds = solved, WriteSeconds = written, Outcome = outcome }).ToJson());
        return outcome;
    }

    private static void RequireAvailable(Case @case)
    {
        if (@case.Method.Scheme != Scheme.Spectral)
            throw new CaseException("the case", null, "method.scheme", $"{@case.Method.Scheme.ToString().ToLowerInvariant()} is not in version {ProgramVersion.Number}: use spectral");
        IFourierEngine engine = FourierPlanner.Engine(@case.Method.Fourier);
        if (engine.Absence is string absence)
            throw new CaseException("the case", null, "method.fourier", $"cannot be {engine.Name}: {absence}, or use auto");
    }

    // Zonal densities have no longitudes to transform.
    private static string EngineName(Case @case) => @case.Dimension > 3 ? "none" : FourierPlanner.Engine(@case.Method.Fourier).Name;
}
