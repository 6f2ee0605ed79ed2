using Meanfield.IO;
using Xunit;

namespace Meanfield.Tests.IO;

public class CaseOverrideTests
{
    private static readonly string Modes = CaseSamples.Design(CaseSamples.Initials[0]);

    [Fact]
    public void Values_are_replaced_in_order()
    {
        var read = CaseReader.Parse(
            Modes, "x.yaml", ["attention.beta=7", "initial.modes[0].amplitude=0.1", "attention.beta=8", "title=a = b", "time={until: 3}"]);
        Assert.Equal(8, read.Attention.Beta);
        Assert.Equal(new ModesInitial([new Mode(3, -1, 0.1)]), read.Initial);
        Assert.Equal("a = b", read.Title);
        Assert.Equal(new TimeSettings(3), read.Time);
    }

    [Fact]
    public void Blocks_that_the_file_lacks_are_made()
    {
        var read = CaseReader.Parse(CaseSamples.Minimal, "x.yaml", ["method.scheme=particles", "initial.poisson.radius=.5", "initial.poisson.axis=[0, 0, 2]"]);
        Assert.Equal(Scheme.Particles, read.Method.Scheme);
        Assert.Equal(new PoissonInitial(0.5, [0, 0, 1]), read.Initial);
    }

    [Fact]
    public void A_key_without_a_value_in_the_file_can_be_given_one()
    {
        var read = CaseReader.Parse(CaseSamples.Minimal + "\nmethod:\n", "x.yaml", ["method.seed=5"]);
        Assert.Equal(5ul, read.Method.Seed);
    }

    [Fact]
    public void Items_of_matrices_can_be_replaced()
    {
        var read = CaseReader.Parse(CaseSamples.Particles, "x.yaml", ["attention.key[1][0]=-3", "attention.value[0]=[7, 8]"]);
        Assert.Equal([[0, 1], [-3, 0]], read.Attention.Key);
        Assert.Equal([[7, 8], [0, .5]], read.Attention.Value);
    }

    [Fact]
    public void The_kind_of_initial_state_is_replaced_as_a_whole() =>
        Assert.Equal(new TokensInitial { Count = 5 }, CaseReader.Parse(Modes, "x.yaml", ["initial={tokens: {count: 5}}"]).Initial);

    [Theory]
    [InlineData("attention.beta", "", "an override is written path=value, such as attention.beta=7")]
    [InlineData("=7", "", "'' is not the path of a key, such as attention.beta or initial.modes[0].order")]
    [InlineData("a..b=7", "", "'a..b' is not the path of a key, such as attention.beta or initial.modes[0].order")]
    [InlineData("attention.=7", "", "'attention.' is not the path of a key, such as attention.beta or initial.modes[0].order")]
    [InlineData("[0]=7", "", "'[0]' is not the path of a key, such as attention.beta or initial.modes[0].order")]
    [InlineData("initial.modes[x]=7", "", "'initial.modes[x]' is not the path of a key, such as attention.beta or initial.modes[0].order")]
    [InlineData("initial.modes[0]degree=7", "", "'initial.modes[0]degree' is not the path of a key, such as attention.beta or initial.modes[0].order")]
    [InlineData("attention.beta.x=7", "attention.beta", "is '9', so it cannot have the key 'x'")]
    [InlineData("initial.modes.degree=7", "initial.modes", "is a list, so it cannot have the key 'degree'")]
    [InlineData("initial.modes[1].degree=7", "initial.modes", "has length 1, so there is no item [1]")]
    [InlineData("initial.tokens[0]=7", "initial.tokens", "is not in the case, so there is no item [0]")]
    [InlineData("initial.tokens[0].x=7", "initial.tokens", "is not in the case, so there is no item [0]")]
    [InlineData("attention[0]=7", "attention", "is a mapping, so there is no item [0]")]
    [InlineData("title[0]=7", "title", "is 'Metastable clusters on the sphere', so there is no item [0]")]
    [InlineData("atention.beta=7", "atention", "is not a known key (did you mean attention?); the keys here are title, dimension, attention, initial, method, time, output, training")]
    [InlineData("attention.bta=7", "attention.bta", "is not a known key (did you mean beta?); the keys here are normalization, beta, noise, query, key, value, mask, layer_norm, layer_norm_switch")]
    [InlineData("attention.beta=x", "attention.beta", "must be a number from -700 to 10000, but is 'x'")]
    [InlineData("attention.noise=-1", "attention.noise", "must be a number at least 0, but is '-1'")]
    [InlineData("initial.modes[0].order=4", "initial.modes[0].order", "must be from -3 to 3 for this degree, but is 4")]
    [InlineData("initial.tokens={count: 5}", "initial.tokens", "cannot be given beside initial.modes; give one of modes, von_mises_fisher, poisson, tokens, file")]
    [InlineData("time={every: 1}", "time.until", "is missing; it must be a number greater than 0")]
    [InlineData("title=", "", "the value is empty")]
    [InlineData("title=[a", "", "")]
    [InlineData("title=&a b", "", "anchors (&) are not allowed in a case; write the value out where it is used")]
    public void Errors_name_the_override(string argument, string key, string problem)
    {
        var error = Assert.Throws<CaseException>(() => CaseReader.Parse(Modes, "x.yaml", ["method.seed=3", argument]));
        Assert.Equal((argument, key), (error.Override, error.Key));
        Assert.Null(error.Line);
        Assert.StartsWith($"x.yaml, --set {argument}: {key}", error.Message);
        if (problem.Length > 0)
            Assert.Equal(problem, error.Problem);
    }
}
