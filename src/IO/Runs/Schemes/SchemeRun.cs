using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>A case in the hands of the solver that its scheme names.</summary>
public abstract class SchemeRun
{
    private InitialCoefficients? _initial;

    private protected SchemeRun(Case @case) => (Case, Engine) = (@case, EngineOf(@case));

    /// <summary>The case.</summary>
    public Case Case { get; }

    /// <summary>The Fourier engine that runs, or "none".</summary>
    public string FourierEngine => HasRings ? Engine.Name : "none";

    /// <summary>The engine of the scheme's transforms and of the fields' mesh.</summary>
    internal IFourierEngine Engine { get; private set; }

    /// <summary>Whether the scheme transforms along rings: zonal densities have no longitudes, and tokens no grid.</summary>
    private protected virtual bool HasRings => false;

    /// <summary>How forces between tokens are summed and why; null where there are none.</summary>
    public virtual string? Forces => null;

    /// <summary>Time at which a density was handed over to characteristics; null if it was not.</summary>
    public virtual double? HandoverTime => null;

    /// <summary>Asked before each step: once cancelled, a run ends as <see cref="OutcomeKind.Stopped"/>.</summary>
    public CancellationToken Stop { get; set; }

    /// <summary>The run of a case's scheme.</summary>
    /// <exception cref="CaseException">The scheme cannot run this case.</exception>
    public static SchemeRun Create(Case @case) => @case.Method.Scheme switch
    {
        _ when @case.Training is not null => throw new CaseException("the case", null, "training", "is for meanfield train: remove it to run the untrained model with the identity for A"),
        Scheme.Spectral => new SpectralRun(@case),
        Scheme.Particles => new ParticleRun(@case),
        Scheme.Characteristics => new CharacteristicRun(@case),
        _ => new PerturbationRun(@case),
    };

    /// <summary>The Fourier engine that a case asks for.</summary>
    /// <exception cref="CaseException">It is not installed.</exception>
    internal static IFourierEngine EngineOf(Case @case)
    {
        IFourierEngine engine = FourierPlanner.Engine(@case.Method.Fourier);
        return engine.Absence is not string absence
            ? engine
            : throw new CaseException("the case", null, "method.fourier", $"cannot be {engine.Name}: {absence}, or use auto");
    }

    /// <summary>Takes the engine of the run that is resumed, whatever auto means here: its bits are kept.</summary>
    /// <exception cref="RunFolderException">It is not on this machine.</exception>
    internal void TakeEngine(string name)
    {
        if (name == FourierEngine) return;
        Engine = FourierPlanner.Engines.FirstOrDefault(engine => engine.Name == name && engine.IsAvailable)
            ?? throw new RunFolderException($"the run used the Fourier engine {name}, which is not on this machine: go on where it is installed");
    }

    /// <summary>The scheme as it is written.</summary>
    public static string NameOf(Scheme scheme) => scheme.ToString().ToLowerInvariant();

    /// <summary>Coefficients of the initial state, evaluated once; null for tokens that have no density.</summary>
    /// <exception cref="CaseException">The initial state is not usable.</exception>
    /// <exception cref="IOException">The file of initial data cannot be read.</exception>
    public InitialCoefficients? Initial => _initial ??= EvaluateInitial();

    /// <summary>Evaluates <see cref="Initial"/>.</summary>
    private protected virtual InitialCoefficients? EvaluateInitial() => InitialCoefficients.Of(Case);

    /// <summary>What the run will cost, measured on what <see cref="Needs"/> says.</summary>
    /// <exception cref="CaseException">The initial state is not usable.</exception>
    public virtual SchemeCost Cost(SchemeNeeds needs) => new(double.NaN);

    /// <summary>What the run will need.</summary>
    /// <exception cref="CaseException">The initial state is not usable.</exception>
    /// <exception cref="IOException">The file of initial data cannot be read.</exception>
    public abstract SchemeNeeds Needs();

    /// <summary>Solves the case.</summary>
    /// <param name="snapshots">Receives the states at the output times.</param>
    /// <param name="progress">Shows progress; may be null.</param>
    /// <exception cref="CaseException">The initial state is not usable.</exception>
    /// <exception cref="IOException">The file of initial data cannot be read.</exception>
    public abstract Outcome Run(ISnapshotSink snapshots, IProgressSink? progress);

    /// <summary>The run as it stands, for <see cref="Resume"/>; null where there is nothing to go on from: such a run starts again.</summary>
    public virtual RunCheckpoint? Checkpoint() => null;

    /// <summary>Goes on from what <see cref="Checkpoint"/> gave.</summary>
    /// <param name="from">Of the same case.</param>
    /// <param name="snapshots">Receives the states at the output times that are left.</param>
    /// <param name="progress">Shows progress; may be null.</param>
    /// <exception cref="InvalidDataException">The checkpoint is not one of this scheme.</exception>
    public virtual Outcome Resume(RunCheckpoint from, ISnapshotSink snapshots, IProgressSink? progress) => throw OfAnotherScheme();

    /// <summary>What a checkpoint without this scheme's part is refused with.</summary>
    private protected InvalidDataException OfAnotherScheme() => new($"the checkpoint is not one of scheme {NameOf(Case.Method.Scheme)}");

    /// <summary>Output times in the model's own time.</summary>
    public IReadOnlyList<double> OutputTimes => CaseTime.Outputs(Case);

    /// <summary>Runs a solver, naming the case where the solver refuses its initial state.</summary>
    private protected static Outcome Solve(Func<Outcome> solver)
    {
        try
        {
            return solver();
        }
        catch (ArgumentException problem)
        {
            throw new CaseException("the case", null, "initial", "cannot be used: " + problem.Message, problem);
        }
    }
}
