using System.Diagnostics;
using System.Text.Json;
using Meanfield.Tests.House;
using Meanfield.Tests.IO;
using Xunit;

namespace Meanfield.Tests.Validation;

/// <summary>A copy of the sources, to be broken and built apart from the checkout.</summary>
public sealed class FaultyCopy : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>What the program is built from, and the JavaScript that its build has fetched.</summary>
    private static readonly string[] Sources = ["src", "validation", "eng/web", "src/IO/obj/web", "Directory.Build.props", "Directory.Packages.props", "global.json"];

    private readonly TemporaryFolder _folder = new();
    private bool _built;

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    /// <summary>Runs `validate --quick` of the sources with a fault, or as they are.</summary>
    /// <remarks>Everything is built once; then only the library with the fault, which takes the place of the sound one for this run.</remarks>
    /// <param name="fault">The fault; null for none.</param>
    /// <param name="ids">Claims.</param>
    /// <returns>Exit code and verdict of each claim, as report.json writes it.</returns>
    internal (int ExitCode, Dictionary<string, string> Verdicts) Validate(PlantedFault? fault, IEnumerable<string> ids)
    {
        if (!_built) BuildAll();
        if (fault is null) return Measure(ids);
        string source = _folder[fault.File], right = File.ReadAllText(source), library = fault.File.Split('/')[1], name = $"Meanfield.{library}.dll";
        string used = Path.Combine(Program, name), sound = _folder[name];
        File.Move(used, sound);
        File.WriteAllText(source, fault.Plant(right));
        try
        {
            Build($"src/{library}/Meanfield.{library}.csproj", "--no-restore", "-p:BuildProjectReferences=false");
            File.Copy(_folder[$"src/{library}/bin/Release/net10.0/{name}"], used);
            return Measure(ids);
        }
        finally
        {
            File.WriteAllText(source, right);
            File.Move(sound, used, overwrite: true);
        }
    }

    private string Program => _folder["src/Cli/bin/Release/net10.0"];

    private (int ExitCode, Dictionary<string, string> Verdicts) Measure(IEnumerable<string> ids)
    {
        (int code, string output) = Run([Path.Combine(Program, "meanfield.dll"), "validate", .. ids, "--quick", "--json", "--out", _folder["report"]]);
        Assert.True(output.StartsWith('{'), output);
        using JsonDocument report = JsonDocument.Parse(output);
        return (code, report.RootElement.GetProperty("claims").EnumerateArray().ToDictionary(
            claim => claim.GetProperty("claim").GetProperty("id").GetString()!, claim => claim.GetProperty("verdict").GetString()!));
    }

    private void BuildAll()
    {
        Copy();
        Build("src/Cli/Meanfield.Cli.csproj");
        _built = true;
    }

    private void Build(string project, params string[] options)
    {
        (int code, string output) = Run(["build", _folder[project], "--configuration", "Release", "--nologo", "--verbosity", "quiet", .. options,
            "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", "-p:GenerateDocumentationFile=false"]);
        Assert.True(code == 0, output);
    }

    private void Copy()
    {
        foreach (string source in Sources)
        {
            string from = Repository.PathOf(source);
            IEnumerable<string> files = File.Exists(from) ? [from] : Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories);
            foreach (string file in files.Where(file => !IsBuilt(Path.GetRelativePath(from, file))))
            {
                string to = _folder[Path.GetRelativePath(Repository.Root, file)];
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(file, to);
            }
        }
    }

    private static bool IsBuilt(string path) => path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");

    private static (int ExitCode, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name); // those of the build that runs the tests
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"dotnet {string.Join(' ', arguments)} took longer than {Patience.TotalMinutes} min");
        }
        return (process.ExitCode, output.Result.Length > 0 ? output.Result : errors.Result);
    }
}
