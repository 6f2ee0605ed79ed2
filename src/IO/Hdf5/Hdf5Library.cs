using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Meanfield.IO;

/// <summary>The system's libhdf5: finding it, one caller at a time, and its errors in our words.</summary>
internal static unsafe class Hdf5Library
{
    private const string Missing =
        "the HDF5 library was not found; on Debian install the packages libhdf5-103-1 and libhdf5-hl-100 (eng/setup.sh run)";

    // The two libraries must come from one build, so they are looked for in pairs.
    private static readonly (string Core, string HighLevel)[] Candidates =
    [
        ("libhdf5_serial.so.103", "libhdf5_serial_hl.so.100"),
        ("libhdf5_serial.so.310", "libhdf5_serial_hl.so.310"),
        ("libhdf5.so.310", "libhdf5_hl.so.310"),
        ("libhdf5.so.200", "libhdf5_hl.so.200"),
        ("libhdf5.so.103", "libhdf5_hl.so.100"),
        ("libhdf5.dylib", "libhdf5_hl.dylib"),
        ("hdf5.dll", "hdf5_hl.dll"),
    ];

    private static readonly Lock Gate = new();
    private static readonly Lazy<(nint Core, nint HighLevel)> Libraries = new(Load);

    static Hdf5Library() => NativeLibrary.SetDllImportResolver(typeof(Hdf5Library).Assembly, Resolve);

    /// <summary>Enters the library, which serves one thread at a time; dispose the scope to leave it.</summary>
    /// <exception cref="Hdf5Exception">The library is not installed.</exception>
    internal static Lock.Scope Enter()
    {
        if (Libraries.Value.Core == 0)
            throw new Hdf5Exception(Missing);
        Lock.Scope scope = Gate.EnterScope();
        _ = LibHdf5.H5Eset_auto2(0, 0, 0);      // its errors go into our exceptions, not to the terminal
        return scope;
    }

    /// <summary>Value of one of the library's identifiers, such as H5T_NATIVE_DOUBLE_g, which exist once it is open.</summary>
    internal static long Constant(string symbol) => *(long*)NativeLibrary.GetExport(Libraries.Value.Core, symbol);

    /// <summary>Version of the library, such as 1.10.8.</summary>
    /// <exception cref="Hdf5Exception">The library is not installed.</exception>
    internal static string Version
    {
        get
        {
            using Lock.Scope scope = Enter();
            uint major, minor, release;
            _ = LibHdf5.H5get_libversion(&major, &minor, &release);
            return $"{major}.{minor}.{release}";
        }
    }

    /// <summary>Whether this version of the library has a function.</summary>
    internal static bool Has(string function) => NativeLibrary.TryGetExport(Libraries.Value.Core, function, out _);

    /// <summary>Returns a result of the library, or throws when it is negative while something is written.</summary>
    /// <exception cref="Hdf5Exception">The library refused.</exception>
    internal static long Written(long result, string what) =>
        result >= 0 ? result : throw new Hdf5Exception($"HDF5 could not write {what}: {Explanation()}");

    /// <summary>Returns a result of the library, or throws when it is negative while something is read.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or not what it should be.</exception>
    internal static long Readable(long result, string what) =>
        result >= 0 ? result : throw new InvalidDataException($"cannot read {what}: {Explanation()}");

    private static (nint Core, nint HighLevel) Load()
    {
        foreach ((string core, string highLevel) in Candidates)
        {
            if (NativeLibrary.TryLoad(core, out nint coreHandle) && NativeLibrary.TryLoad(highLevel, out nint highLevelHandle))
            {
                KeepImagesOutOfTheHeap();
                var open = (delegate* unmanaged[Cdecl]<int>)NativeLibrary.GetExport(coreHandle, nameof(LibHdf5.H5open));
                return open() >= 0 ? (coreHandle, highLevelHandle) : default;
            }
        }

        return default;
    }

    // Images of files grow by reallocation. From the system's own pages that moves no byte and gives all of them back; glibc would, after the first
    // image, take memory of that size from its heap, where it is held twice while it moves and stays with the process.
    private static void KeepImagesOutOfTheHeap()
    {
        const int MapThreshold = -3, Bytes = 1 << 20;
        if (OperatingSystem.IsLinux() && NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "mallopt", out nint option))
            _ = ((delegate* unmanaged[Cdecl]<int, int, int>)option)(MapThreshold, Bytes);
    }

    private static nint Resolve(string name, System.Reflection.Assembly assembly, DllImportSearchPath? path) => name switch
    {
        LibHdf5.Core => Libraries.Value.Core,
        LibHdf5.HighLevel => Libraries.Value.HighLevel,
        _ => 0,
    };

    private static string Explanation()
    {
        var lines = new List<string>();
        GCHandle handle = GCHandle.Alloc(lines);
        try
        {
            _ = LibHdf5.H5Ewalk2(0, 0, &Collect, (void*)GCHandle.ToIntPtr(handle));
            _ = LibHdf5.H5Eclear2(0);
        }
        finally
        {
            handle.Free();
        }

        return lines.Count == 0 ? "no reason given" : string.Join("; ", lines);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Collect(uint depth, LibHdf5.ErrorRecord* error, void* data)
    {
        var lines = (List<string>)GCHandle.FromIntPtr((nint)data).Target!;
        string function = Marshal.PtrToStringUTF8((nint)error->Function) ?? "?";
        string description = Marshal.PtrToStringUTF8((nint)error->Description) ?? "?";
        lines.Add($"{description} ({function})");
        return 0;
    }
}
