using System.Text.RegularExpressions;
using Meanfield.IO;
using Xunit;

namespace Meanfield.Tests.House;

/// <summary>What the README shows is what the program does.</summary>
public partial class ReadmeTests
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("README.md"));

    /// <summary>The C# block of the README is the source of <see cref="ReadmeExample"/>, line by line.</summary>
    [Fact]
    public void Library_block_compiles_and_runs()
    {
        string[] block = [.. Block("csharp").Split('\n').Where(line => !line.StartsWith("using ", StringComparison.Ordinal) && line.Length > 0)];
        string source = File.ReadAllText(Repository.PathOf("tests", "House", "ReadmeExample.cs"));
        Assert.All(block, line => Assert.Contains(line, source));
        TextWriter console = Console.Out;
        using var output = new StringWriter();
        try
        {
            Console.SetOut(output);
            ReadmeExample.Run();
        }
        finally
        {
            Console.SetOut(console);
        }
        // E = ½(ŵ_0 + 0.01 ŵ_3) with λ_0, γ_3 of THEORY 2.3 for d = 3, β = 5: ŵ_0 = λ_0/5, ŵ_3 = γ_3/12
        Assert.Contains($"energy {0.5 * (14.840642115558 / 5 + 0.01 * 9.97808624495 / 12):F6}", output.ToString());
    }

    [Fact]
    public void Case_block_is_valid() => Assert.Equal(3, CaseReader.Parse(Block("yaml"), "README.md").Dimension);

    [Fact]
    public void Eigenmodes_table_is_what_the_command_prints()
    {
        Cli.Command command = Cli.Command.Run("eigenmodes", "--dimension", "3", "--beta", "9");
        string[] shown = Rows(Block("text")), printed = Rows(command.Output);
        Assert.Equal(8 + 3, shown.Length);
        Assert.Equal(shown, printed);

        static string[] Rows(string table) => [.. table.Split('\n').Where(line => line.Any(char.IsDigit)).Select(line => Spaces().Replace(line.Trim(), " "))];
    }

    [Fact]
    public void Files_that_the_README_links_exist() =>
        Assert.All(Links().Matches(Text), link => Assert.True(Path.Exists(Repository.PathOf(link.Groups[1].Value)), link.Value));

    private static string Block(string language)
    {
        Match match = Regex.Match(Text, $"```{language}\n(.*?)```", RegexOptions.Singleline);
        Assert.True(match.Success, $"the README has no {language} block");
        return match.Groups[1].Value;
    }

    [GeneratedRegex(@"\]\(([^):]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
