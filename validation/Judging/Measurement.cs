using Meanfield.Solver;

namespace Meanfield.Validation;

/// <summary>What was measured: figures and curves by name, and hypotheses that the runs violated.</summary>
public sealed class Measurement
{
    private readonly Dictionary<string, Figure> _figures = [];
    private readonly List<Curve> _curves = [];
    private readonly List<string> _violations = [];

    /// <summary>Figures by name.</summary>
    public IReadOnlyDictionary<string, Figure> Figures => _figures;

    /// <summary>Curves in the order of measurement.</summary>
    public IReadOnlyList<Curve> Curves => _curves;

    /// <summary>Hypotheses of the claim that a run violated, in words; the claim then does not apply.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Adds a figure.</summary>
    /// <param name="name">Its name, once.</param>
    /// <param name="value">Its value.</param>
    /// <param name="uncertainty">Its standard error.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public Measurement Figure(string name, double value, double uncertainty = 0)
    {
        _figures.Add(name, new Figure(value, uncertainty));
        return this;
    }

    /// <summary>Adds the slope of a fit with its standard error; NaN where there was nothing to fit.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public Measurement Figure(string name, LineFit? fit) => Figure(name, fit?.Slope ?? double.NaN, fit?.SlopeError ?? double.NaN);

    /// <summary>Adds the mean of independent draws with its standard error.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public Measurement Mean(string name, IReadOnlyList<double> draws)
    {
        var statistics = Sample.Of(draws);
        return Figure(name, statistics.Mean, statistics.MeanError);
    }

    /// <summary>Adds a curve.</summary>
    public Measurement Curve(Curve curve)
    {
        _curves.Add(curve);
        return this;
    }

    /// <summary>Adds a curve on plain axes.</summary>
    public Measurement Curve(string name, string abscissa, IReadOnlyList<double> x, IReadOnlyList<double> y) => Curve(new Curve(name, abscissa, x, y));

    /// <summary>Says that a run violated a hypothesis of the claim.</summary>
    public Measurement Violates(string sentence)
    {
        _violations.Add(sentence);
        return this;
    }
}
