using System.Diagnostics;
using System.Text.Json;

namespace Meanfield.Benchmarks.Peers;

/// <summary>A script with NumPy that answers a line of JSON with another and times itself.</summary>
internal sealed class NumpyProcess : IDisposable
{
    private const string Interpreter = "/usr/bin/python3";
    private readonly Process _process;
    private readonly string _script;

    /// <summary>Starts a script of the folder python.</summary>
    /// <exception cref="FileNotFoundException">No such interpreter.</exception>
    public NumpyProcess(string script)
    {
        if (!File.Exists(Interpreter))
            throw new FileNotFoundException($"{Interpreter} is missing: run `eng/setup.sh bench`");
        _script = script;
        var start = new ProcessStartInfo(Interpreter, Path.Combine(AppContext.BaseDirectory, "python", script))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        _process = Process.Start(start)!;
        Name = "numpy " + Ask(new { command = "version" }).GetProperty("version").GetString();
    }

    /// <summary>Library and version.</summary>
    public string Name { get; }

    /// <summary>Seconds that a number of evaluations took by the process's own clock.</summary>
    public double Time(int repetitions) => Ask(new { command = "time", repetitions }).GetProperty("seconds").GetDouble();

    /// <summary>Sends a question and returns the answer.</summary>
    /// <exception cref="InvalidOperationException">The script ended early.</exception>
    public JsonElement Ask(object question)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(question));
        _process.StandardInput.Flush();
        string line = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"{_script} ended early: is python3-numpy installed?");
        return JsonDocument.Parse(line).RootElement;
    }

    /// <summary>A list of numbers in an answer.</summary>
    public static double[] Numbers(JsonElement answer, string name) =>
        [.. answer.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
            _process.Kill();
        _process.Dispose();
    }
}
