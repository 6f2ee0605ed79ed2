namespace Meanfield.IO;

/// <summary>A case that cannot be used: one sentence saying where, what is wrong and what is allowed.</summary>
public sealed class CaseException : Exception
{
    internal CaseException(string file, Place? place, string key, string problem, Exception? inner = null)
        : base($"{file}{Where(place)}: {(key.Length > 0 ? key + " " : "")}{problem}.", inner)
    {
        File = file;
        Key = key;
        Problem = problem;
        Override = place?.Override;
        if (place is { Override: null } mark)
            (Line, Column) = (mark.Line, mark.Column);
    }

    /// <summary>The case file, as its reader was given it.</summary>
    public string File { get; }

    /// <summary>Line from 1; null when an override or the file as a whole is at fault.</summary>
    public int? Line { get; }

    /// <summary>Column from 1; null when an override or the file as a whole is at fault.</summary>
    public int? Column { get; }

    /// <summary>The override at fault, as given (path=value); null when the file is.</summary>
    public string? Override { get; }

    /// <summary>Path of the key, such as attention.beta or initial.modes[0].order; empty when no key is at fault.</summary>
    public string Key { get; }

    /// <summary>What is wrong and what is allowed, to be read after the key.</summary>
    public string Problem { get; }

    private static string Where(Place? place) => place switch
    {
        null => "",
        { Override: { } argument } => $", --set {Quote.Short(argument)}",
        { } mark => $", line {mark.Line}, column {mark.Column}",
    };
}
