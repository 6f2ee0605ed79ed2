using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>What a run used, from its case, its provenance and its result.</summary>
public sealed record CitedRun
{
    /// <summary>Solver of the case.</summary>
    public required Scheme Scheme { get; init; }

    /// <summary>The model without its matrices.</summary>
    public required Attention Attention { get; init; }

    /// <summary>Whether queries, keys and values are the tokens themselves, with no mask and the plain layer normalization.</summary>
    public required bool IsPlain { get; init; }

    /// <summary>Whether tokens or nodes moved without noise: particles, characteristics, or after a hand-over.</summary>
    public required bool StepsTokens { get; init; }

    /// <summary>Whether tokens were drawn or noise was; tokens from a file are not.</summary>
    public required bool DrawsRandomNumbers { get; init; }

    /// <summary>Whether phases were measured.</summary>
    public required bool HasPhases { get; init; }

    /// <summary>Fourier engine that ran: built_in, mkl, fftw or none.</summary>
    public required string FourierEngine { get; init; }

    /// <summary>Version of libhdf5.</summary>
    public required string Hdf5 { get; init; }

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>The works to cite, the program first.</summary>
    public IReadOnlyList<Citation> Citations =>
        [new Citation("the program", Bibliography.Program(Version)), .. Bibliography.Rows.Where(row => row.Applies(this)).Select(row => new Citation(row.Use, row.Work))];

    /// <summary>Reads a finished run.</summary>
    /// <exception cref="RunFolderException">There is no finished run in the folder.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static CitedRun Open(string path)
    {
        RunFolder folder = RunFolder.At(path);
        if (!folder.IsFinished) throw new RunFolderException($"there is no finished run in '{path}'");
        foreach ((string name, string hash) in RunManifest.Read(folder.Path).Files) RunManifest.Require(folder.Path, name, hash);
        Case @case = CaseReader.Read(folder.FilePath(RunFolder.CaseName), []);
        Provenance provenance = Provenance.Read(folder.FilePath("provenance.json"));
        if (!File.Exists(folder.FilePath("result.h5"))) return Of(@case, provenance, handedOver: false, tokens: false);
        using ResultFile result = ResultFile.Open(folder.FilePath("result.h5"));
        return Of(@case, provenance, result.HandoverTime is not null, result.HasTokens);
    }

    /// <summary>What the run of a case used.</summary>
    /// <param name="case">The case.</param>
    /// <param name="provenance">Of the run.</param>
    /// <param name="handedOver">Whether a density was handed over to characteristics.</param>
    /// <param name="tokens">Whether tokens were recorded.</param>
    internal static CitedRun Of(Case @case, Provenance provenance, bool handedOver, bool tokens)
    {
        (Scheme scheme, AttentionSettings attention) = (@case.Method.Scheme, @case.Attention);
        return new CitedRun
        {
            Scheme = scheme,
            Attention = attention.Model,
            IsPlain = attention is { Query: null, Key: null, Value: null, Mask: AttentionMask.None, LayerNorm: Solver.NormPlacement.Post },
            StepsTokens = handedOver || scheme == Scheme.Characteristics || (scheme == Scheme.Particles && attention.Noise == 0),
            DrawsRandomNumbers = @case.Initial switch
            {
                _ when scheme == Scheme.Particles && attention.Noise > 0 => true,
                TokensInitial { Law: var law } => law == TokenLaw.Uniform,
                FileInitial => false,
                _ => tokens,
            },
            HasPhases = PhaseReport.Covers(@case),
            FourierEngine = provenance.FourierEngine,
            Hdf5 = provenance.Hdf5,
            Version = provenance.Version,
        };
    }
}
