using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>Runs a script of tests/python and returns the JSON it prints.</summary>
/// <remarks>A missing interpreter is a failure, never a skipped test.</remarks>
public static class Script
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs a script with the system's Python, which has h5py and xarray.</summary>
    public static JsonElement Python(string script, params string[] arguments) =>
        Run("/usr/bin/python3", [], script, arguments);

    /// <summary>Runs a script inside ParaView, without a display.</summary>
    public static JsonElement ParaView(string script, params string[] arguments) =>
        Run("/usr/bin/pvpython", ["--no-mpi"], script, arguments);

    private static JsonElement Run(string interpreter, string[] options, string script, string[] arguments)
    {
        Assert.True(File.Exists(interpreter), $"{interpreter} is missing: run `make setup-test`");
        string path = Path.Combine(AppContext.BaseDirectory, "python", script);
        var start = new ProcessStartInfo(interpreter, [.. options, path, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("DISPLAY");
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{script} took longer than {Patience.TotalSeconds} s");
        }

        // ParaView writes warnings of its own to the output; the answer is the last line.
        string? answer = output.Result.Split('\n').LastOrDefault(line => line.StartsWith('{') || line.StartsWith("JSON "));
        Assert.True(
            process.ExitCode == 0 && answer is not null,
            $"{script} failed (run `make setup-test` if a module is missing):\n{errors.Result}{output.Result}");
        return JsonDocument.Parse(answer![answer!.IndexOf('{')..]).RootElement;
    }
}
