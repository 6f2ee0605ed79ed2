using System.Globalization;
using System.Text.Json;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>report.html: what a run did, from its result.h5 and its provenance.json.</summary>
public sealed class RunReport
{
    private const int LongestCase = 100_000, Modes = 4;

    private readonly ComparedRun _run;
    private readonly RunSummary _summary;
    private readonly RunCharts _charts;
    private readonly string? _provenance;

    private RunReport(ComparedRun run, string? provenance) =>
        (_run, _summary, _charts, _provenance) = (run, RunSummary.Of(run), new RunCharts(run), provenance);

    /// <summary>report.html beside the result.h5 of a run.</summary>
    /// <param name="run">Run folder, or its result.h5.</param>
    public static string DefaultFor(string run) => Path.Combine(Directory.Exists(run) ? run : Path.GetDirectoryName(run) ?? "", "report.html");

    /// <summary>Publishes the report of a run. The same files give the same bytes, below a megabyte.</summary>
    /// <param name="run">Run folder, or its result.h5.</param>
    /// <param name="path">Where to write.</param>
    /// <exception cref="IOException">There is no such run, or the report cannot be written.</exception>
    /// <exception cref="InvalidDataException">Its result.h5 is damaged.</exception>
    public static void Write(string run, string path)
    {
        using ComparedRun opened = ComparedRun.Open(run);
        string provenance = Path.Combine(Path.GetDirectoryName(DefaultFor(run))!, "provenance.json");
        Of(opened, File.Exists(provenance) ? File.ReadAllText(provenance) : null).Write(path);
    }

    /// <summary>The page.</summary>
    /// <param name="run">Its result.</param>
    /// <param name="provenance">The text of provenance.json; null where there is none.</param>
    public static ReportPage Of(ComparedRun run, string? provenance)
    {
        var report = new RunReport(run, provenance);
        string space = run.Header.Dimension switch { 2 => "the circle", 3 => "the sphere", int d => $"S^{d - 1}" };
        Attention attention = run.Header.Attention;
        string model = attention.Normalization == Normalization.Softmax ? "softmax attention" : "unnormalized attention";
        return new ReportPage(
            run.Header.Title.Length > 0 ? run.Header.Title : run.Label,
            string.Create(CultureInfo.InvariantCulture, $"{model} on {space}, β = {attention.Beta}, noise {attention.Noise}; scheme {run.Header.Scheme}"),
            [.. report.Sections().Where(section => section.Blocks.Count > 0)]);
    }

    private IEnumerable<ReportSection> Sections()
    {
        RunCharts charts = _charts;
        yield return new("Outcome", [.. Outcome()]);
        yield return new("Phases", [.. Phases()]);
        yield return new("Growth", [.. charts.Growth(_run.FastestModes(Modes))]);
        yield return new("Energy", [.. charts.Series("Energy", "energy", false, "energy", "free_energy"), .. charts.Series("Gain of energy by the flow", "dissipation", true, "dissipation"), .. charts.Series("Entropy", "entropy", false, "entropy")]);
        yield return new("Order and clusters", [.. charts.Series("Order parameter |∫x dμ| and variance", "", false, "order_parameter", "variance"), .. charts.Series("Clusters", "number", false, "clusters"), .. charts.Series("Mass of the heaviest cluster", "mass", false, "largest_cluster"), .. Clusters()]);
        yield return new("Density", [.. charts.Density(), .. charts.Series("Extremes of the density (uniform = 1)", "density", true, "maximum_density", "minimum_density")]);
        yield return new("Resolution", [.. charts.Spectrum(), .. charts.Series("Spectrum tail and errors", "relative", true, "spectrum_tail", "aliasing", "moment_error"), .. charts.Series("Bandlimit", "degree", false, "bandlimit"), .. charts.Series("Time step", "step", true, "step")]);
        yield return new("Provenance", [.. Provenance()]);
        yield return new("Case", [Case()]);
    }

