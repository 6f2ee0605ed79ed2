namespace Meanfield.Solver;

/// <summary>Every observable that a scheme has is a finite number.</summary>
/// <remarks>No bound: a sum that overflows or holds a NaN says nothing about the state.</remarks>
public sealed class FiniteMonitor
{
    private readonly Diagnostic[] _quantities;

    /// <summary>Watches observables by their names in the files.</summary>
    /// <exception cref="InvalidOperationException">No diagnostic has that name.</exception>
    public FiniteMonitor(params ReadOnlySpan<string> names)
    {
        var quantities = new List<Diagnostic>();
        foreach (string name in names) quantities.Add(Diagnostic.All.First(diagnostic => diagnostic.Name == name));
        _quantities = [.. quantities];
    }

    /// <summary>The first observable that is not finite; null if all are.</summary>
    public Violation? Judge(in Observables now)
    {
        foreach (Diagnostic quantity in _quantities)
        {
            if (!double.IsFinite(quantity.Read(now)))
                return new Violation($"{quantity.Name} is not finite", "lower attention.beta, or start from smoother data");
        }
        return null;
    }

    /// <summary>Whether all numbers are finite.</summary>
    public static bool Holds(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
            if (!double.IsFinite(value)) return false;
        return true;
    }
}
