namespace Meanfield.Cli;

/// <summary>Exit codes of every command.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>A defect of the program.</summary>
    public const int Unexpected = 1;

    /// <summary>Bad case file or command line.</summary>
    public const int Usage = 2;

    /// <summary>Stopped on request or when its time was up; run --resume goes on.</summary>
    public const int Stopped = 3;

    /// <summary>The run folder is in use or not empty.</summary>
    public const int FolderNotEmpty = 4;

    /// <summary>Input or output failed.</summary>
    public const int InputOutput = 5;

    /// <summary>Refused: needs more memory than there is.</summary>
    public const int Memory = 6;

    /// <summary>Resolution lost: results are valid until the time stated.</summary>
    public const int ResolutionLost = 7;

    /// <summary>A claim of the validation failed.</summary>
    public const int ClaimFailed = 8;
}
