using System.Reflection;
using System.Runtime.InteropServices;

namespace Meanfield.Spectral;

/// <summary>Finds the native Fourier libraries, once per process. That one is absent is an answer, not an error.</summary>
internal static class FourierLibraries
{
    /// <summary>Import name of FFTW.</summary>
    public const string Fftw = "fftw3";

    /// <summary>Import name of MKL.</summary>
    public const string Mkl = "mkl_rt";

    private static readonly Lazy<nint> FftwHandle = new(() => Load("libfftw3.so.3", "libfftw3.3.dylib", "libfftw3-3.dll"));
    private static readonly Lazy<nint> MklHandle = new(LoadMkl);

    // The resolver is registered before the first import: no plan is made before one of the properties below was asked.
    static FourierLibraries() => NativeLibrary.SetDllImportResolver(typeof(FourierLibraries).Assembly, Resolve);

    /// <summary>Whether FFTW is on this machine.</summary>
    public static bool HasFftw => FftwHandle.Value != 0;

    /// <summary>Whether MKL is on this machine: libmkl_rt and the core that it loads by itself.</summary>
    public static bool HasMkl => MklHandle.Value != 0;

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name switch
    {
        Fftw => FftwHandle.Value,
        Mkl => MklHandle.Value,
        _ => 0,
    };

    // libmkl_rt ends the process when its core is missing, so that is looked for first.
    private static nint LoadMkl()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64) return 0;
        foreach (string suffix in (ReadOnlySpan<string>)["", ".2", ".1"])
        {
            nint library = Load($"libmkl_rt.so{suffix}");
            if (library != 0) return Load($"libmkl_core.so{suffix}") != 0 ? library : 0;
        }
        return 0;
    }

    private static nint Load(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, out nint library)) return library;
        }
        return 0;
    }
}
