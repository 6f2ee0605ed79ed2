using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>Tokens, each feeling all others.</summary>
internal sealed class ParticleRun : SchemeRun
{
    private readonly TokenModel _model;
    private TokenSimulation? _simulation;

    /// <summary>Prepares a case.</summary>
    /// <exception cref="CaseException">Its keys contradict each other.</exception>
    public ParticleRun(Case @case)
        : base(@case)
    {
        AttentionSettings attention = @case.Attention;
        _model = new TokenModel(attention.Model, @case.Dimension)
        {
            Query = Flat(attention.Query),
            Key = Flat(attention.Key),
            Value = Flat(attention.Value),
            Causal = attention.Mask == AttentionMask.Causal,
        };
        if (attention.Noise > 0 && attention.LayerNorm != NormPlacement.Post)
            throw new CaseException("the case", null, "attention.layer_norm", "must be post with noise");
        if (@case.Method.Forces == ForceChoice.Harmonic && Norm.NeedsOutput)
            throw new CaseException("the case", null, "method.forces", "cannot be harmonic with this attention.layer_norm: use direct or auto");
        if (@case.Method.Forces == ForceChoice.Harmonic && attention.Beta != 0 && !HarmonicForce.Serves(_model))
            throw new CaseException("the case", null, "method.forces", "can be harmonic only in dimension 2 and 3, without matrices and without a mask: use direct or auto");
    }

    /// <inheritdoc/>
    public override string? Forces => _simulation?.Forces?.Reason;

    /// <summary>The attention between tokens.</summary>
    public TokenModel Model => _model;

    /// <summary>The numerical settings, in the model's own time.</summary>
    public TokenSettings Settings => new()
    {
        OutputTimes = OutputTimes,
        Tolerance = Case.Method.Tolerance,
        Forces = Case.Method.Forces,
        Norm = Norm,
        Degree = Case.Output.Degree,
        RecordedTokens = Case.Output.Tokens,
        Seed = Case.Method.Seed,
        NoiseStep = Case.Method.Step,
    };

    /// <inheritdoc/>
    public override SchemeNeeds Needs()
    {
        int count = InitialTokens.CountOf(Case);
        TokenSettings settings = Settings;
        long bytes = TokenSimulation.MemoryBytes(_model, settings, count);
        return new SchemeNeeds(bytes, bytes, sizeof(double) * (long)count * Case.Dimension) { Tokens = count };
    }

    /// <inheritdoc/>
    public override SchemeCost Cost(SchemeNeeds needs)
    {
        ForceCost cost = ForceCost.Measure(_model, needs.Tokens!.Value, Settings);
        return new SchemeCost(cost.Seconds * TokenSimulation.EvaluationsPerStep(_model), cost.Forces);
    }

    // Tokens of dimension 4 and more have no zonal density; particles start from tokens, whatever law they are drawn from.
    private protected override InitialCoefficients? EvaluateInitial()
    {
        if (Case.Dimension > 3) return InitialTokens.Given(Case) is null ? InitialCoefficients.Of(Case) : null;
        int degree = TokenSample.GrowingDegree(Case.Attention.Model, Case.Dimension);
        return new InitialCoefficients(degree, InitialTokens.Of(Case).Moments(degree));
    }

    /// <inheritdoc/>
    public override Outcome Run(ISnapshotSink snapshots, IProgressSink? progress)
    {
        TokenSample tokens = InitialTokens.Of(Case);
        return Solve(() =>
        {
            _simulation = new TokenSimulation(_model, Settings, snapshots, progress, Stop);
            return _simulation.Run(tokens);
        });
    }

    /// <inheritdoc/>
    public override Outcome Resume(RunCheckpoint from, ISnapshotSink snapshots, IProgressSink? progress)
    {
        _simulation = new TokenSimulation(_model, Settings, snapshots, progress, Stop);
        return _simulation.Resume(from.Tokens ?? throw OfAnotherScheme());
    }

    /// <inheritdoc/>
    public override RunCheckpoint? Checkpoint() => new() { Tokens = _simulation!.Checkpoint() };

    private NormSettings Norm => new(Case.Attention.LayerNorm, Case.Attention.LayerNormSwitch);

    private static double[]? Flat(ValueList<ValueList<double>>? rows) => rows is null ? null : [.. rows.SelectMany(row => row)];
}
