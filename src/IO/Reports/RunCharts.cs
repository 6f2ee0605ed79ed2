using Meanfield.Perturbation;

namespace Meanfield.IO;

/// <summary>The charts of a run, at no more than <see cref="MostTimes"/> of its output times. What a run does not have is left out.</summary>
internal sealed class RunCharts
{
    /// <summary>Output times shown at most, so that the page stays small.</summary>
    public const int MostTimes = 400;

    // The density of the circle: rows of its picture, and the value from which on colours tell.
    private const int Angles = 256;
    private const double LeastDensity = 1e-2;

    private readonly ComparedRun _run;
    private readonly int[] _steps;
    private readonly double[] _times;

    /// <summary>Chooses the output times: all of them, or evenly spaced ones with the first and the last.</summary>
    public RunCharts(ComparedRun run)
    {
        _run = run;
        int count = run.Times.Length, shown = Math.Min(count, MostTimes);
        _steps = [.. Enumerable.Range(0, shown).Select(i => shown == 1 ? 0 : (int)((long)i * (count - 1) / (shown - 1)))];
        _times = At(run.Times);
    }

    /// <summary>Whether some output times are not shown.</summary>
    public bool IsThinned => _steps.Length < _run.Times.Length;

    /// <summary>Diagnostics over time.</summary>
    /// <param name="caption">What they are together.</param>
    /// <param name="quantity">Of the axis.</param>
    /// <param name="logarithmic">Whether the axis is.</param>
    /// <param name="names">Of <see cref="Solver.Diagnostic.All"/>; those that say nothing at any time are left out.</param>
    /// <returns>One chart, or none.</returns>
    public IEnumerable<ReportBlock> Series(string caption, string quantity, bool logarithmic, params string[] names)
    {
        ChartSeries[] series = [.. names.Select(name => new ChartSeries(name.Replace('_', ' '), _times, At(_run.Diagnostic(name))))
            .Where(series => series.Y.Any(y => double.IsFinite(y) && (!logarithmic || y > 0)))];
        if (series.Length > 0) yield return new ReportChart(caption, "t", quantity, series) { LogY = logarithmic };
    }

    /// <summary>α_ℓ(t) of some degrees, measured beside linear theory from the data.</summary>
    public IEnumerable<ReportBlock> Growth(Eigenmode[] modes)
    {
        var series = new List<ChartSeries>();
        foreach (Eigenmode mode in modes)
        {
            double[] values = At(_run.History.Amplitude(mode.Degree).Values);
            if (Array.Exists(values, value => value > 0)) series.Add(new ChartSeries($"α{mode.Degree}", _times, values));
        }
        if (series.Count == 0) yield break;
        foreach (Eigenmode mode in modes.Where(mode => mode.GrowthRate > 0).Take(1))
        {
            var linear = _run.LinearTheory(mode);
            int[] steps = [.. _steps.Where(step => step < linear.Times.Length)];
            if (steps.Length > 1) series.Add(new ChartSeries($"α{mode.Degree} by linear theory", [.. steps.Select(step => linear.Times[step])], [.. steps.Select(step => linear.Values[step])]) { Style = SeriesStyle.Dashed });
        }
        yield return new ReportChart($"Amplitudes of the degrees that grow fastest: {string.Join(", ", modes.Select(mode => $"γ{mode.Degree} = {ReportCell.Show(mode.GrowthRate)}"))}", "t", "amplitude", series) { LogY = true };
    }

    /// <summary>α_ℓ over degree and time: whether the run is resolved.</summary>
    public IEnumerable<ReportBlock> Spectrum()
    {
        int degrees = _run.History.Basis.Bandlimit;
        if (degrees < 1 || _times.Length < 2) yield break;
        int[] columns = Columns();
        var values = new double[degrees, columns.Length];
        for (int degree = 1; degree <= degrees; degree++)
        {
            double[] amplitude = _run.History.Amplitude(degree).Values;
            for (int column = 0; column < columns.Length; column++) values[degree - 1, column] = amplitude[columns[column]];
        }
        yield return new ReportHeatMap($"Amplitudes of degrees 1 to {degrees}", "t", "degree", "α", (_times[0], _times[^1]), (0.5, degrees + 0.5), values) { Logarithmic = true };
    }

    /// <summary>The density of the circle over angle and time, smoothed by the Fejér kernel of the degrees known: F_K ∗ μ ≥ 0, also where μ has points of mass.</summary>
    public IEnumerable<ReportBlock> Density()
    {
        if (_run.Header.Dimension != 2 || _times.Length < 2) yield break;
        int[] columns = Columns();
        int degrees = Math.Min(_run.History.Known, Angles / 2);
        var values = new double[Angles, columns.Length];
        for (int column = 0; column < columns.Length; column++)
        {
            if (column > 0 && columns[column] == columns[column - 1])
            {
                for (int row = 0; row < Angles; row++) values[row, column] = values[row, column - 1];
                continue;
            }
            double[] state = _run.Coefficients(columns[column]);
            for (int row = 0; row < Angles; row++) values[row, column] = Math.Max(LeastDensity, DensityAt((row + 0.5) / Angles, state, degrees));
        }
        yield return new ReportHeatMap($"Density, smoothed by the Fejér kernel of degree {degrees} (uniform = 1; {LeastDensity} and less darkest)", "t", "angle / 2π", "ρ", (_times[0], _times[^1]), (0, 1), values) { Logarithmic = true };
    }

    // (F_K ∗ ρ)(θ) = a_0 + Σ_k (1 − k/(K + 1)) √2 (a_k cos kθ + b_k sin kθ), θ = 2π·turn.
    private double DensityAt(double turn, double[] state, int degrees)
    {
        double sum = state[0];
        for (int degree = 1; degree <= degrees; degree++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * (degree * turn % 1));
            sum += (1 - degree / (degrees + 1.0)) * Math.Sqrt(2) * (state[_run.Basis.IndexOf(degree, 1)] * cosine + state[_run.Basis.IndexOf(degree, -1)] * sine);
        }
        return sum;
    }

    // The output times nearest to evenly spaced ones: the columns of a picture.
    private int[] Columns()
    {
        var columns = new int[_steps.Length];
        int nearest = 0;
        for (int column = 0; column < columns.Length; column++)
        {
            double time = _times[0] + (column + 0.5) / columns.Length * (_times[^1] - _times[0]);
            while (nearest + 1 < _run.Times.Length && Math.Abs(_run.Times[nearest + 1] - time) <= Math.Abs(_run.Times[nearest] - time)) nearest++;
            columns[column] = nearest;
        }
        return columns;
    }

    private double[] At(double[] values) => Array.ConvertAll(_steps, step => values[step]);
}
