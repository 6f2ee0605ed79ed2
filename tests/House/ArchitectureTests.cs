using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Meanfield.Tests.House;

/// <summary>Rules of the house that the compiler does not check.</summary>
public partial class ArchitectureTests
{
    /// <summary>Spectral ← Solver, Perturbation; Solver ← Training; all of these ← IO, Validation ← Cli.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Spectral"] = [],
        ["Solver"] = ["Spectral"],
        ["Perturbation"] = ["Spectral"],
        ["Training"] = ["Spectral", "Solver"],
        ["IO"] = ["Spectral", "Solver", "Perturbation", "Training"],
        ["Validation"] = ["Spectral", "Solver", "Perturbation", "Training", "IO"],
        ["Cli"] = ["Spectral", "Solver", "Perturbation", "Training", "IO", "Validation"],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Projects_depend_in_one_direction(string project)
    {
        string folder = FolderOf(project);
        string file = Path.Combine(folder, $"Meanfield.{project}.csproj");
        IEnumerable<string> references = XDocument.Load(file).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value).Split('.')[^1]);
        Assert.All(references, reference => Assert.Contains(reference, Allowed[project]));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Namespaces_are_used_along_the_arrows_only(string project)
    {
        string[] forbidden = [.. Allowed.Keys.Except(Allowed[project]).Where(name => name != project)];
        foreach (string file in Sources(FolderOf(project)))
        {
            string text = File.ReadAllText(file);
            Assert.All(forbidden, name => Assert.DoesNotMatch($@"\bMeanfield\.{name}\b", text));
        }
    }

    [Fact]
    public void Files_stay_small() =>
        Assert.All(Sources(Repository.PathOf("src")).Concat(Sources(Repository.PathOf("validation"))), file =>
            Assert.True(File.ReadLines(file).Count() <= 300, $"{file} has more than 300 lines: split where two ideas live together"));

    [Fact]
    public void Randomness_has_a_seed() =>
        Assert.All(Sources(Repository.PathOf("src")).Concat(Sources(Repository.PathOf("validation"))).Concat(Sources(Repository.PathOf("tests"))).Where(file => !file.EndsWith("ArchitectureTests.cs", StringComparison.Ordinal)), file =>
            Assert.False(Unseeded().IsMatch(File.ReadAllText(file)), $"{file} draws random numbers without a seed"));

    [Fact]
    public void Package_versions_are_central() =>
        Assert.All(Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories), file =>
            Assert.DoesNotContain("Version=", File.ReadAllText(file)));

    [Fact]
    public void No_file_names_a_package_host() =>
        Assert.All(Directory.EnumerateFiles(Repository.PathOf("eng"), "*", SearchOption.AllDirectories).Append(Repository.PathOf("Makefile")), file =>
            Assert.DoesNotContain("://", File.ReadAllText(file)));

    private static string FolderOf(string project) =>
        project == "Validation" ? Repository.PathOf("validation") : Repository.PathOf("src", project);

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex(@"new Random\(\)|Random\.Shared")]
    private static partial Regex Unseeded();
}
