using Meanfield.Solver;

namespace Meanfield.Training;

/// <summary>Keeps what a controlled flow is like at every so many steps, and at its two ends.</summary>
/// <param name="problem">The problem.</param>
/// <param name="stride">Steps between records, at least 1.</param>
public sealed class DepthRecorder(ControlProblem problem, int stride) : IAdjointObserver
{
    private readonly List<DepthRecord> _records = [];
    private readonly Hamiltonian _hamiltonian = new(problem, stride);
    private readonly DegreeSpectrum _spectrum = new(problem.Flow.Basis);

    /// <summary>Follows given controls from the start to the end and back.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="controls">[steps, features, rows].</param>
    /// <param name="stride">Steps between records.</param>
    /// <returns>The records, in order of depth.</returns>
    public static IReadOnlyList<DepthRecord> Follow(ControlProblem problem, ReadOnlySpan<double> controls, int stride)
    {
        var recorder = new DepthRecorder(problem, stride);
        problem.Evaluate(controls);
        problem.Sensitivity(controls, new double[problem.Size], recorder);
        recorder._records.Reverse();
        return recorder._records;
    }

    /// <inheritdoc/>
    public void Observe(int step, ReadOnlySpan<double> state, ReadOnlySpan<double> adjoint)
    {
        if (step % stride != 0 && step != problem.Map.Steps) return;
        (double energy, double entropy, double minimum) = problem.Flow.Energies(state);
        (double variance, double roughness) = problem.Flow.Fluctuation(state, adjoint);
        _spectrum.Measure(state);
        _records.Add(new DepthRecord(step, problem.Map.Step * step, state.ToArray(), adjoint.ToArray())
        {
            Energy = energy,
            Entropy = entropy,
            FreeEnergy = energy + problem.Flow.Model.Attention.Noise * entropy,
            Hamiltonian = _hamiltonian.At(state, adjoint),
            AdjointVariance = variance,
            AdjointRoughness = roughness,
            MinimumDensity = minimum,
            SpectrumTail = _spectrum.Tail,
        });
    }
}
