using Meanfield.IO;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.IO;

public class CaseReaderTests
{
    [Fact]
    public void The_smallest_case_takes_every_default_from_the_records()
    {
        var expected = new Case
        {
            Title = "small",
            BaseDirectory = "folder",
            Dimension = 3,
            Attention = new AttentionSettings { Normalization = Normalization.Softmax, Beta = 9 },
            Time = new TimeSettings(20),
        };
        Assert.Equal(expected, CaseReader.Parse(CaseSamples.Minimal, "folder/small.yaml"));
        Assert.Equal(0.4, expected.Time.Every);
        Assert.True(new TimeSettings(double.Epsilon).Every > 0);
    }

    [Fact]
    public void The_case_of_the_design_reads_with_every_kind_of_initial_state()
    {
        InitialState[] expected =
        [
            new ModesInitial([new Mode(3, -1, 0.05)]),
            new VonMisesFisherInitial([new VonMisesFisher([0, 0, 1], 4)]),
            new PoissonInitial(0.3, [1, 0, 0]),
            new TokensInitial(),
            new FileInitial("tokens.npy"),
            new UniformInitial(),
        ];
        foreach (var (initial, text) in expected.Zip(CaseSamples.Initials))
        {
            var read = CaseReader.Parse(CaseSamples.Design(text), "design.yaml");
            Assert.Equal(
                new Case
                {
                    Title = "Metastable clusters on the sphere",
                    Dimension = 3,
                    Attention = new AttentionSettings { Normalization = Normalization.Softmax, Beta = 9 },
                    Initial = initial,
                    Time = new TimeSettings(20) { Every = 0.25 },
                },
                read);
        }
    }

    [Fact]
    public void Block_style_matrices_and_growth_units_are_read()
    {
        var read = CaseReader.Parse(CaseSamples.Particles, "p.yaml");
        Assert.Equal("Rotating, \"quoted\" values", read.Title);
        Assert.Equal(new Attention(Normalization.None, -2.5, 1e-3), read.Attention.Model);
        Assert.Equal([[1, 0], [0, 1]], read.Attention.Query);
        Assert.Equal([[0, 1], [-1, 0]], read.Attention.Key);
        Assert.Equal([[.5, 0], [0, .5]], read.Attention.Value);
        Assert.Equal(
            new VonMisesFisherInitial([new VonMisesFisher([0.6, 0.8], 2), new VonMisesFisher([-1, 0], 1, 0.5)]), read.Initial);
        Assert.Equal(ulong.MaxValue, read.Method.Seed);
        Assert.Equal(new TimeSettings(5) { Unit = TimeUnit.Growth, Every = 0.1 }, read.Time);
    }

    [Theory]
    [InlineData("1e-8", 1e-8)]
    [InlineData("1.0e-8", 1e-8)]
    [InlineData("1E-3", 1e-3)]
    [InlineData(".005", .005)]
    [InlineData("+0.001", 0.001)]
    public void Numbers_follow_the_core_schema(string text, double value) =>
        Assert.Equal(value, CaseReader.Parse(CaseSamples.Minimal, "a.yaml", [$"method.tolerance={text}"]).Method.Tolerance);

    [Theory]
    [InlineData("500", 500)]
    [InlineData("1e4", 10000)]
    [InlineData("+7", 7)]
    [InlineData("3.0", 3)]
    public void Whole_numbers_may_be_written_with_an_exponent(string text, int value) =>
        Assert.Equal(value, CaseReader.Parse(CaseSamples.Minimal, "a.yaml", [$"method.tokens={text}"]).Method.Tokens);

    [Theory]
    [InlineData("true", true)]
    [InlineData("False", false)]
    public void Flags_follow_the_core_schema(string text, bool value) =>
        Assert.Equal(value, CaseReader.Parse(CaseSamples.Minimal, "a.yaml", [$"output.fields={text}"]).Output.Fields);

    [Fact]
    public void A_byte_order_mark_and_line_breaks_of_windows_are_accepted()
    {
        var text = "\ufeff" + CaseSamples.Particles.Replace("\n", "\r\n");
        Assert.Equal(CaseReader.Parse(CaseSamples.Particles, "a.yaml"), CaseReader.Parse(text, "a.yaml"));
    }

    [Fact]
    public void Relative_paths_start_from_the_folder_of_the_case()
    {
        var folder = Directory.CreateTempSubdirectory("cases").FullName;
        var path = Path.Combine(folder, "from file.yaml");
        File.WriteAllText(path, CaseSamples.Minimal + "\ninitial: {file: {path: data/tokens.npy}}\n");
        var read = CaseReader.Read(path);
        Directory.Delete(folder, recursive: true);

        Assert.Equal("from file", read.Title);
        Assert.Equal(new FileInitial("data/tokens.npy"), read.Initial);
        Assert.Equal(Path.Combine(folder, "data", "tokens.npy"), read.Resolve("data/tokens.npy"));
        Assert.Equal("/elsewhere/t.npy", read.Resolve("/elsewhere/t.npy"));
        Assert.Equal(new FileInitial(Path.Combine(folder, "data", "tokens.npy")), read.WithAbsolutePaths().Initial);
    }

    [Fact]
    public void Files_that_cannot_be_read_are_errors_of_the_file()
    {
        var folder = Directory.CreateTempSubdirectory("cases").FullName;
        var missing = Assert.Throws<CaseException>(() => CaseReader.Read(Path.Combine(folder, "none.yaml")));
        Assert.Equal($"{folder}/none.yaml: the case cannot be read: there is no such file.", missing.Message);
        Assert.IsType<FileNotFoundException>(missing.InnerException);
        Assert.Null(missing.Line);
        var directory = Assert.Throws<CaseException>(() => CaseReader.Read(folder));
        Assert.Equal($"{folder}: the case cannot be read: it is a folder, but must be a file.", directory.Message);
        Directory.Delete(folder);
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xfe, (byte)'a', 0 }, "line 1, column 1: the file is not UTF-8 text.")]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', 0xce, 0xb2, 0xce }, "line 2, column 2: the file is not UTF-8 text.")]
    [InlineData(new byte[] { (byte)'a', (byte)':', 0, (byte)'1' },
        "line 1, column 3: the character U+0000 cannot be in a case file, which must be plain UTF-8 text.")]
    public void Binary_files_are_refused_at_the_first_bad_byte(byte[] bytes, string message) =>
        Assert.EndsWith(message, ReadBytes(bytes).Message);

    [Fact]
    public void Files_larger_than_a_mebibyte_are_refused() =>
        Assert.EndsWith("line 1, column 1: the file is larger than 1 MiB.", ReadBytes(new byte[(1 << 20) + 1]).Message);

    [Fact]
    public void A_file_of_a_mebibyte_is_read()
    {
        var text = CaseSamples.Minimal + "\n#";
        var read = CaseReader.Parse(text + new string('x', (1 << 20) - text.Length), "a.yaml");
        Assert.Equal(3, read.Dimension);
    }

    private static CaseException ReadBytes(byte[] bytes)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            return Assert.Throws<CaseException>(() => CaseReader.Read(path));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
