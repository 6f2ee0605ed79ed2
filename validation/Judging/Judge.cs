using System.Diagnostics;

namespace Meanfield.Validation;

/// <summary>Measures a law, then asks for its prediction, and holds them against each other.</summary>
public static class Judge
{
    /// <summary>One law, one trial, one report; a measurement that throws has failed.</summary>
    /// <exception cref="OperationCanceledException">The trial was cancelled.</exception>
    public static ClaimReport Rule(Law law, Trial trial)
    {
        long start = Stopwatch.GetTimestamp();
        var report = ClaimReport.Of(law.Claim, trial);
        try
        {
            Measurement measurement = law.Measure(trial);
            Judgement judgement = law.Predict(trial).Against(measurement);
            return report with
            {
                Verdict = Decide(law.Claim, measurement, judgement),
                Violations = measurement.Violations,
                Figures = judgement.Figures,
                Curves = judgement.Curves,
                Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds,
            };
        }
#pragma warning disable CA1031 // whatever goes wrong in one measurement, the others are still made
        catch (Exception problem) when (problem is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return report with { Verdict = Verdict.Failed, Problem = problem.ToString(), Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds };
        }
    }

    private static Verdict Decide(Claim claim, Measurement measurement, Judgement judgement)
    {
        if (measurement.Violations.Count > 0) return Verdict.NotApplicable;
        bool refutes = judgement.Figures.Any(figure => figure.Printed);
        if (refutes != (claim.Status == ClaimStatus.RefutedAsPrinted)) return Verdict.Failed;
        if (!judgement.Holds) return Verdict.Failed;
        return refutes ? Verdict.Refuted : Verdict.Passed;
    }
}
