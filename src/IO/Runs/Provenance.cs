using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>Where a result comes from: program, commit, machine, engines, seeds, timings.</summary>
public sealed record Provenance
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Version of the program.</summary>
    public string Version { get; init; } = ProgramVersion.Number;

    /// <summary>Commit it was built from, or "unknown".</summary>
    public string Commit { get; init; } = ProgramVersion.Commit;

    /// <summary>Machine name, processor, operating system and runtime.</summary>
    public Machine Machine { get; init; } = Machine.This;

    /// <summary>Fourier engine that ran: built_in, mkl or fftw; none for zonal densities.</summary>
    public string FourierEngine { get; init; } = "none";

    /// <summary>How forces between tokens were summed and why; null where there are none.</summary>
    public string? Forces { get; init; }

    /// <summary>Version of libhdf5.</summary>
    public string Hdf5 { get; init; } = "";

    /// <summary>Seed of the scheme's random numbers.</summary>
    public ulong Seed { get; init; }

    /// <summary>UTC start of the run.</summary>
    public DateTime Started { get; init; }

    /// <summary>Wall-clock seconds spent solving, and writing.</summary>
    public double SolveSeconds { get; init; }

    /// <summary>Wall-clock seconds spent writing files.</summary>
    public double WriteSeconds { get; init; }

    /// <summary>How the run ended.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Reads provenance.json.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is not such a file.</exception>
    public static Provenance Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Provenance>(File.ReadAllBytes(path), Layout) ?? throw new InvalidDataException($"{path} is empty");
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"{path} is not the provenance of a run: {problem.Message}", problem);
        }
    }

    /// <summary>As indented JSON with snake_case names.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Layout) + "\n";
}

/// <summary>The machine and runtime.</summary>
/// <param name="Name">Host name.</param>
/// <param name="Processors">Logical processors.</param>
/// <param name="Simd">Vector unit that the kernels use, <see cref="SimdVariant.Name"/>: avx512, avx2 or scalar.</param>
/// <param name="System">Operating system.</param>
/// <param name="Runtime">.NET runtime.</param>
public sealed record Machine(string Name, int Processors, string Simd, string System, string Runtime)
{
    /// <summary>The machine this runs on.</summary>
    public static Machine This { get; } = new(
        Environment.MachineName,
        Environment.ProcessorCount,
        SimdVariant.Name,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription);
}

/// <summary>Version and commit of the program.</summary>
public static class ProgramVersion
{
    private static readonly string[] Parts =
        (typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+');

    /// <summary>Such as 0.1.0.</summary>
    public static string Number => Parts[0];

    /// <summary>Full commit hash, or "unknown" outside a checkout.</summary>
    public static string Commit => Parts.Length > 1 ? Parts[1] : "unknown";
}
