using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>Every key of a case file: its name, shape, property and meaning. The defaults are those of the records.</summary>
/// <remarks>
/// The reader, the writer, the JSON Schema and the reference all follow this table; <see cref="CaseRules"/> has the rules between keys.
/// </remarks>
internal static class CaseGrammar
{
    /// <summary>Largest degree of any transform in dimension 2; <see cref="CaseRules"/> has the limit of the others.</summary>
    public const int LargestDegree = 65535;

    private static readonly IntegerShape<int> Count = new(1, int.MaxValue);
    private static readonly IntegerShape<int> Degree = new(1, LargestDegree);
    private static readonly IntegerShape<ulong> Seed = new(0, ulong.MaxValue);
    private static readonly NumberShape Nonnegative = new() { AtLeast = 0 };
    private static readonly NumberShape Positive = new() { Above = 0 };
    private static readonly ListShape<double> Vector = new(new NumberShape(), "numbers, one per dimension");
    private static readonly ListShape<ValueList<double>> Matrix = new(Vector, "rows, one per dimension");

    private static readonly Block<AttentionSettings> Attention =
        new Block<AttentionSettings>(new() { Normalization = Normalization.Softmax, Beta = 0 })
            .AddRequired("normalization", new ChoiceShape<Normalization>(),
                a => a.Normalization, (a, v) => a with { Normalization = v },
                "How attention is normalized: softmax (SA) or none (USA).")
            .AddRequired("beta", new NumberShape { AtLeast = -700, AtMost = 1e4 }, a => a.Beta, (a, v) => a with { Beta = v },
                "Inverse temperature β of the kernel e^(β x·y)/β. At most 700 with normalization none.")
            .Add("noise", Nonnegative, a => a.Noise, (a, v) => a with { Noise = v },
                "Coefficient κ of the Laplacian, in rad² per unit of natural time; the tokens feel √(2κ) dB.")
            .AddOptional("query", Matrix, a => a.Query, (a, v) => a with { Query = v },
                "Query matrix, d rows of d numbers. Scheme particles only.", "identity")
            .AddOptional("key", Matrix, a => a.Key, (a, v) => a with { Key = v },
                "Key matrix, d rows of d numbers. Scheme particles only.", "identity")
            .AddOptional("value", Matrix, a => a.Value, (a, v) => a with { Value = v },
                "Value matrix, d rows of d numbers. Scheme particles only.", "identity")
            .Add("mask", new ChoiceShape<AttentionMask>(), a => a.Mask, (a, v) => a with { Mask = v },
                "Which tokens a token sees: none (all of them) or causal (itself and those before it). Scheme particles only.")
            .Add("layer_norm", new ChoiceShape<NormPlacement>(), a => a.LayerNorm, (a, v) => a with { LayerNorm = v },
                "Where layer normalization stands: post (the sphere's own flow), pre, mix, peri, ngpt or cod. Scheme particles only.")
            .Add("layer_norm_switch", Nonnegative, a => a.LayerNormSwitch, (a, v) => a with { LayerNormSwitch = v },
                "Layer normalization mix: natural time at which post gives way to pre.");

    private static readonly Block<Mode> Mode =
        new Block<Mode>(new(1, 0, 0))
            .AddRequired("degree", Degree, m => m.Degree, (m, v) => m with { Degree = v },
                "Degree ℓ of the harmonic. At most 1023 from dimension 3 on; with scheme spectral at most method.max_bandlimit.")
            .AddRequired("order", new IntegerShape<int>(-LargestDegree, LargestDegree),
                m => m.Order, (m, v) => m with { Order = v },
                "Order: dimension 2: 1 (cosine) or -1 (sine); dimension 3: -ℓ to ℓ, cosine above 0 and sine below; higher: 0.")
            .AddRequired("amplitude", new NumberShape(), m => m.Amplitude, (m, v) => m with { Amplitude = v },
                "Coefficient of the orthonormal harmonic in the density, whose uniform part is 1.");

    private static readonly Block<VonMisesFisher> VonMisesFisher =
        new Block<VonMisesFisher>(new([], 0))
            .AddRequired("mean", Vector, c => c.Mean, (c, v) => c with { Mean = v },
                "Direction of the maximum, d numbers; made a unit vector.")
            .AddRequired("concentration", Nonnegative, c => c.Concentration, (c, v) => c with { Concentration = v },
                "Concentration; 0 is uniform.")
            .Add("weight", Positive, c => c.Weight, (c, v) => c with { Weight = v },
                "Share of the mass, relative to the sum of the weights.");

