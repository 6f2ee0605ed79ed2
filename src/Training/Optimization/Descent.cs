namespace Meanfield.Training;

/// <summary>Objective and gradient for the optimizers, with a record of the best controls met.</summary>
internal sealed class Descent
{
    private const double Rounding = 1e-13; // of an objective, relative

    private readonly ControlProblem _problem;
    private readonly TrainingSettings _settings;
    private readonly ITrainingProgress? _progress;
    private readonly Hamiltonian _hamiltonian;
    private readonly List<TrainingIterate> _history = [];
    private readonly CancellationToken _stop;

    public Descent(ControlProblem problem, TrainingSettings settings, ITrainingProgress? progress, CancellationToken stop)
    {
        (_problem, _settings, _progress, _stop) = (problem, settings, progress, stop);
        _hamiltonian = new Hamiltonian(problem, Math.Max(1, problem.Map.Steps / 50));
        Controls = new double[problem.Size];
        Sensitivity = new double[problem.Size];
        Gradient = new double[problem.Size];
    }

    /// <summary>Controls of the lowest objective met.</summary>
    public double[] Controls { get; private set; }

    /// <summary>G at <see cref="Controls"/>.</summary>
    public double[] Sensitivity { get; private set; }

    /// <summary>G at the controls of the last evaluation.</summary>
    public double[] Gradient { get; private set; }

    /// <summary>The iterates at which the objective fell.</summary>
    public IReadOnlyList<TrainingIterate> History => _history;

    /// <summary>Evaluations so far.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Whether the residual of <see cref="Controls"/> is within the tolerance.</summary>
    public bool Converged => _history.Count > 0 && _history[^1].Residual <= _settings.Tolerance;

    /// <summary>Whether no further evaluation is allowed.</summary>
    public bool Exhausted => Evaluations >= _settings.Iterations || _stop.IsCancellationRequested;

    /// <summary>Evaluates J and G; keeps the controls if none before had a lower objective.</summary>
    public double Evaluate(ReadOnlySpan<double> controls)
    {
        Objective objective = _problem.Evaluate(controls);
        _hamiltonian.Start();
        _problem.Sensitivity(controls, Gradient, _hamiltonian);
        Evaluations++;
        double residual = _problem.Residual(controls, Gradient);
        if (_history.Count > 0 && !Better(objective.Total, residual)) return objective.Total;
        controls.CopyTo(Controls);
        Gradient.CopyTo(Sensitivity, 0);
        var iterate = new TrainingIterate(Evaluations, objective, residual, _hamiltonian.Mean, _hamiltonian.Maximum - _hamiltonian.Minimum);
        _history.Add(iterate);
        _progress?.Report(iterate);
        return objective.Total;
    }

    // A lower objective; within its rounding a lower residual.
    private bool Better(double objective, double residual)
    {
        TrainingIterate last = _history[^1];
        double rounding = Rounding * Math.Abs(last.Objective.Total);
        return objective < last.Objective.Total - rounding || (objective <= last.Objective.Total + rounding && residual < last.Residual);
    }
}
