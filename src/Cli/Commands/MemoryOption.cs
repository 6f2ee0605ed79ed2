using System.CommandLine;
using Meanfield.IO;

namespace Meanfield.Cli.Commands;

/// <summary>The option --max-memory of run, check and export.</summary>
internal sealed class MemoryOption
{
    public Option<string?> Option { get; } = new("--max-memory") { Description = "refuse to take more memory (exit 6): 500MB, 8GB, 2GiB (default: 80 % of what is free)", HelpName = "SIZE" };

    public MemoryLimit Limit(ParseResult parsed) => parsed.GetValue(Option) is string size ? MemoryLimit.Parse(size) : MemoryLimit.Default;
}
