using System.Text.Json;

namespace Meanfield.Benchmarks.Peers;

/// <summary>The circle's right-hand side in NumPy.</summary>
internal sealed class NumpyCircle : IDisposable
{
    private readonly NumpyProcess _process = new("circle.py");

    /// <summary>Library and version.</summary>
    public string Name => _process.Name;

    /// <summary>Sets the state and returns the right-hand side, both as c_k = real + i·imaginary, k = 0 … L.</summary>
    public (double[] Real, double[] Imaginary) Prepare(int points, double[] multipliers, double[] real, double[] imaginary)
    {
        JsonElement answer = _process.Ask(new { command = "prepare", points, multipliers, real, imaginary });
        return (NumpyProcess.Numbers(answer, "real"), NumpyProcess.Numbers(answer, "imaginary"));
    }

    /// <summary>Seconds that a number of evaluations took by the process's own clock.</summary>
    public double Time(int repetitions) => _process.Time(repetitions);

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();
}
