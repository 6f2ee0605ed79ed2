using System.Diagnostics;
using Meanfield.Training;

namespace Meanfield.Cli;

/// <summary>Shows where training stands: one line that renews itself on a terminal, a plain line now and then elsewhere.</summary>
internal sealed class TrainingProgress : ITrainingProgress
{
    private readonly bool _terminal = !Console.IsErrorRedirected;
    private long _last;

    public void Report(in TrainingIterate iterate)
    {
        if (_last != 0 && Stopwatch.GetElapsedTime(_last).TotalSeconds < (_terminal ? 0.1 : 2)) return;
        _last = Stopwatch.GetTimestamp();
        string line = FormattableString.Invariant(
            $"evaluation {iterate.Evaluation}  cost {iterate.Objective.Total:G8}  loss {iterate.Objective.Loss:G6}  residual {iterate.Residual:E1}  H {iterate.Hamiltonian:G6} ± {0.5 * iterate.HamiltonianSpread:E1}");
        Console.Error.Write(_terminal ? $"\r\u001b[K{line}" : line + "\n");
    }

    /// <summary>Ends the line.</summary>
    public void Close()
    {
        if (_terminal && _last != 0) Console.Error.WriteLine();
    }
}
