using System.Globalization;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>report.html: what a run did, from its result.h5 and what its provenance.json says of the program; a case gives the same bytes whenever and wherever it runs.</summary>
public sealed class RunReport
{
    private const int LongestCase = 100_000, Modes = 4;

    private readonly ComparedRun _run;
    private readonly RunSummary _summary;
    private readonly RunCharts _charts;
    private readonly Provenance? _provenance;

    private RunReport(ComparedRun run, Provenance? provenance) =>
        (_run, _summary, _charts, _provenance) = (run, RunSummary.Of(run), new RunCharts(run), provenance);

    /// <summary>report.html beside the result.h5 of a run.</summary>
    /// <param name="run">Run folder, or its result.h5.</param>
    public static string DefaultFor(string run) => Path.Combine(Directory.Exists(run) ? run : Path.GetDirectoryName(run) ?? "", "report.html");

    /// <summary>Publishes the report of a run. The same files give the same bytes, below a megabyte.</summary>
    /// <param name="run">Run folder, or its result.h5.</param>
    /// <param name="path">Where to write.</param>
    /// <exception cref="IOException">There is no such run, or the report cannot be written.</exception>
    /// <exception cref="InvalidDataException">Its result.h5 or its provenance.json is damaged.</exception>
    public static void Write(string run, string path)
    {
        using ComparedRun opened = ComparedRun.Open(run);
        string provenance = Path.Combine(Path.GetDirectoryName(DefaultFor(run))!, "provenance.json");
        Of(opened, File.Exists(provenance) ? Provenance.Read(provenance) : null).Write(path);
    }

    /// <summary>Publishes the report of a run that has just been assembled: the same bytes, without working out its phases again.</summary>
    /// <param name="folder">Holds its result.h5.</param>
    /// <param name="assembly">What that was made from.</param>
    /// <param name="provenance">Where it comes from.</param>
    /// <exception cref="IOException">The report cannot be written.</exception>
    internal static void Write(RunFolder folder, RunAssembly assembly, Provenance provenance)
    {
        using ComparedRun opened = ComparedRun.Open(folder.Path, assembly);
        Of(opened, provenance).Write(DefaultFor(folder.Path));
    }

    /// <summary>The page.</summary>
    /// <param name="run">Its result.</param>
    /// <param name="provenance">Where it comes from; null where that is not known.</param>
    public static ReportPage Of(ComparedRun run, Provenance? provenance)
    {
        var report = new RunReport(run, provenance);
        string space = run.Header.Dimension switch { 2 => "the circle", 3 => "the sphere", int d => $"S^{d - 1}" };
        Attention attention = run.Header.Attention;
        string model = attention.Normalization == Normalization.Softmax ? "softmax attention" : "unnormalized attention";
        return new ReportPage(
            run.Header.Title.Length > 0 ? run.Header.Title : "Untitled run",
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
        yield return new("Provenance", [.. Origin()]);
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

    // What the bits of the run depend on; when, where and how long it ran would make two reports of one case differ.
    private IEnumerable<ReportBlock> Origin()
    {
        if (_provenance is not { } provenance) yield break;
        List<IReadOnlyList<ReportCell>> rows = [["version", provenance.Version], ["seed", $"{provenance.Seed}"], ["Fourier engine", provenance.FourierEngine], ["libhdf5", provenance.Hdf5]];
        if (provenance.Forces is { } forces) rows.Add(["forces", forces]);
        yield return new ReportTable("What the numbers come from", ["name", "value"], rows);
        yield return new ReportText("The commit, the machine, the start of the run and its timings are in provenance.json.");
    }

    private ReportListing Case()
    {
        string text = _run.Header.Case;
        return text.Length <= LongestCase
            ? new("case.yaml, with every default", text)
            : new($"The first {LongestCase} of {text.Length} characters of case.yaml", text[..LongestCase]);
    }
}