    private static readonly Block<PoissonInitial> Poisson =
        new Block<PoissonInitial>(new(0, []))
            .AddRequired("radius", new NumberShape { AtLeast = 0, Below = 1 }, p => p.Radius, (p, v) => p with { Radius = v },
                "Radius r of the density ((1-r²)/(1-2r axis·x+r²))^(d-1); 0 is uniform.")
            .AddRequired("axis", Vector, p => p.Axis, (p, v) => p with { Axis = v },
                "Direction of the maximum, d numbers; made a unit vector.");

    private static readonly Block<TokensInitial> Tokens =
        new Block<TokensInitial>(new())
            .Add("count", Count, t => t.Count, (t, v) => t with { Count = v }, "How many tokens.")
            .Add("law", new ChoiceShape<TokenLaw>(), t => t.Law, (t, v) => t with { Law = v },
                "Law they are drawn from: uniform, or equiangular (no draw: every two tokens at the same angle, count at most d).")
            .Add("cosine", new NumberShape { AtLeast = -1, AtMost = 1 }, t => t.Cosine, (t, v) => t with { Cosine = v },
                "Law equiangular: cosine of the angle between any two tokens, at least -1/(count - 1).")
            .Add("seed", Seed, t => t.Seed, (t, v) => t with { Seed = v }, "Seed of the draw.")
            .Add("degree", new AutoShape<int>(Degree), t => t.Degree, (t, v) => t with { Degree = v },
                "Largest degree kept by a scheme that needs a density; auto: every mode whose growth rate exceeds 1 % of the fastest. "
                + "At most 1023 from dimension 3 on; with scheme spectral at most method.max_bandlimit.");

    private static readonly Block<FileInitial> File =
        new Block<FileInitial>(new(""))
            .AddRequired("path", new TextShape(), f => f.Path, (f, v) => f with { Path = v },
                "Token positions [N, d] (.npy or .h5), or an earlier result.h5; relative to the folder of the case file.");

    private static readonly Block<InitialState> Initial =
        new Block<InitialState>(new UniformInitial()) { Exclusive = true }
            .AddOptional("modes", new ListShape<Mode>(Mode, "modes such as {degree: 3, order: -1, amplitude: 0.05}"),
                i => (i as ModesInitial)?.Modes, (_, v) => new ModesInitial(v),
                "Density 1 + Σ amplitude·Y. Repeated modes add up.", "none")
            .AddOptional("von_mises_fisher",
                new ListShape<VonMisesFisher>(VonMisesFisher, "components such as {mean: [0, 0, 1], concentration: 4}"),
                i => (i as VonMisesFisherInitial)?.Components, (_, v) => new VonMisesFisherInitial(v),
                "Mixture of densities proportional to exp(concentration · mean·x).", "none")
            .AddOptional("poisson", Poisson, i => i as PoissonInitial, (_, v) => v,
                "Hyperbolic-Poisson density.", "none")
            .AddOptional("tokens", Tokens, i => i as TokensInitial, (_, v) => v,
                "Empirical measure of independent tokens, the same tokens in every scheme.", "none")
            .AddOptional("file", File, i => i as FileInitial, (_, v) => v,
                "State read from a file.", "none");

