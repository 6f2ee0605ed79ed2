using Meanfield.Perturbation;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>One run of a comparison: its result.h5, and what is read off it.</summary>
public sealed class ComparedRun : IDisposable
{
    private readonly ResultFile _result;
    private readonly Case? _case;
    private readonly GarbageLimit _garbage = new();

    private ComparedRun(string label, ResultFile result, RunAssembly? assembly)
    {
        (Label, _result) = (label, result);
        _case = CaseOf(result.Header.Case);
        History = assembly?.History ?? AmplitudeHistory.Of(result.Header.Attention, result.Basis, result.Time, Coefficients);
        Phases = assembly is null ? PhaseReport.Of(_case, History, result.Diagnostic("clusters")) : assembly.Phases;
        LastKnown = Array.FindLastIndex(History.Deviation.Values, double.IsFinite);
    }

    /// <summary>Name of the folder or file, made unique in a comparison.</summary>
    public string Label { get; internal set; }

    /// <summary>What was computed.</summary>
    public ResultHeader Header => _result.Header;

    /// <summary>How it ended.</summary>
    public Outcome Outcome => _result.Outcome;

    /// <summary>[T] output times.</summary>
    public double[] Times => _result.Time;

    /// <summary>What its degrees do.</summary>
    public AmplitudeHistory History { get; }

    /// <summary>Its phases; null where the theory is not about it.</summary>
    public PhaseReport? Phases { get; }

    /// <summary>The harmonics of its record.</summary>
    public HarmonicBasis Basis => _result.Basis;

    /// <summary>The last output time of which the run says anything; −1 if none.</summary>
    public int LastKnown { get; }

    /// <summary>‖ρ − 1‖ at the first output time over the degrees of <see cref="History"/>.</summary>
    public double InitialDeviation => History.Deviation.Values[0];

    /// <summary>Time at which a density in harmonics was handed over to characteristics; null if it was not.</summary>
    public double? HandoverTime => _result.HandoverTime;

    /// <summary>Whether it starts from tokens that are given, rather than from a density: then runs of other tokens do not tend to it.</summary>
    public bool StartsFromTokens => _case?.Initial is TokensInitial or FileInitial;

    /// <summary>N of particles; null for other schemes.</summary>
    public int? Tokens
    {
        get
        {
            if (Header.Scheme != "particles") return null;
            if (_case?.Initial is FileInitial) return _result.HasTokens ? _result.TokenWeights().Length : null;
            return _case is null ? null : InitialTokens.CountOf(_case);
        }
    }

    /// <summary>Opens a run folder or its result.h5.</summary>
    /// <param name="path">The folder or the file.</param>
    /// <exception cref="IOException">Neither exists.</exception>
    /// <exception cref="InvalidDataException">It is no result of Meanfield.</exception>
    public static ComparedRun Open(string path) => Open(path, null);

    /// <summary>Opens a result whose history and phases are known: they are not worked out again.</summary>
    /// <param name="path">The folder or the file.</param>
    /// <param name="assembly">What it was made from; null where only the file is left.</param>
    /// <exception cref="IOException">Neither exists.</exception>
    /// <exception cref="InvalidDataException">It is no result of Meanfield.</exception>
    internal static ComparedRun Open(string path, RunAssembly? assembly)
    {
        bool folder = Directory.Exists(path);
        string file = folder ? Path.Combine(path, "result.h5") : path;
        if (!File.Exists(file)) throw new FileNotFoundException(folder ? $"run folder '{path}' has no result.h5" : $"there is no run '{path}'");
        string full = Path.GetFullPath(file), label = Path.GetFileName(full) == "result.h5" ? Path.GetFileName(Path.GetDirectoryName(full)!) : Path.GetFileNameWithoutExtension(full);
        return new ComparedRun(label, ResultFile.Open(file), assembly);
    }

    /// <inheritdoc/>
    public void Dispose() => _result.Dispose();

    /// <summary>[Basis.Count] coefficients at one output time.</summary>
    public double[] Coefficients(int step)
    {
        _garbage.Keep();
        return _result.Coefficients(step);
    }

    /// <summary>[T] one diagnostic (<see cref="Diagnostic.All"/>).</summary>
    public double[] Diagnostic(string name) => _result.Diagnostic(name);

    /// <summary>The degrees of its record that grow fastest about the uniform state, fastest first.</summary>
    /// <param name="count">How many at most.</param>
    public Eigenmode[] FastestModes(int count) => [.. Eigenmodes.About(Header.Attention, Header.Dimension).Modes
        .Where(mode => mode.Degree <= History.Basis.Bandlimit).OrderByDescending(mode => mode.GrowthRate).Take(count)];

    /// <summary>α_ℓ(t₀)e^{γ(t − t₀)} by linear theory at the output times from the first t₀ on, until it reaches 1.</summary>
    public TimeSeries LinearTheory(Eigenmode mode)
    {
        double start = History.Amplitude(mode.Degree).Values[0], origin = Times[0];
        double[] values = [.. Times.Select(time => start * Math.Exp(mode.GrowthRate * (time - origin))).TakeWhile(value => value <= 1)];
        return new TimeSeries(Times[..values.Length], values);
    }

    /// <summary>The recorded tokens at one output time, coordinate after coordinate; null where there are none.</summary>
    public double[]? Positions(int step)
    {
        if (!_result.HasTokens) return null;
        double[,] rows = _result.TokenPositions(step);
        (int count, int d) = (rows.GetLength(0), rows.GetLength(1));
        var positions = new double[rows.Length];
        for (int i = 0; i < count; i++)
            for (int k = 0; k < d; k++) positions[k * count + i] = rows[i, k];
        return Array.Exists(positions, double.IsNaN) ? null : positions;
    }

    /// <summary>The clusters of the recorded tokens at one output time; null where there are none.</summary>
    public ClusterCensus? Census(int step) => Positions(step) is { } positions
        ? ClusterCensus.Take(new Cloud(Header.Dimension, positions, _result.TokenWeights()), ClusterRule.For(Header.Attention))
        : null;

    // A case of another version may have other keys; the numbers of the run stand without it.
    private static Case? CaseOf(string yaml)
    {
        try
        {
            return CaseReader.Parse(yaml, "case.yaml");
        }
        catch (CaseException)
        {
            return null;
        }
    }
}
