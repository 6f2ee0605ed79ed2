using System.Globalization;
using System.Numerics.Tensors;
using Meanfield.Perturbation;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>The expansion of the initial value problem about the uniform state, evaluated as long as it converges.</summary>
/// <remarks>
/// Order N of <see cref="InitialValueSeries"/> from the coefficients of the initial state, whatever they are; data of one eigenspace too, whose
/// deviation from the unstable manifold the series follows. The bandlimit is method.bandlimit, or what all M orders computed of data of
/// degree K fill, min(MK, 255), at least K; what it drops is measured. The observables are those of the truncated series;
/// moment_error is its estimated distance in L²(σ) to the exact solution.
/// </remarks>
internal sealed class PerturbationRun : SchemeRun
{
    private const int LargestAutomaticBandlimit = 255;

    /// <summary>Degrees of the data that are this small beside the largest are rounding.</summary>
    private const double Negligible = 1e-16;

    private static readonly FiniteMonitor Finite = new(
        "energy", "entropy", "free_energy", "dissipation", "order_parameter", "mass", "negative_mass", "minimum_density", "maximum_density", "moment_error");

    private readonly List<string> _warnings = [];
    private int _outputs;

    /// <summary>Prepares a case.</summary>
    public PerturbationRun(Case @case)
        : base(@case)
    {
    }

    /// <inheritdoc/>
    private protected override bool HasRings => Case.Dimension <= 3;

    private Attention Attention => Case.Attention.Model;

    /// <inheritdoc/>
    /// <exception cref="CaseException">The expansion has no bandlimit that holds the data, or no grid.</exception>
    public override SchemeNeeds Needs()
    {
        (HarmonicBasis basis, double[] data) = Data();
        long bytes = MemoryBytes(basis, data);
        return new SchemeNeeds(bytes, bytes, 0) { Bandlimit = basis.Bandlimit, MaximumBandlimit = Top };
    }

    /// <inheritdoc/>
    public override Outcome Run(ISnapshotSink snapshots, IProgressSink? progress) => Follow(0, snapshots, progress);

    /// <inheritdoc/>
    /// <remarks>The series is computed again, with the same bits; only the outputs that are left are published.</remarks>
    public override Outcome Resume(RunCheckpoint from, ISnapshotSink snapshots, IProgressSink? progress) =>
        Follow(from.SeriesOutputs ?? throw OfAnotherScheme(), snapshots, progress);

    /// <inheritdoc/>
    public override RunCheckpoint? Checkpoint() => new() { SeriesOutputs = _outputs };

    private Outcome Follow(int published, ISnapshotSink snapshots, IProgressSink? progress)
    {
        _outputs = published;
        (HarmonicBasis basis, double[] data) = Data();
        return Solve(() =>
        {
            InitialValueSeries series = InitialValueSeries.Of(Attention, basis, data, Case.Method.Order, OutputTimes[^1]);
            if (Publish(series, published, snapshots, progress) is { } untrue) return untrue;
            double last = _outputs > 0 ? OutputTimes[_outputs - 1] : 0;
            if (Stop.IsCancellationRequested && last < OutputTimes[^1]) return End(OutcomeKind.Stopped, last, Text($"stopped at t = {last:G6} of {OutputTimes[^1]:G6}"));
            return series.ReachesHorizon ? Completed(series, last) : Lost(series, last);
        });
    }

    private int Top => DensitySimulation.LargestBandlimit(Attention, Case.Dimension, Case.Method.MaxBandlimit);

    /// <summary>The basis of the series and the data in it, without degrees at rounding level.</summary>
    private (HarmonicBasis Basis, double[] Values) Data()
    {
        InitialCoefficients initial = Initial!;
        var given = new HarmonicBasis(Case.Dimension, initial.Degree);
        double[] sizes = [.. Enumerable.Range(1, initial.Degree).Select(degree =>
            TensorPrimitives.Norm<double>(initial.Values.AsSpan(given.Start(degree)..given.Start(degree + 1))))];
        double negligible = sizes.Length == 0 ? 0 : Negligible * sizes.Max();
        int degree = Math.Max(1, Array.FindLastIndex(sizes, size => size > negligible) + 1), top = Top;
        int wanted = Case.Method.Bandlimit ?? Math.Max(degree, Math.Min(degree * PerturbationSeries.TermsFor(Case.Method.Order), LargestAutomaticBandlimit));
        var basis = new HarmonicBasis(Case.Dimension, Math.Min(wanted, top));
        if (degree > basis.Bandlimit)
        {
            throw Refused(wanted > top ? "method.max_bandlimit" : "method.bandlimit",
                $"must be at least the degree of the initial state, {degree}, with scheme perturbation, but is {basis.Bandlimit}");
        }
        if (Case.Initial is VonMisesFisherInitial or PoissonInitial && degree == initial.Degree && sizes[^1] > Case.Method.Tolerance * sizes.Max())
            throw Refused("method.max_bandlimit", $"{Case.Method.MaxBandlimit} does not resolve the initial state: raise it, or start from smoother data");
        if (!InitialValueSeries.Fits(Attention, basis, degree, Case.Method.Order))
            throw Refused("method.order", $"{Case.Method.Order} at bandlimit {basis.Bandlimit} has no grid in dimension {Case.Dimension}: lower it, or set a lower method.bandlimit");
        var data = new double[basis.Count];
        initial.Values.AsSpan(0, Math.Min(initial.Values.Length, basis.Start(degree + 1))).CopyTo(data);
        return (basis, data);
    }

