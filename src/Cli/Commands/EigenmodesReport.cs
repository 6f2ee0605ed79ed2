using System.Globalization;
using Meanfield.Perturbation;
using Spectre.Console;

namespace Meanfield.Cli.Commands;

/// <summary>What meanfield eigenmodes prints of a spectrum: a table, JSON or CSV.</summary>
internal sealed class EigenmodesReport
{
    private readonly Eigenmodes _modes;
    private readonly IReadOnlyList<SwitchPoint> _switches = [];
    private readonly LargeBetaLimit? _limit;

    /// <summary>Adds switch points and asymptotics, which exist for β &gt; 0.</summary>
    public EigenmodesReport(Eigenmodes modes)
    {
        _modes = modes;
        double beta = modes.Attention.Beta;
        if (!(beta > 0)) return;
        _switches = FastestDegree.SwitchesAround(beta, modes.Dimension);
        (double degree, double rate) = FastestDegree.Continuous(beta, modes.Dimension);
        _limit = new LargeBetaLimit(FastestDegree.Asymptotic(beta, modes.Dimension), FastestDegree.AsymptoticSoftmaxRate(beta), degree, rate);
    }

    public void PrintJson() => Json.Print(new
    {
        _modes.Dimension,
        _modes.Attention.Beta,
        _modes.Attention.Normalization,
        _modes.Attention.Noise,
        FastestDegree = _modes.Fastest.Degree,
        Degrees = _modes.Modes,
        _modes.LogScale,
        _modes.CriticalNoise,
        SwitchPoints = _switches,
        LargeBeta = _limit,
    });

    public void PrintCsv()
    {
        Console.Out.WriteLine("degree,multiplicity,multiplier,growth_rate,threshold,kernel_multiplier");
        foreach (Eigenmode mode in _modes.Modes)
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{mode.Degree},{mode.Multiplicity:R},{mode.Multiplier:R},{mode.GrowthRate:R},{mode.Threshold:R},{mode.KernelMultiplier:R}"));
        WarnOfScale();
    }

    public void PrintTable()
    {
        var table = new Table().Border(TableBorder.Minimal);
        foreach (string column in (string[])["degree", "multiplicity", "multiplier", "growth rate"])
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (Eigenmode mode in _modes.Modes)
        {
            table.AddRow(
                mode.Degree == _modes.Fastest.Degree ? $"fastest {mode.Degree}" : $"{mode.Degree}",
                mode.Multiplicity.ToString("G12", CultureInfo.InvariantCulture),
                mode.Multiplier.ToString("G12", CultureInfo.InvariantCulture),
                mode.GrowthRate.ToString("G12", CultureInfo.InvariantCulture));
        }
        AnsiConsole.Write(table);
        Line($"critical noise: {_modes.CriticalNoise:G12}; a degree grows while the noise is below its multiplier");
        if (_switches.Count == 1) Line($"without noise degree {_switches[0].From} is fastest up to beta = {_switches[0].Beta:G12}");
        if (_switches.Count == 2) Line($"without noise degree {_switches[0].To} is fastest from beta = {_switches[0].Beta:G12} to {_switches[1].Beta:G12}");
        if (_limit is { } limit)
            Line($"for large beta: fastest degree {limit.Degree:F3} (maximum over real degrees at {limit.ContinuousDegree:F3}), softmax growth rate {limit.SoftmaxGrowthRate:F5} ({limit.ContinuousSoftmaxGrowthRate:F5})");
        WarnOfScale();
    }

    private void WarnOfScale()
    {
        if (_modes.LogScale != 0)
            Console.Error.WriteLine($"meanfield: multipliers and growth rates exceed the range of double and are divided by e^{_modes.LogScale.ToString("R", CultureInfo.InvariantCulture)}");
    }

    private static void Line(FormattableString text) => Console.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>What the spectrum tends to as β grows (THEORY 2.3), beside the maximum over real degrees that it approximates.</summary>
    /// <param name="Degree">√(2β + ν²) − ν, ν = (d−2)/2.</param>
    /// <param name="SoftmaxGrowthRate">(2/e)(1 − 1/(3β)).</param>
    /// <param name="ContinuousDegree">Real degree at which the growth rate without noise is largest.</param>
    /// <param name="ContinuousSoftmaxGrowthRate">The softmax growth rate there.</param>
    private sealed record LargeBetaLimit(double Degree, double SoftmaxGrowthRate, double ContinuousDegree, double ContinuousSoftmaxGrowthRate);
}