    private static readonly Block<MethodSettings> Method =
        new Block<MethodSettings>(new())
            .Add("scheme", new ChoiceShape<Scheme>(), m => m.Scheme, (m, v) => m with { Scheme = v },
                "Which solver runs the case. spectral: the density in harmonics; characteristics: weighted nodes carried by the flow; "
                + "particles: tokens of equal weight; perturbation: expansion around the uniform state.")
            .Add("bandlimit", new AutoShape<int>(Degree), m => m.Bandlimit, (m, v) => m with { Bandlimit = v },
                "Spectral: starting bandlimit, at most max_bandlimit; auto: chosen from the case. Perturbation: bandlimit of the series; "
                + "auto: the degree of the initial state times the orders computed, at most 255.")
            .Add("max_bandlimit", Degree, m => m.MaxBandlimit, (m, v) => m with { MaxBandlimit = v },
                "Spectral, perturbation: largest bandlimit. At most 1023 from dimension 3 on.")
            .Add("tolerance", new NumberShape { AtLeast = 1e-13, AtMost = 1e-2 },
                m => m.Tolerance, (m, v) => m with { Tolerance = v },
                "Relative error per step. Perturbation: truncation error beyond which the run warns.")
            .Add("tokens", Count, m => m.Tokens, (m, v) => m with { Tokens = v },
                "Particles: how many tokens when the initial state is a density. Characteristics: nodes that refinement may reach, if more than its own limit.")
            .Add("seed", Seed, m => m.Seed, (m, v) => m with { Seed = v }, "Seed of everything random in the scheme.")
            .Add("forces", new ChoiceShape<ForceChoice>(), m => m.Forces, (m, v) => m with { Forces = v },
                "Particles: how forces are summed; direct: over all pairs, harmonic: over the kernel's few harmonics.")
            .Add("step", new AutoShape<double>(Positive), m => m.Step, (m, v) => m with { Step = v },
                "Particles with noise: time step, in natural time; auto: from the rates and the number of tokens.")
            .Add("order", new IntegerShape<int>(1, 64), m => m.Order, (m, v) => m with { Order = v },
                "Perturbation: order of the expansion in powers of the initial deviation from uniform.")
            .Add("fourier", new ChoiceShape<FourierChoice>(), m => m.Fourier, (m, v) => m with { Fourier = v },
                "Fourier engine; auto follows a fixed rule, so a case keeps its bits.")
            .Add("handover", new ChoiceShape<Handover>(), m => m.Handover, (m, v) => m with { Handover = v },
                "Spectral: what follows when max_bandlimit no longer resolves the state; stop: the results are valid until then.");

    private static readonly Block<TimeSettings> Time =
        new Block<TimeSettings>(new(1))
            .AddRequired("until", Positive, t => t.Until, (t, v) => new TimeSettings(v),
                "End time, in units of unit.")
            .Add("unit", new ChoiceShape<TimeUnit>(), t => t.Unit, (t, v) => t with { Unit = v },
                "Unit of until and every: natural (the model's own time) or growth "
                + "(1/γ_max, the reciprocal of the largest growth rate).")
            .Add("every", Positive, t => t.Every, (t, v) => t with { Every = v },
                "Time between records, at most until and at least a millionth of it, in units of unit.", "until / 50");

    private static readonly Block<OutputSettings> Output =
        new Block<OutputSettings>(new())
            .Add("degree", Degree, o => o.Degree, (o, v) => o with { Degree = v },
                "Largest degree of the coefficients recorded. At most 1023 from dimension 3 on.")
            .Add("tokens", new IntegerShape<int>(0, int.MaxValue), o => o.Tokens, (o, v) => o with { Tokens = v },
                "How many tokens are recorded at most.")
            .Add("fields", new FlagShape(), o => o.Fields, (o, v) => o with { Fields = v },
                "Whether fields.vtkhdf is written for ParaView.");

    /// <summary>A case before any key is read: only its defaults count.</summary>
    public static Case Start { get; } =
        new() { Dimension = 2, Attention = new() { Normalization = Normalization.Softmax, Beta = 0 }, Time = new(1) };

    /// <summary>The whole file.</summary>
    public static Block<Case> Case { get; } =
        new Block<Case>(Start)
            .Add("title", new TextShape(), c => c.Title, (c, v) => c with { Title = v },
                "What the case is called in reports.", "name of the file without its extension")
            .AddRequired("dimension", new IntegerShape<int>(2, 1024), c => c.Dimension, (c, v) => c with { Dimension = v },
                "Ambient dimension d: tokens live on S^(d-1); 2 is the circle, 3 the sphere.")
            .AddRequired("attention", Attention, c => c.Attention, (c, v) => c with { Attention = v }, "The attention model.")
            .Add("initial", Initial, c => c.Initial, (c, v) => c with { Initial = v },
                "State at time 0: at most one of the keys below; {} is uniform.", "uniform")
            .Add("method", Method, c => c.Method, (c, v) => c with { Method = v },
                "How the case is solved. A key that the scheme does not use is ignored.", "every key's default")
            .AddRequired("time", Time, c => c.Time, (c, v) => c with { Time = v }, "How long the case is solved.")
            .Add("output", Output, c => c.Output, (c, v) => c with { Output = v }, "What is recorded.", "every key's default")
            .AddOptional("training", ControlGrammar.Training, c => c.Training, (c, v) => c with { Training = v },
                "The control problem of `meanfield train`; `run` does not take such a case.", "none");
}
