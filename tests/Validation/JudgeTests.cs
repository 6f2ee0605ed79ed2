using System.Reflection;
using Meanfield.Validation;
using Xunit;

namespace Meanfield.Tests.Validation;

/// <summary>Verdicts: what passes, what fails, what does not apply, and that no measurement can know what is expected.</summary>
public class JudgeTests
{
    [Theory]
    [InlineData(1.009, 0, Verdict.Passed)]
    [InlineData(1.011, 0, Verdict.Failed)]
    [InlineData(double.NaN, 0, Verdict.Failed)]
    public void A_relative_figure_keeps_its_tolerance(double measured, double error, Verdict verdict) =>
        Assert.Equal(verdict, Of(prediction => prediction.Relative("x", 1, 0.01), measured, error));

    [Theory]
    [InlineData(1.03, 0.01, Verdict.Passed)]
    [InlineData(1.05, 0.01, Verdict.Failed)]
    [InlineData(1.05, 0.04, Verdict.Failed)] // close in standard errors, but these are too large
    [InlineData(1, 0, Verdict.Failed)] // no standard error at all
    [InlineData(1, double.NaN, Verdict.Failed)]
    public void Noise_does_not_pass_a_law(double measured, double error, Verdict verdict) =>
        Assert.Equal(verdict, Of(prediction => prediction.Within("x", 1, 4, 0.1), measured, error));

    [Theory]
    [InlineData(2.04, 0.01, Verdict.Passed)]
    [InlineData(2.06, 0.01, Verdict.Failed)]
    [InlineData(2.0, 0.03, Verdict.Failed)]
    [InlineData(2.0, double.NaN, Verdict.Failed)]
    public void An_exponent_must_be_determined(double measured, double error, Verdict verdict) =>
        Assert.Equal(verdict, Of(prediction => prediction.Exponent("x", 2, 0.05), measured, error));

    [Theory]
    [InlineData(1, 1, 1, Verdict.Passed)]
    [InlineData(1, 0.9, 1.1, Verdict.Passed)]
    [InlineData(0.9, 0.95, 1, Verdict.Failed)]
    [InlineData(1.1, 1, 1.05, Verdict.Failed)]
    public void Bounds_are_bounds(double measured, double low, double high, Verdict verdict) =>
        Assert.Equal(verdict, Of(prediction => prediction.AtLeast("x", low).AtMost("x", high), measured, 0));

    [Theory]
    [InlineData(3.0, Verdict.Refuted)]
    [InlineData(1.0, Verdict.Failed)] // the printed form holds: nothing is refuted
    [InlineData(2.0, Verdict.Failed)] // neither form holds
    [InlineData(double.NaN, Verdict.Failed)]
    public void A_refutation_shows_both_that_the_print_is_wrong_and_what_is_right(double measured, Verdict verdict) =>
        Assert.Equal(verdict, Of(prediction => prediction.Printed("x", 1, 0.1).Relative("x", 3, 0.1), measured, 0, ClaimStatus.RefutedAsPrinted));

    [Fact]
    public void A_refutation_needs_a_printed_form_and_a_corrected_one()
    {
        Assert.Equal(Verdict.Failed, Of(prediction => prediction.Relative("x", 1, 0.1), 1, 0, ClaimStatus.RefutedAsPrinted));
        Assert.Equal(Verdict.Failed, Of(prediction => prediction.Printed("x", 5, 0.1), 1, 0, ClaimStatus.RefutedAsPrinted));
        Assert.Equal(Verdict.Failed, Of(prediction => prediction.Printed("x", 5, 0.1).Relative("x", 1, 0.1), 1, 0));
    }

    [Theory]
    [InlineData(1.5, Verdict.Refuted)]
    [InlineData(0.5, Verdict.Failed)] // the printed bound holds
    public void A_printed_bound_must_be_exceeded(double measured, Verdict verdict) =>
        Assert.Equal(verdict, Of(prediction => prediction.PrintedAtMost("x", 1).AtMost("x", 2), measured, 0, ClaimStatus.RefutedAsPrinted));

