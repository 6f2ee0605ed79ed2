using Meanfield.IO;

namespace Meanfield.Validation;

/// <summary>report.json: every claim of a validation with its verdict.</summary>
/// <param name="Version">Version and commit of the program.</param>
/// <param name="Level">Level of the measurements.</param>
/// <param name="Seed">Seed from the command line.</param>
/// <param name="Passed">How many passed.</param>
/// <param name="Refuted">How many were shown to be false as printed, with their corrected form true.</param>
/// <param name="NotApplicable">How many do not apply.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="Claims">The claims in the order of the list.</param>
public sealed record ValidationReport(
    string Version, Level Level, ulong Seed, int Passed, int Refuted, int NotApplicable, int Failed, IReadOnlyList<ClaimReport> Claims)
{
    internal static string ProgramVersionText => $"{ProgramVersion.Number}+{ProgramVersion.Commit}";

    /// <summary>Counts verdicts.</summary>
    public static ValidationReport Of(Level level, ulong seed, IReadOnlyList<ClaimReport> claims) => new(
        ProgramVersionText, level, seed, Count(claims, Verdict.Passed), Count(claims, Verdict.Refuted), Count(claims, Verdict.NotApplicable), Count(claims, Verdict.Failed), claims);

    private static int Count(IReadOnlyList<ClaimReport> claims, Verdict verdict) => claims.Count(claim => claim.Verdict == verdict);
}
