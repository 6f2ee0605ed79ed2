namespace Meanfield.Validation;

/// <summary>Judges laws, several at a time; each report is published as soon as it is made.</summary>
/// <param name="Laws">The laws.</param>
/// <param name="Level">How much work.</param>
/// <param name="Seed">Seed of every random number.</param>
/// <param name="Jobs">How many laws at a time; the reports do not depend on it.</param>
public sealed record Validator(IReadOnlyList<Law> Laws, Level Level, ulong Seed, int Jobs)
{
    /// <summary>Judges every law.</summary>
    /// <param name="folder">Where reports are published; null: nowhere.</param>
    /// <param name="resume">Whether reports that the folder holds for the same level, seed and program count.</param>
    /// <param name="progress">Shows progress; may be null.</param>
    /// <param name="cancellation">When to stop; what is published stays.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public ValidationReport Run(ReportFolder? folder = null, bool resume = false, IValidationProgress? progress = null, CancellationToken cancellation = default)
    {
        var reports = new ClaimReport[Laws.Count];
        var gate = new Lock();
        int done = 0;
        try
        {
            Parallel.For(0, Laws.Count, new ParallelOptions { MaxDegreeOfParallelism = Jobs, CancellationToken = cancellation }, i =>
            {
                string id = Laws[i].Claim.Id;
                ClaimReport? known = resume ? folder?.Find(id, Level, Seed) : null;
                reports[i] = known ?? Judge.Rule(Laws[i], new Trial(id, Level, Seed, cancellation));
                lock (gate)
                {
                    if (known is null) folder?.Publish(reports[i]);
                    progress?.Finished(reports[i], ++done, Laws.Count, known is not null);
                }
            });
        }
        catch (AggregateException problems) when (problems.InnerExceptions.All(problem => problem is OperationCanceledException))
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (AggregateException problems) when (problems.InnerExceptions.FirstOrDefault(problem => problem is IOException) is { } lost)
        {
            throw new IOException(lost.Message, lost);
        }
        var report = ValidationReport.Of(Level, Seed, reports);
        folder?.Publish(report);
        return report;
    }
}
