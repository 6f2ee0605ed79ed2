using System.Diagnostics;
using System.Text.Json;

namespace Meanfield.Benchmarks.Peers;

/// <summary>The circle's right-hand side in NumPy: a process that answers a line of JSON with another and times itself.</summary>
internal sealed class NumpyCircle : IDisposable
{
    private const string Interpreter = "/usr/bin/python3";
    private readonly Process _process;

    /// <summary>Starts the process.</summary>
    /// <exception cref="FileNotFoundException">No such interpreter.</exception>
    public NumpyCircle()
    {
        if (!File.Exists(Interpreter))
            throw new FileNotFoundException($"{Interpreter} is missing: run `eng/setup.sh bench`");
        var start = new ProcessStartInfo(Interpreter, Path.Combine(AppContext.BaseDirectory, "python", "circle.py"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        _process = Process.Start(start)!;
        Name = "numpy " + Ask(new { command = "version" }).GetProperty("version").GetString();
    }

    /// <summary>Library and version.</summary>
    public string Name { get; }

    /// <summary>Sets the state and returns the right-hand side, both as c_k = real + i·imaginary, k = 0 … L.</summary>
    public (double[] Real, double[] Imaginary) Prepare(int points, double[] multipliers, double[] real, double[] imaginary)
    {
        JsonElement answer = Ask(new { command = "prepare", points, multipliers, real, imaginary });
        return (Numbers(answer, "real"), Numbers(answer, "imaginary"));
    }

    /// <summary>Seconds that a number of evaluations took by the process's own clock.</summary>
    public double Time(int repetitions) => Ask(new { command = "time", repetitions }).GetProperty("seconds").GetDouble();

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
            _process.Kill();
        _process.Dispose();
    }

    private JsonElement Ask(object question)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(question));
        _process.StandardInput.Flush();
        string line = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("circle.py ended early: is python3-numpy installed?");
        return JsonDocument.Parse(line).RootElement;
    }

    private static double[] Numbers(JsonElement answer, string name) =>
        [.. answer.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
}
