using System.Runtime.InteropServices;
using Meanfield.IO;
using Meanfield.Spectral;

namespace Meanfield.Cli;

/// <summary>Turns failures into one sentence on standard error and their exit code.</summary>
internal static class Guard
{
    private const PosixSignal FileSizeExceeded = (PosixSignal)25; // SIGXFSZ of Linux and macOS, which .NET has no name for

    public static int Run(Func<int> action)
    {
        // A file beyond the limit of ulimit -f is a failed write like any other, not the end of the process.
        using PosixSignalRegistration? limit = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(FileSizeExceeded, signal => signal.Cancel = true);
        try
        {
            SimdVariant.Require();
            return action();
        }
        catch (CaseException problem)
        {
            return Fail(problem.InnerException is IOException or UnauthorizedAccessException ? ExitCode.InputOutput : ExitCode.Usage, problem.Message);
        }
        catch (RunFolderException problem)
        {
            return Fail(ExitCode.FolderNotEmpty, problem.Message);
        }
        catch (MemoryException problem)
        {
            return Fail(ExitCode.Memory, problem.Message);
        }
        catch (OutOfMemoryException)
        {
            return Fail(ExitCode.Memory, "out of memory: lower method.max_bandlimit (meanfield check states what a case needs)");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return Fail(ExitCode.InputOutput, problem.Message);
        }
        catch (ArgumentException problem)
        {
            return Fail(ExitCode.Usage, problem.Message);
        }
#pragma warning disable CA1031 // the last stop: a defect still ends with a sentence and its own exit code
        catch (Exception defect)
#pragma warning restore CA1031
        {
            return Fail(ExitCode.Unexpected, $"unexpected: {defect}");
        }
    }

    private static int Fail(int code, string sentence)
    {
        Console.Error.WriteLine($"meanfield: {sentence}");
        return code;
    }
}
