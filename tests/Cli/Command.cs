using System.Diagnostics;

namespace Meanfield.Tests.Cli;

/// <summary>Runs the meanfield command as a user does, in a process of its own.</summary>
internal sealed record Command(int ExitCode, string Output, string Errors)
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "meanfield.dll");

    public static Command Run(params string[] arguments) => RunWith(null, null, arguments);

    /// <summary>Starts it and leaves it to the caller, who kills it or waits for it.</summary>
    public static Process Start(params string[] arguments) => StartWith(null, null, arguments);

    /// <summary>The same with one environment variable set.</summary>
    public static Process StartWith(string? variable, string? value, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (variable != null)
            start.Environment[variable] = value;
        return Process.Start(start)!;
    }

    /// <summary>The same with one environment variable set.</summary>
    public static Command RunWith(string? variable, string? value, params string[] arguments)
    {
        using Process process = StartWith(variable, value, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(120)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"meanfield {string.Join(' ', arguments)} took longer than 120 s");
        }
        return new Command(process.ExitCode, output.Result, errors.Result);
    }
}
