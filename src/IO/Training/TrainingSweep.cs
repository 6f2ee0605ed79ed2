using System.Globalization;
using System.Text;

namespace Meanfield.IO;

/// <summary>One training of a sweep.</summary>
/// <param name="Values">Value of each swept key.</param>
/// <param name="Summary">What came of it.</param>
public sealed record SweepPoint(IReadOnlyList<double> Values, TrainingSummary Summary);

/// <summary>A case trained over every combination of values of some keys: the phase diagram of escape.</summary>
/// <remarks>Each training starts from the controls of the one before it where both have as many; the last key runs fastest.</remarks>
/// <param name="read">The case with overrides path=value.</param>
/// <param name="axes">Keys and values, at least one.</param>
public sealed class TrainingSweep(Func<IReadOnlyList<string>, Case> read, IReadOnlyList<SweepAxis> axes)
{
    /// <summary>Trains point after point.</summary>
    /// <param name="stop">Once cancelled, the sweep ends after the last complete point.</param>
    /// <exception cref="CaseException">A point is no valid case.</exception>
    public IEnumerable<SweepPoint> Run(CancellationToken stop = default)
    {
        int total = axes.Aggregate(1, (product, axis) => checked(product * axis.Values.Count));
        double[]? controls = null;
        for (int number = 0; number < total; number++)
        {
            double[] values = Point(number);
            Case @case = read([.. axes.Select((axis, i) => $"{axis.Key}={NumberShape.Text(values[i])}")]);
            var runner = new TrainingRunner(@case);
            TrainingReport report = runner.Train(runner.Accepts(controls) ? controls : null, stop);
            if (stop.IsCancellationRequested) yield break;
            controls = report.Control.Controls;
            yield return new SweepPoint(values, report.Summary);
        }
    }

    /// <summary>Trains point after point and publishes sweep.csv after each, so that it is whole at any moment; in the end SHA256SUMS.</summary>
    /// <param name="folder">Emptied of an earlier run.</param>
    /// <param name="seen">Called with each point.</param>
    /// <param name="stop">As in <see cref="Run(CancellationToken)"/>.</param>
    /// <exception cref="CaseException">A point is no valid case.</exception>
    /// <exception cref="RunFolderException">Another run has the folder.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public IReadOnlyList<SweepPoint> Run(RunFolder folder, Action<SweepPoint> seen, CancellationToken stop = default)
    {
        using var held = RunLock.Take(folder.Path);
        folder.Clear();
        var points = new List<SweepPoint>();
        foreach (SweepPoint point in Run(stop))
        {
            points.Add(point);
            AtomicFile.WriteText(folder.FilePath("sweep.csv"), ToCsv(points));
            seen(point);
        }
        if (!stop.IsCancellationRequested) folder.WriteManifest();
        return points;
    }

    /// <summary>The points as CSV in full precision: swept keys, outcome, numbers.</summary>
    public string ToCsv(IEnumerable<SweepPoint> points)
    {
        var text = new StringBuilder(string.Join(',', axes.Select(axis => axis.Key))).Append(",outcome");
        bool first = true;
        foreach (SweepPoint point in points)
        {
            if (first) text.Append(',').AppendJoin(',', point.Summary.Numbers.Select(number => number.Name));
            first = false;
            text.Append('\n').AppendJoin(',', point.Values.Select(Text)).Append(',').Append(point.Summary.Outcome.ToString().ToLowerInvariant());
            text.Append(',').AppendJoin(',', point.Summary.Numbers.Select(number => Text(number.Value)));
        }
        return text.Append('\n').ToString();
    }

    private double[] Point(int number)
    {
        var values = new double[axes.Count];
        for (int i = axes.Count - 1; i >= 0; i--)
        {
            values[i] = axes[i].Values[number % axes[i].Values.Count];
            number /= axes[i].Values.Count;
        }
        return values;
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
