namespace Meanfield.IO;

/// <summary>A problem to solve and how to solve it: the content of a case file, every default filled in.</summary>
/// <remarks>Two cases are equal when all their values are, lists included.</remarks>
public sealed record Case
{
    /// <summary>What the case is called in reports; one line, not empty.</summary>
    public string Title { get; init; } = "case";

    /// <summary>Ambient dimension d, 2 … 1024: tokens live on S^(d−1).</summary>
    public required int Dimension { get; init; }

    /// <summary>The attention model.</summary>
    public required AttentionSettings Attention { get; init; }

    /// <summary>The state at time 0.</summary>
    public InitialState Initial { get; init; } = new UniformInitial();

    /// <summary>How the case is solved.</summary>
    public MethodSettings Method { get; init; } = new();

    /// <summary>How long it is solved and how often it is recorded.</summary>
    public required TimeSettings Time { get; init; }

    /// <summary>What is recorded.</summary>
    public OutputSettings Output { get; init; } = new();

    /// <summary>The control problem that <c>meanfield train</c> solves; null: none.</summary>
    public ControlSettings? Training { get; init; }

    /// <summary>Folder that relative paths in the case start from; empty: the current folder. Not part of the file.</summary>
    public string BaseDirectory { get; init; } = "";

    /// <summary>The full path of a path written in the case.</summary>
    /// <param name="path">Absolute, or relative to <see cref="BaseDirectory"/>.</param>
    /// <exception cref="ArgumentException">The path is empty or holds a null character.</exception>
    public string Resolve(string path) => Path.GetFullPath(Path.Combine(BaseDirectory, path));

    /// <summary>The same case with its paths made absolute, so that it means the same when written to another folder.</summary>
    public Case WithAbsolutePaths() =>
        Initial is FileInitial file ? this with { Initial = file with { Path = Resolve(file.Path) } } : this;
}
