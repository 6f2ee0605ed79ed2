using Meanfield.IO;
using Xunit;

namespace Meanfield.Tests.IO;

public class CaseRunnerTests
{
    /// <summary>unit: growth counts in 1/γ_max: 18.5960703045 at d = 2, β = 5, unnormalized (THEORY 2.3).</summary>
    [Fact]
    public void Growth_time_is_counted_in_the_fastest_rate()
    {
        Case @case = CaseReader.Parse("""
            dimension: 2
            attention: {normalization: none, beta: 5}
            time: {until: 3, unit: growth, every: 0.5}
            """, "case.yaml");
        IReadOnlyList<double> times = SchemeRun.Create(@case).OutputTimes;
        Assert.Equal(7, times.Count);
        Assert.Equal(3 / 18.5960703045, times[^1], 1e-11);
        Assert.Equal(0.5 / 18.5960703045, times[1], 1e-11);
    }

    [Fact]
    public void Growth_time_needs_something_that_grows()
    {
        Case @case = CaseReader.Parse("""
            dimension: 2
            attention: {normalization: none, beta: 5, noise: 10}
            time: {until: 3, unit: growth}
            """, "case.yaml");
        Assert.Contains("natural", Assert.Throws<CaseException>(() => CaseTime.Scale(@case)).Message);
    }

    /// <summary>The linear phase of a single mode ends when α = ε e^{γt}/√2 = 0.1, γ_3 of THEORY 2.3, up to the cubic correction δ²/2γ of the amplitude equation.</summary>
    [Fact]
    public void Check_predicts_the_end_of_the_linear_phase()
    {
        Case @case = CaseReader.Parse("""
            dimension: 2
            attention: {normalization: none, beta: 5}
            initial: {modes: [{degree: 3, order: 1, amplitude: 1.0e-3}]}
            time: {until: 0.3}
            """, "case.yaml");
        CaseCheck check = CaseCheck.Of(@case);
        Assert.Equal(3, check.FastestDegree);
        Assert.Equal(3, check.LeadingDegree);
        Assert.Equal(check.Phases!.LinearEnd, check.LinearPhaseUntil!.Value);
        Assert.Equal(Math.Log(0.1 * Math.Sqrt(2) / 1e-3) / 18.5960703045, check.LinearPhaseUntil!.Value, 0.01 / 18.5960703045);
        Assert.Equal(1e-3, check.InitialDeviation!.Value, 1e-15);
        Assert.Equal(15, check.Bandlimit);
    }

    [Theory]
    [InlineData("initial: {tokens: {count: 10}}")]
    [InlineData("initial: {von_mises_fisher: [{mean: [1, 0, 0, 0, 0], concentration: 1}]}")]
    public void Densities_beyond_the_sphere_must_be_zonal(string initial)
    {
        Case @case = CaseReader.Parse($"dimension: 5\nattention: {{normalization: softmax, beta: 1}}\n{initial}\ntime: {{until: 1}}\n", "case.yaml");
        Assert.Contains("zonal", Assert.Throws<CaseException>(() => InitialCoefficients.Of(@case)).Message);
    }
}
