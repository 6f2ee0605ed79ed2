using System.Globalization;

namespace Meanfield.Validation;

/// <summary>Verdicts and tolerances in words, the same on every page.</summary>
public static class ReportWords
{
    /// <summary>A verdict.</summary>
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.NotApplicable => "not applicable",
        Verdict.Refuted => "refuted as printed, true as corrected",
        _ => verdict.ToString().ToLowerInvariant(),
    };

    /// <summary>A status.</summary>
    public static string Of(ClaimStatus status) => status switch
    {
        ClaimStatus.AsPrinted => "as printed",
        ClaimStatus.Corrected => "corrected here",
        ClaimStatus.RefutedAsPrinted => "false as printed",
        _ => status.ToString().ToLowerInvariant(),
    };

    /// <summary>How far a figure may be off.</summary>
    public static string Tolerance(FigureReport figure) => figure.Kind switch
    {
        ExpectationKind.Relative => Number(figure.Tolerance, "G3") + " rel",
        ExpectationKind.Absolute => Number(figure.Tolerance, "G3") + " abs",
        ExpectationKind.Sigmas => Number(figure.Tolerance, "G3") + " σ",
        ExpectationKind.Exponent => Number(figure.Tolerance, "G3") + " exp",
        ExpectationKind.AtLeast => "≥",
        _ => "≤",
    };

    /// <summary>A number; — where there is none.</summary>
    public static string Number(double value, string format = "G8") => double.IsNaN(value) ? "—" : value.ToString(format, CultureInfo.InvariantCulture);
}
