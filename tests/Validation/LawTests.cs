using Meanfield.IO;
using Meanfield.Validation;
using Xunit;

namespace Meanfield.Tests.Validation;

/// <summary>The list of claims, and each of them at the quick level.</summary>
public class LawTests
{
    [Fact]
    public void Every_claim_is_stated_in_full()
    {
        string[] ids = [.. LawList.All.Select(law => law.Claim.Id)];
        Assert.Equal(ids.Distinct().Order(), ids);
        Assert.All(LawList.All, law =>
        {
            Claim claim = law.Claim;
            Assert.StartsWith(claim.Id, law.GetType().Name, StringComparison.Ordinal);
            Assert.All([claim.Title, claim.Statement, claim.Source, claim.Tag, claim.Method, claim.Tolerance], text => Assert.False(string.IsNullOrWhiteSpace(text)));
            if (claim.Case is { } text) CaseReader.Parse(text, claim.Id);
        });
    }

    [Fact]
    public void Every_law_of_the_assembly_is_in_the_list() => Assert.Equal(
        typeof(Law).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Law)) && !type.IsAbstract).Select(type => type.Name).Order(),
        LawList.All.Select(law => law.GetType().Name).Order());

    [Fact]
    public void No_claim_fails_at_the_quick_level()
    {
        ValidationReport report = new Validator(LawList.All, Level.Quick, 1, Environment.ProcessorCount).Run();
        string[] wrong = [.. report.Claims.Where(claim => claim.Verdict is not (Verdict.Passed or Verdict.Refuted)).Select(Describe)];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    private static string Describe(ClaimReport claim) =>
        $"{claim.Claim.Id} {claim.Verdict} {claim.Problem}{string.Join("; ", claim.Violations)}{string.Join("; ", claim.Figures.Where(figure => !figure.Holds))}";
}
