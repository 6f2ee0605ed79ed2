using Meanfield.Perturbation;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>The memory that a run takes, said before anything is allocated; measured peaks (VmHWM) are within 15 % of it (docs/results.md).</summary>
/// <remarks>
/// While it solves: the program, the solver, the snapshots kept in memory and what the publication of one snapshot and one checkpoint allocates.
/// When it assembles its files: the program, the same snapshots, the forecast of the phases or the compressed image of the largest file (coefficients of a resolved
/// density hardly compress) and one snapshot. The larger of the two.
/// </remarks>
public sealed record RunMemory
{
    /// <summary>Bytes that the program takes whatever the case: runtime, compiled code, libraries.</summary>
    internal const long Program = 85_000_000;

    private const int Copies = 4; // of numbers on their way into a file: as they are, by significance, compressed, in the image

    /// <summary>Bytes with the bandlimit or the nodes of the start.</summary>
    public required long Start { get; init; }

    /// <summary>Bytes at the most: with max_bandlimit, or all nodes that refinement may reach.</summary>
    public required long Most { get; init; }

    /// <summary>The memory of a case.</summary>
    /// <param name="case">The case.</param>
    /// <param name="needs">What its solver needs.</param>
    /// <param name="outputs">Number of output times.</param>
    public static RunMemory Of(Case @case, SchemeNeeds needs, int outputs)
    {
        int degree = @case.Output.Degree;
        bool density = @case.Method.Scheme is Scheme.Spectral or Scheme.Perturbation;
        int top = density ? needs.MaximumBandlimit ?? degree : degree, start = density ? needs.Bandlimit ?? top : degree;
        long most = Math.Max(Solving(@case, needs.MaximumMemoryBytes, needs.StateBytes, top, outputs), Assembling(@case, top, outputs));
        return new RunMemory { Start = Math.Max(Solving(@case, needs.MemoryBytes, needs.StateBytes, start, outputs), Assembling(@case, start, outputs)), Most = most };
    }

    /// <summary>Refuses a run that may need more than a limit.</summary>
    /// <exception cref="MemoryException">What is needed, what is allowed and what to change.</exception>
    internal void Require(Case @case, MemoryLimit limit) => MemoryException.Require(Most, limit, $"the run of '{@case.Title}'", @case.Method.Scheme switch
    {
        Scheme.Spectral => "lower method.max_bandlimit (and method.bandlimit), raise time.every, or allow more with --max-memory",
        Scheme.Perturbation => "lower method.order or method.bandlimit, raise time.every, or allow more with --max-memory",
        Scheme.Particles => "lower the number of tokens, output.tokens or output.degree, raise time.every, or allow more with --max-memory",
        _ => "lower method.tokens, output.tokens or output.degree, raise time.every, or allow more with --max-memory",
    });

    /// <summary>Bytes that files made of recorded snapshots take.</summary>
    /// <param name="case">The case.</param>
    /// <param name="bandlimit">The largest of the snapshots.</param>
    /// <param name="outputs">Number of snapshots.</param>
    internal static long Assembling(Case @case, int bandlimit, int outputs)
    {
        long stored = sizeof(double) * (long)new HarmonicBasis(@case.Dimension, Math.Max(bandlimit, @case.Output.Degree)).Count;
        long snapshot = SnapshotBytes(@case, bandlimit), tokens = TokenBytes(@case);
        long result = outputs * (stored + tokens) + 2 * stored, fields = 0;
        if (@case.Output.Fields && @case.Dimension <= 3)
        {
            long points = FieldSampler.PointsFor(@case.Dimension, @case.Output.Degree);
            long values = (1 + 3) * sizeof(float), cells = @case.Dimension == 3 ? 2 * 3 * sizeof(long) * 2 : 2 * sizeof(long);
            fields = points * (outputs * values + cells) + FieldSampler.MemoryBytes(@case.Dimension, @case.Output.Degree, bandlimit);
        }
        return Program + Kept(snapshot, outputs) + Math.Max(PhaseBytes(@case), Math.Max(result, fields)) + Math.Max(GarbageLimit.Bytes, Copies * snapshot) + snapshot;
    }

    // The forecast of the phases, which is part of the result.
    private static long PhaseBytes(Case @case)
    {
        if (!PhaseReport.Covers(@case)) return 0;
        Attention attention = @case.Attention.Model;
        Eigenmode fastest = Eigenmodes.About(attention, @case.Dimension).Fastest;
        return fastest.GrowthRate > 0 ? LinearPhase.MemoryBytes(attention, new HarmonicBasis(@case.Dimension, @case.Output.Degree), fastest.Degree, fastest.GrowthRate) : 0;
    }

    private static long Solving(Case @case, long solver, long state, int bandlimit, int outputs)
    {
        long snapshot = SnapshotBytes(@case, bandlimit), published = Copies * (snapshot + Math.Max(state, snapshot));
        return Program + solver + Kept(snapshot, outputs) + Math.Min(Math.Max(GarbageLimit.Bytes, published), outputs * published);
    }

    private static long Kept(long snapshot, int outputs) => Math.Min(JournalHistory.Kept, outputs * snapshot);

    private static long SnapshotBytes(Case @case, int bandlimit) => sizeof(double) * (long)new HarmonicBasis(@case.Dimension, bandlimit).Count + TokenBytes(@case);

    private static long TokenBytes(Case @case)
    {
        bool tokens = @case.Method.Scheme is Scheme.Particles or Scheme.Characteristics;
        long count = @case.Method.Scheme == Scheme.Particles ? Math.Min(InitialTokens.CountOf(@case), @case.Output.Tokens) : @case.Output.Tokens;
        return tokens ? sizeof(double) * count * @case.Dimension : 0;
    }
}
