using System.CommandLine;
using Meanfield.IO;

namespace Meanfield.Cli.Commands;

/// <summary>The case argument and the overrides that run and check share.</summary>
internal sealed class CaseArguments
{
    private readonly Argument<string> _case = new("case") { Description = "case file (YAML); see docs/case-file.md" };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "override a key, such as --set attention.beta=7; may be repeated",
        HelpName = "path=value",
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = _ => [],
    };

    public void AddTo(Command command)
    {
        command.Add(_case);
        command.Add(_set);
    }

    public string Path(ParseResult parsed) => parsed.GetRequiredValue(_case);

    /// <summary>The case with more overrides, after those of the command line.</summary>
    public Case Read(ParseResult parsed, IEnumerable<string> more) => CaseReader.Read(Path(parsed), [.. parsed.GetRequiredValue(_set), .. more]);

    public Case Read(ParseResult parsed) => CaseReader.Read(Path(parsed), parsed.GetRequiredValue(_set));
}