    private IEnumerable<ReportBlock> Outcome()
    {
        Outcome outcome = _run.Outcome;
        yield return new ReportText(outcome.Message);
        foreach (string warning in outcome.Warnings) yield return new ReportText("Warning: " + warning);
        int last = _run.LastKnown;
        var figures = new List<(string, ReportCell)>
        {
            ("outcome", ReportCell.Verdict(outcome.Kind == OutcomeKind.Completed, outcome.Kind switch { OutcomeKind.Completed => "completed", OutcomeKind.ResolutionLost => "resolution lost", _ => "stopped" })),
            ("valid until t", outcome.ValidUntil),
            ("energy at the end", _summary.FinalEnergy),
        };
        if (last >= 0) figures.Add(("order parameter at the end", _run.Diagnostic("order_parameter")[last]));
        if (last >= 0 && double.IsFinite(_run.Diagnostic("clusters")[last])) figures.Add(("clusters at the end", _run.Diagnostic("clusters")[last]));
        if (_run.Tokens is int tokens) figures.Add(("tokens", tokens));
        if (_run.HandoverTime is double handover) figures.Add(("characteristics from t", handover));
        figures.AddRange([("steps", outcome.Steps), ("rejected steps", outcome.Rejected), ("right-hand sides", outcome.Evaluations), ("output times", _run.Times.Length)]);
        yield return new ReportFigures(figures);
        if (_charts.IsThinned) yield return new ReportText($"Charts show {RunCharts.MostTimes} of {_run.Times.Length} output times; result.h5 has all of them.");
    }

    private IEnumerable<ReportBlock> Phases()
    {
        if (_run.Phases is not { } phases)
        {
            yield return new ReportText("Nothing grows about the uniform state, or its theory is not about this run: there are no phases.");
            yield break;
        }
        PhaseForecast forecast = phases.Forecast;
        yield return new ReportText(string.Create(CultureInfo.InvariantCulture,
            $"Theory: degree {forecast.FastestDegree} grows fastest, at {forecast.GrowthRate:G6}, before degree {forecast.RunnerUpDegree}.")
            + (phases.LeadingDegree > 0 ? $" Where the linear phase ends, degree {phases.LeadingDegree} leads." : ""));
        yield return new ReportTable("Boundaries of phases", ["boundary", "predicted from the data", "measured", "off (%)", "law over draws of tokens"],
            [.. phases.Boundaries.Where(boundary => double.IsFinite(boundary.Predicted) || double.IsFinite(boundary.Measured)).Select(boundary => (IReadOnlyList<ReportCell>)
            [
                boundary.Name.Replace('_', ' '), boundary.Predicted, ReportCell.PlusMinus(boundary.Measured, boundary.Uncertainty),
                100 * (boundary.Measured / boundary.Predicted - 1), ReportCell.PlusMinus(boundary.LawMean, boundary.LawDeviation),
            ])]);
        yield return new ReportTable("Growth rates", ["degree", "predicted", "measured", "off (%)"],
            [.. phases.Rates.Select(rate => (IReadOnlyList<ReportCell>)[rate.Degree, rate.Predicted, ReportCell.PlusMinus(rate.Measured, rate.Uncertainty), 100 * (rate.Measured / rate.Predicted - 1)])]);
    }

    private IEnumerable<ReportBlock> Clusters()
    {
        if (_summary.Clusters is not { Count: > 0 } clusters) yield break;
        int shown = Math.Min(clusters.Count, 50), d = Math.Min(_run.Header.Dimension, 8);
        string[] axes = [.. Enumerable.Range(1, d).Select(axis => $"x{axis}")];
        yield return new ReportTable($"Clusters of the recorded tokens at t = {ReportCell.Show(_summary.FinalTime)}" + (shown < clusters.Count ? $", the heaviest {shown} of {clusters.Count}" : ""),
            ["mass", .. axes], [.. clusters.Take(shown).Select(cluster => (IReadOnlyList<ReportCell>)[cluster.Mass, .. cluster.Centre.Take(d).Select(x => (ReportCell)x)])]);
    }

    private IEnumerable<ReportBlock> Provenance()
    {
        if (_provenance is null) yield break;
        var rows = new List<IReadOnlyList<ReportCell>>();
        using JsonDocument json = JsonDocument.Parse(_provenance);
        Collect("", json.RootElement);
        yield return new ReportTable("provenance.json", ["name", "value"], rows);

        void Collect(string name, JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Object)
                foreach (JsonProperty property in element.EnumerateObject()) Collect(name.Length > 0 ? $"{name}.{property.Name}" : property.Name, property.Value);
            else
                rows.Add([name, element.ToString()]);
        }
    }

    private ReportListing Case()
    {
        string text = _run.Header.Case;
        return text.Length <= LongestCase
            ? new("case.yaml, with every default", text)
            : new($"The first {LongestCase} of {text.Length} characters of case.yaml", text[..LongestCase]);
    }
}
