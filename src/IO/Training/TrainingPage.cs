using System.Globalization;
using Meanfield.Solver;
using Meanfield.Spectral;
using Meanfield.Training;

namespace Meanfield.IO;

/// <summary>The report of a training: energies, controls and density along the depth, and how the training went.</summary>
internal static class TrainingPage
{
    private const int Rows = 128;

    /// <summary>The page.</summary>
    public static ReportPage Of(Case @case, TrainingReport report)
    {
        TrainingSummary summary = report.Summary;
        double[] times = [.. report.Trained.Select(record => record.Time)], evaluations = [.. report.Control.History.Select(i => (double)i.Evaluation)];
        string model = string.Create(CultureInfo.InvariantCulture,
            $"β = {@case.Attention.Beta}, κ = {@case.Attention.Noise}, λ = {report.Problem.Regularization}, T = {report.Grid.Horizon:G6}, {report.Grid.Steps} layers, {report.Problem.Flow.Model.Features.Count} features");
        return new ReportPage(@case.Title, model,
        [
            new("Result",
            [
                new ReportText(report.Outcome.Message + "."),
                new ReportFigures(
                [
                    ("cost J", summary.Objective), ("loss", summary.Loss), ("loss untrained", summary.UntrainedLoss),
                    ("residual", summary.Residual), ("plateau from", summary.Clustering), ("escape at", summary.Escape), ("boundary layer", summary.BoundaryLayer),
                ]),
                new ReportTable("All numbers", ["quantity", "value"], [.. summary.Numbers.Select(number => (IReadOnlyList<ReportCell>)[number.Name, number.Value])]),
            ]),
            new("Along the depth",
            [
                new ReportChart("Free energy along the depth", "t", "F", [
                    new("trained", times, [.. report.Trained.Select(record => record.FreeEnergy)]),
                    new("untrained", times, [.. report.Untrained.Select(record => record.FreeEnergy)]) { Style = SeriesStyle.Dashed },
                ]),
                new ReportChart("Size of the control", "t", "‖W‖", [new("‖W‖", report.LayerTimes, report.LayerNorms)]) { LogY = true },
                Density(@case.Dimension, report),
            ]),
            new("Training",
            [
                new ReportChart("Optimality residual", "evaluations", "‖W + G/λ‖/‖W‖", [new("residual", evaluations, [.. report.Control.History.Select(i => i.Residual)])]) { LogY = true },
                new ReportChart("Cost", "evaluations", "J", [
                    new("J", evaluations, [.. report.Control.History.Select(i => i.Objective.Total)]),
                    new("loss", evaluations, [.. report.Control.History.Select(i => i.Objective.Loss)]) { Style = SeriesStyle.Dashed },
                ]),
            ]),
        ]);
    }

    // Density against angle on the circle; against the colatitude from the last axis elsewhere, averaged about the axis.
    private static ReportHeatMap Density(int dimension, TrainingReport report)
    {
        int columns = Math.Min(1024, report.Trained.Count);
        var values = new double[Rows, columns];
        double range = dimension == 2 ? 2 * Math.PI : Math.PI;
        for (int row = 0; row < Rows; row++)
        {
            double[] harmonics = Harmonics(report.Problem.Flow.Basis, (row + 0.5) * range / Rows);
            for (int column = 0; column < columns; column++)
            {
                double[] state = report.Trained[column].State;
                for (int i = 0; i < state.Length; i++) values[row, column] += harmonics[i] * state[i];
            }
        }
        string label = dimension == 2 ? "angle θ" : "angle from the last axis";
        return new ReportHeatMap("Density along the depth (uniform = 1)", "t", label, "density", (0, report.Grid.Horizon), (0, range), values);
    }

    private static double[] Harmonics(HarmonicBasis basis, double angle)
    {
        var values = new double[basis.Count];
        (double sine, double cosine) = Math.SinCos(angle);
        if (basis.Dimension > 3)
        {
            new HarmonicFeatures(basis.Dimension, 0, basis.Bandlimit).Evaluate([cosine], values);
            for (int degree = 0; degree < values.Length; degree++) values[degree] *= Math.Sqrt(Multiplicity.Of(basis.Dimension, degree));
            return values;
        }
        new PointHarmonics(basis).Evaluate(basis.Dimension == 2 ? [cosine, sine] : [sine, 0, cosine], values);
        for (int i = 0; i < values.Length && basis.Dimension == 3; i++)
            if (basis.OrderOf(i) != 0) values[i] = 0;
        return values;
    }
}
