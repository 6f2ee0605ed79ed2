using Meanfield.IO;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.IO;

public class CaseWriterTests
{
    [Fact]
    public void Every_default_is_written_out_in_the_order_of_the_design()
    {
        var text = CaseWriter.Write(CaseReader.Parse(CaseSamples.Minimal, "folder/small.yaml"));
        Assert.Equal(
            """
            title: small
            dimension: 3
            attention:
              normalization: softmax
              beta: 9
              noise: 0
              mask: none
              layer_norm: post
              layer_norm_switch: 1
            initial: {}
            method:
              scheme: spectral
              bandlimit: auto
              max_bandlimit: 1023
              tolerance: 1.0e-08
              tokens: 20000
              seed: 1
              forces: auto
              step: auto
              order: 8
              fourier: auto
              handover: characteristics
            time:
              until: 20
              unit: natural
              every: 0.4
            output:
              degree: 32
              tokens: 2000
              fields: true

            """,
            text);
    }

    [Fact]
    public void Lists_of_modes_components_and_rows_take_one_line_an_item()
    {
        var text = CaseWriter.Write(CaseReader.Parse(CaseSamples.Particles, "p.yaml"));
        Assert.Contains("  key:\n    - [0, 1]\n    - [-1, 0]\n", text);
        Assert.Contains("    - {mean: [0.6, 0.8], concentration: 2, weight: 1}\n", text);
        Assert.StartsWith("title: \"Rotating, \\\"quoted\\\" values\"\n", text);
    }

    [Fact]
    public void Reading_what_was_written_gives_an_equal_case()
    {
        foreach (var text in CaseSamples.All)
            AssertRoundTrip(CaseReader.Parse(text, "folder/a.yaml"));
    }

    [Fact]
    public void Random_cases_survive_writing_and_reading_bit_for_bit()
    {
        var random = new Random(20240601);
        for (var i = 0; i < 500; i++)
            AssertRoundTrip(RandomCase(random));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("yes")]
    [InlineData("12")]
    [InlineData("- a: [b")]
    [InlineData("β = 9 # κ: \\ 'x' \"y\"")]
    [InlineData(" spaces at both ends ")]
    [InlineData("\ufeff😀 \u00a0")]
    [InlineData("a: b")]
    [InlineData("...")]
    public void Any_title_survives(string title) =>
        AssertRoundTrip(CaseReader.Parse(CaseSamples.Minimal, "folder/a.yaml") with { Title = title });

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1024)]
    public void Making_a_direction_a_unit_vector_twice_changes_nothing(int dimension)
    {
        var random = new Random(dimension);
        for (var i = 0; i < 50; i++)
        {
            var scale = Math.Pow(10, random.Next(-300, 300));
            var axis = string.Join(", ", Enumerable.Range(0, dimension).Select(_ => (scale * (random.NextDouble() - 0.5)).ToString("R")));
            var text = $"{{dimension: {dimension}, attention: {{normalization: none, beta: 1}}, time: {{until: 1}}, "
                + $"initial: {{poisson: {{radius: 0.5, axis: [{axis}]}}}}}}";
            var once = CaseReader.Parse(text, "folder/a.yaml");
            Assert.Equal(1, Math.Sqrt(((PoissonInitial)once.Initial).Axis.Sum(x => x * x)), 13);
            AssertRoundTrip(once);
        }
    }

    private static void AssertRoundTrip(Case value)
    {
        var text = CaseWriter.Write(value);
        var back = CaseReader.Parse(text, "folder/a.yaml");
        Assert.Equal(value, back);
        Assert.Equal(value.GetHashCode(), back.GetHashCode());
        Assert.Equal(text, CaseWriter.Write(back));
    }

    private static Case RandomCase(Random random)
    {
        var dimension = random.Next(2, 6);
        var scheme = Pick<Scheme>(random);
        var matrices = scheme == Scheme.Particles && random.Next(2) == 0;
        var until = Math.Exp(10 * Number(random));
        return new Case
        {
            Title = $"case {random.Next()}",
            Dimension = dimension,
            BaseDirectory = "folder",
            Attention = new AttentionSettings
            {
                Normalization = Pick<Normalization>(random),
                Beta = 700 * Number(random),
                Noise = Math.Abs(Number(random)),
                Query = matrices ? [.. Enumerable.Range(0, dimension).Select(_ => Vector(random, dimension))] : null,
                Value = matrices ? [.. Enumerable.Range(0, dimension).Select(_ => Vector(random, dimension))] : null,
            },
            Initial = RandomInitial(random, dimension),
            Method = new MethodSettings
            {
                Scheme = scheme,
                Bandlimit = random.Next(2) == 0 ? null : random.Next(1, 100),
                MaxBandlimit = random.Next(100, 1024),
                Tolerance = Math.Pow(10, random.Next(-12, -2)) * (1 + random.NextDouble()),
                Tokens = random.Next(1, int.MaxValue),
                Seed = (ulong)random.NextInt64() * 2,
                Forces = Pick<Meanfield.Solver.ForceChoice>(random),
                Order = random.Next(1, 65),
                Fourier = Pick<FourierChoice>(random),
                Handover = Pick<Handover>(random),
            },
            Time = new TimeSettings(until) { Unit = Pick<TimeUnit>(random), Every = until * (1 - random.NextDouble()) },
            Output = new OutputSettings { Degree = random.Next(1, 1024), Tokens = random.Next(), Fields = random.Next(2) == 0 },
        };
    }

    private static InitialState RandomInitial(Random random, int dimension) => random.Next(5) switch
    {
        0 => new UniformInitial(),
        1 => new ModesInitial([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ =>
            new Mode(random.Next(1, 100), dimension == 2 ? -1 : dimension == 3 ? random.Next(-1, 2) : 0, Number(random)))]),
        2 => new VonMisesFisherInitial([.. Enumerable.Range(0, random.Next(1, 4)).Select(i =>
            new VonMisesFisher([.. Enumerable.Range(0, dimension).Select(j => i % dimension == j ? 1.0 : 0.0)], i, 1 - random.NextDouble()))]),
        3 => new TokensInitial
        {
            Count = random.Next(1, int.MaxValue),
            Seed = (ulong)random.NextInt64(),
            Degree = random.Next(2) == 0 ? null : random.Next(1, 100),
        },
        _ => new FileInitial($"../data #{random.Next()}/tokens.npy"),
    };

    private static T Pick<T>(Random random)
        where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];

    private static double Number(Random random) => 2 * random.NextDouble() - 1;

    private static ValueList<double> Vector(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => Number(random) * Math.Pow(10, random.Next(-300, 300)))];
}