    private long MemoryBytes(HarmonicBasis basis, double[] data)
    {
        int degree = Math.Max(1, basis.DegreeOf(data.AsSpan().LastIndexOfAnyExcept(0.0)));
        return InitialValueSeries.RequiredBytes(Attention, basis, degree, Case.Method.Order, OutputTimes[^1])
            + DensitySimulation.MemoryBytes(Attention, Case.Dimension, basis.Bandlimit);
    }

    /// <summary>Evaluates the series at the output times within its validity and hands out those that are not published yet; how the run ends if a state breaks a law of the equation.</summary>
    private Outcome? Publish(InitialValueSeries series, int published, ISnapshotSink snapshots, IProgressSink? progress)
    {
        var flow = new DensityFlow(Attention, Case.Dimension, series.Basis.Bandlimit, engine: Engine);
        var spectrum = new DegreeSpectrum(series.Basis);
        EnergyMonitor? energy = EnergyMonitor.OfDensity(Attention);
        Observables? first = null, before = null;
        IReadOnlyList<double> times = OutputTimes;
        for (int k = 0; k < times.Count && times[k] <= series.ValidUntil && !Stop.IsCancellationRequested; k++)
        {
            double time = times[k];
            var coefficients = new double[series.Basis.Count];
            series.Evaluate(time, coefficients);
            spectrum.Measure(coefficients);
            Observables observables = DensityObserver.Observe(flow, coefficients) with
            {
                SpectrumTail = spectrum.Tail,
                Aliasing = double.NaN,
                MomentError = series.TruncationError(time),
                Step = double.NaN,
            };
            // The truncation error is an estimate: a law counts as broken beyond ten times of it.
            double error = 10 * Math.Max(observables.MomentError, before?.MomentError ?? 0);
            Violation? violation = Finite.Judge(observables) ?? MassMonitor.Judge(observables.Mass, MassMonitor.Bound(1))
                ?? NegativityMonitor.Judge((first ?? observables).NegativeMass, observables, error)
                ?? (before is { } earlier ? energy?.Judge(earlier, observables, 2 * error, time - times[k - 1]) : null);
            if (violation is not null)
            {
                return End(OutcomeKind.ResolutionLost, k > 0 ? times[k - 1] : double.NaN,
                    violation.Sentence(Text($"{time:G6}"), k > 0 ? Text($"{times[k - 1]:G6}") : null));
            }
            (first, before) = (first ?? observables, observables);
            Warn(series, time, observables);
            if (k < published) continue;
            _outputs = k + 1;
            snapshots.Accept(new Snapshot(time, series.Basis.Bandlimit, coefficients, observables));
            progress?.Report(new Progress(time, times[^1], 0, 0, observables));
        }
        return null;
    }

    /// <summary>Says once, with the time and the remedy, when the truncation exceeds the tolerance and when the density is negative.</summary>
    private void Warn(InitialValueSeries series, double time, in Observables observables)
    {
        double tolerance = Case.Method.Tolerance;
        if (observables.MomentError > tolerance)
        {
            double dropped = series.DroppedSize(time);
            string remedy = dropped > 0.5 * observables.MomentError ? Text($"bandlimit {series.Basis.Bandlimit} drops {dropped:G3} of it, raise method.bandlimit") : "raise method.order";
            Once("truncation", Text($"from t = {time:G6} the truncation error ({observables.MomentError:G3}) exceeds method.tolerance ({tolerance:G3}): {remedy}, or end the run earlier"));
        }
        if (observables.MinimumDensity < -Math.Max(tolerance, observables.MomentError))
            Once("negative", Text($"from t = {time:G6} the density is negative somewhere ({observables.MinimumDensity:G3}): start from smoother or smaller data"));
    }

    private void Once(string topic, string sentence)
    {
        if (!_warnings.Exists(warning => warning.Contains(topic, StringComparison.Ordinal))) _warnings.Add(sentence);
    }

    private Outcome Completed(InitialValueSeries series, double last) => End(OutcomeKind.Completed, last,
        Text($"the series of order {series.Order} converges up to t = {last:G6}: z = {series.Amplitude(last):G4}, radius of convergence {Radius(series, last)}, truncation error {series.TruncationError(last):G3}, {Dropped(series, last)}"));

    private Outcome Lost(InitialValueSeries series, double last)
    {
        const string Remedy = "start from smaller data, or set method.scheme to spectral";
        double end = series.ValidUntil;
        if (end == 0) // the data are order 1 alone: their own radius is infinite
            return End(OutcomeKind.ResolutionLost, end, Text($"the series of order {series.Order} converges at t = 0 only: z = {series.Amplitude(0):G4} is beyond its radius of convergence from there on; {Remedy}"));
        return End(OutcomeKind.ResolutionLost, end,
            Text($"the series of order {series.Order} is valid until t = {end:G6}, where z = {series.Amplitude(end):G4} meets its radius of convergence {Radius(series, end)}; ") +
            Text($"the last output is at t = {last:G6}, truncation error {series.TruncationError(last):G3}, {Dropped(series, last)}; end the run earlier, {Remedy}"));
    }

    private static string Dropped(InitialValueSeries series, double time) => series.DroppedSize(time) is > 0 and double size
        ? Text($"of which bandlimit {series.Basis.Bandlimit} drops {size:G3}")
        : Text($"nothing dropped by bandlimit {series.Basis.Bandlimit}");

    private static string Radius(InitialValueSeries series, double time)
    {
        ConvergenceRadius radius = series.Radius(time);
        return double.IsInfinity(radius.Estimate) ? "infinity" : Text($"{radius.Estimate:G4} ({radius.Lower:G4} to {radius.Upper:G4})");
    }

    private Outcome End(OutcomeKind kind, double validUntil, string message) => new(kind, validUntil, message, _warnings, 0, 0, 0);

    private static CaseException Refused(string key, FormattableString problem) => new("the case", null, key, Text(problem));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
