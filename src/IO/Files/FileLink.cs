using System.Runtime.InteropServices;

namespace Meanfield.IO;

/// <summary>Names for files that are given to one process only.</summary>
/// <remarks>File.Move without overwriting looks whether the name is free and then renames: two processes at the same moment both succeed. A hard link does not.</remarks>
internal static partial class FileLink
{
    private const int NotPermitted = 1, Exists = 17, NotSupported = 95;

    /// <summary>Gives a file a name that is free; false where it is taken.</summary>
    /// <param name="file">The file; whether it keeps its own name as well is left open.</param>
    /// <param name="name">On the same file system.</param>
    /// <exception cref="IOException">The system refused for another reason.</exception>
    internal static bool TryGive(string file, string name)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (Link(file, name) == 0) return true;
            int error = Marshal.GetLastPInvokeError();
            if (error == Exists) return false;
            if (error is not (NotPermitted or NotSupported)) // of file systems without hard links
                throw new IOException($"could not write {name}: {Marshal.GetPInvokeErrorMessage(error)}");
        }
        try
        {
            File.Move(file, name, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(name))
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string file, string name);
}
