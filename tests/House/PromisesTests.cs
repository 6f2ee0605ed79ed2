using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace Meanfield.Tests.House;

/// <summary>docs/promises.md names tests that exist and figures that they state.</summary>
public partial class PromisesTests
{
    private static readonly string[][] Rows = [.. File.ReadLines(Repository.PathOf("docs", "promises.md"))
        .Where(line => line.StartsWith('|') && !line.StartsWith("|---", StringComparison.Ordinal) && !line.StartsWith("| promise", StringComparison.Ordinal))
        .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())];

    [Fact]
    public void Every_promise_names_tests_that_exist()
    {
        Assert.NotEmpty(Rows);
        foreach (string[] row in Rows)
        {
            Assert.Equal(4, row.Length);
            Assert.True(row[0].Length > 0 && row[2].Length > 0, string.Join(" | ", row));
            MatchCollection tests = Name().Matches(row[3]);
            Assert.NotEmpty(tests);
            foreach (Match test in tests)
            {
                Assert.True(
                    Types(test.Groups["type"].Value).SelectMany(type => type.GetMethods()).Any(method => method.Name == test.Groups["member"].Value && method.GetCustomAttribute<FactAttribute>() is not null),
                    $"there is no test {test.Value} for the promise: {row[0]}");
            }
        }
    }

    /// <summary>A required figure is written `Class.Constant = 2`, and is the constant's value.</summary>
    [Fact]
    public void Every_figure_is_that_of_its_test()
    {
        int figures = 0;
        foreach (string[] row in Rows)
        {
            foreach (Match figure in Figure().Matches(row[1]))
            {
                FieldInfo? constant = Types(figure.Groups["type"].Value)
                    .Select(type => type.GetField(figure.Groups["member"].Value, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)).FirstOrDefault(field => field is { IsLiteral: true });
                Assert.True(constant is not null, $"there is no constant {figure.Value}");
                Assert.Equal(Convert.ToDouble(constant.GetRawConstantValue(), CultureInfo.InvariantCulture), double.Parse(figure.Groups["value"].Value, CultureInfo.InvariantCulture));
                figures++;
            }
        }
        Assert.True(figures > 0);
    }

    private static IEnumerable<Type> Types(string name) => typeof(PromisesTests).Assembly.GetTypes().Where(type => type.Name == name);

    [GeneratedRegex(@"`(?<type>\w+)\.(?<member>\w+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"`(?<type>\w+)\.(?<member>\w+) = (?<value>[-+.\deE]+)`")]
    private static partial Regex Figure();
}