    [Fact]
    public void A_violated_hypothesis_never_passes() =>
        Assert.Equal(Verdict.NotApplicable, new PlantedLaw(() => new Prediction().Relative("x", 1, 0.1), _ => new Measurement().Figure("x", 1).Violates("x is odd")).Verdict());

    [Fact]
    public void Every_expectation_is_measured_and_every_figure_expected()
    {
        Assert.Equal(Verdict.Failed, new PlantedLaw(() => new Prediction().Relative("x", 1, 0.1).Relative("y", 1, 0.1), _ => new Measurement().Figure("x", 1)).Verdict());
        Assert.Equal(Verdict.Failed, new PlantedLaw(() => new Prediction().Relative("x", 1, 0.1), _ => new Measurement().Figure("x", 1).Figure("y", 1)).Verdict());
        Assert.Equal(Verdict.Failed, new PlantedLaw(() => new Prediction().Curve("f", x => x, 0.1), _ => new Measurement()).Verdict());
        Assert.Equal(Verdict.Failed, new PlantedLaw(() => new Prediction(), _ => new Measurement()).Verdict());
    }

    [Theory]
    [InlineData(4.0, Verdict.Passed)]
    [InlineData(4.2, Verdict.Failed)]
    [InlineData(double.NaN, Verdict.Failed)]
    public void A_curve_is_as_good_as_its_worst_point(double second, Verdict verdict)
    {
        var law = new PlantedLaw(() => new Prediction().Curve("f", x => x * x, 0.1), _ => new Measurement().Curve("f", "x", [1, 2, 3], [1, second, 9.01]));
        ClaimReport report = Judge.Rule(law, new Trial("V01", Level.Quick, 1));
        Assert.Equal(verdict, report.Verdict);
        Assert.Equal([1, 4, 9], report.Curves[0].Predicted!);
        if (verdict == Verdict.Failed) Assert.Contains("x = 2", report.Figures[0].Name);
    }

    [Theory]
    [InlineData(2, Verdict.Passed)]
    [InlineData(1.8, Verdict.Failed)]
    public void A_limit_is_approached_with_its_order(double order, Verdict verdict)
    {
        double[] x = [0.1, 0.2, 0.4];
        Assert.Equal(verdict, new PlantedLaw(
            () => new Prediction().Approaches("f", at => 1 + at, 2, 0.1),
            _ => new Measurement().Curve("f", "x", x, [.. x.Select(at => 1 + at - Math.Pow(at, order))])).Verdict());
    }

    [Fact]
    public void A_measurement_that_breaks_off_has_failed()
    {
        ClaimReport report = Judge.Rule(new PlantedLaw(() => new Prediction(), _ => throw new InvalidOperationException("overflow")), new Trial("V01", Level.Quick, 1));
        Assert.Equal(Verdict.Failed, report.Verdict);
        Assert.Contains("overflow", report.Problem);
    }

    /// <summary>A prediction is asked for when the measurement is done, and what it holds cannot be read: its members write, or need a measurement.</summary>
    [Fact]
    public void A_measurement_never_sees_the_prediction()
    {
        var law = new PlantedLaw(() => new Prediction().Relative("x", 1, 0.1), _ => new Measurement().Figure("x", 1));
        Assert.Equal(Verdict.Passed, law.Verdict());
        Assert.Equal(["measure", "predict"], law.Asked);
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        Assert.Empty(typeof(Prediction).GetProperties(All));
        Assert.All(typeof(Prediction).GetFields(All), field => Assert.True(field.IsPrivate));
        Assert.All(
            typeof(Prediction).GetMethods(All).Where(method => !method.IsPrivate && method.Name != nameof(Prediction.Against)),
            method => Assert.Equal(typeof(Prediction), method.ReturnType));
        Assert.Equal(typeof(Measurement), Assert.Single(typeof(Prediction).GetMethod(nameof(Prediction.Against))!.GetParameters()).ParameterType);
    }

    private static Verdict Of(Func<Prediction, Prediction> predict, double measured, double error, ClaimStatus status = ClaimStatus.Derived) =>
        new PlantedLaw(() => predict(new Prediction()), _ => new Measurement().Figure("x", measured, error), status).Verdict();
}
