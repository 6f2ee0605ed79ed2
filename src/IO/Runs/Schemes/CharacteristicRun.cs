using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>The density carried along its characteristics from the start.</summary>
internal sealed class CharacteristicRun : SchemeRun
{
    private CharacteristicSimulation? _simulation;

    /// <summary>Prepares a case.</summary>
    /// <exception cref="CaseException">It has noise, which no map carries.</exception>
    public CharacteristicRun(Case @case)
        : base(@case)
    {
        if (@case.Attention.Noise > 0)
            throw new CaseException("the case", null, "attention.noise", "must be 0 with scheme characteristics, which cannot carry noise: use spectral or particles");
    }

    /// <inheritdoc/>
    public override string Forces => "harmonics of the nodes' masses";

    /// <summary>The numerical settings of characteristics for given output times.</summary>
    public static CharacteristicSettings SettingsOf(Case @case, IReadOnlyList<double> outputTimes) => new()
    {
        OutputTimes = outputTimes,
        Tolerance = @case.Method.Tolerance,
        Degree = @case.Output.Degree,
        RecordedTokens = @case.Output.Tokens,
        Seed = @case.Method.Seed,
        Nodes = @case.Method.Tokens,
    };

    /// <inheritdoc/>
    public override SchemeNeeds Needs()
    {
        CharacteristicSettings settings = SettingsOf(Case, OutputTimes);
        int most = settings.MostNodes(Case.Dimension == 3 ? 2 : 1);
        long data = sizeof(double) * Initial!.Values.LongLength, state = sizeof(double) * (long)most * Case.Dimension;
        return new SchemeNeeds(
            data + CharacteristicSimulation.MemoryBytes(Case.Dimension, settings.Nodes), data + CharacteristicSimulation.MemoryBytes(Case.Dimension, most), state)
        {
            Tokens = most,
        };
    }

    /// <inheritdoc/>
    public override SchemeCost Cost(SchemeNeeds needs)
    {
        var basis = new HarmonicBasis(Case.Dimension, Initial!.Degree);
        return new SchemeCost(CharacteristicSimulation.Measure(Case.Attention.Model, SettingsOf(Case, OutputTimes), basis, Initial.Values).SecondsPerStep, Forces);
    }

    /// <inheritdoc/>
    public override Outcome Run(ISnapshotSink snapshots, IProgressSink? progress)
    {
        InitialCoefficients initial = Initial!;
        TokenSample? recorded = InitialTokens.Given(Case);
        CharacteristicSimulation simulation = Create(snapshots, progress);
        return Solve(() => simulation.Run(new HarmonicBasis(Case.Dimension, initial.Degree), initial.Values, 0, recorded));
    }

    /// <inheritdoc/>
    public override Outcome Resume(RunCheckpoint from, ISnapshotSink snapshots, IProgressSink? progress) =>
        Create(snapshots, progress).Resume(from.Characteristics ?? throw OfAnotherScheme());

    /// <inheritdoc/>
    public override RunCheckpoint? Checkpoint() => new() { Characteristics = _simulation!.Checkpoint() };

    private CharacteristicSimulation Create(ISnapshotSink snapshots, IProgressSink? progress) =>
        _simulation = new CharacteristicSimulation(Case.Attention.Model, SettingsOf(Case, OutputTimes), snapshots, progress, Stop);
}
