using Meanfield.Tests.House;
using Meanfield.Validation;
using Xunit;

namespace Meanfield.Tests.Validation;

/// <summary>Faults planted in a copy of the sources make `validate --quick` fail on the claims that they break, and on no others.</summary>
public sealed class PlantedFaultTests(FaultyCopy copy) : IClassFixture<FaultyCopy>
{
    private const int Least = 15, ClaimFailed = 8;

    public static TheoryData<string> Names => [.. PlantedFault.All.Select(fault => fault.Name)];

    /// <summary>Sources move: every place must still be there, once, lest faults rot unnoticed.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_fault_has_its_place(string name)
    {
        PlantedFault fault = PlantedFault.Named(name);
        string text = File.ReadAllText(Repository.PathOf(fault.File));
        Assert.True(text.Split(fault.Right).Length == 2, $"{fault.File} has {text.Split(fault.Right).Length - 1} places with «{fault.Right}»: give the fault «{name}» another");
        Assert.NotEqual(text, fault.Plant(text));
        Assert.NotEmpty(fault.Caught);
        Assert.NotEmpty(fault.Spared);
        Assert.Empty(fault.Caught.Intersect(fault.Spared));
        LawList.Find([.. fault.Caught, .. fault.Spared]); // throws where there is none
    }

    [Fact]
    public void There_are_enough_faults()
    {
        Assert.True(PlantedFault.All.Count >= Least);
        Assert.Equal(PlantedFault.All.Count, PlantedFault.All.Select(fault => fault.Name).Distinct().Count());
    }

    [FaultFact]
    public void The_sources_as_they_are_pass()
    {
        (int code, Dictionary<string, string> verdicts) = copy.Validate(null, PlantedFault.All.SelectMany(fault => fault.Caught.Concat(fault.Spared)).Distinct());
        Assert.Equal(0, code);
        Assert.DoesNotContain("not_applicable", verdicts.Values);
    }

    [FaultTheory]
    [MemberData(nameof(Names))]
    public void Faults_are_caught_by_the_right_claims(string name)
    {
        PlantedFault fault = PlantedFault.Named(name);
        (int code, Dictionary<string, string> verdicts) = copy.Validate(fault, [.. fault.Caught, .. fault.Spared]);
        Assert.Equal(ClaimFailed, code);
        Assert.Equal(fault.Caught.Order(), verdicts.Where(pair => pair.Value == "failed").Select(pair => pair.Key).Order());
        Assert.All(fault.Spared, id => Assert.True(verdicts[id] is "passed" or "refuted", $"{id}: {verdicts[id]}"));
    }
}
