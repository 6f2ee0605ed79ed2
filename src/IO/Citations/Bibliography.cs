using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>A work and what a run used it for.</summary>
/// <param name="Use">What for.</param>
/// <param name="Work">The work.</param>
public sealed record Citation(string Use, Reference Work);

/// <summary>The works that runs rest on, each with the rule that says which.</summary>
internal static class Bibliography
{
    /// <summary>A row of the table.</summary>
    /// <param name="Use">What the work is used for.</param>
    /// <param name="Applies">Whether a run used it.</param>
    /// <param name="Work">The work.</param>
    internal sealed record Row(string Use, Func<CitedRun, bool> Applies, Reference Work);

    /// <summary>Every work, in the order of a list of references.</summary>
    internal static IReadOnlyList<Row> Rows { get; } =
    [
        new("the mean-field equation and its theory", _ => true,
            new("Rigollet2025", "misc", ["Philippe Rigollet"], "The Mean-Field Dynamics of Transformers", 2025) { Arxiv = "2512.01868" }),
        new("attention as a flow of tokens on the sphere", run => run.Scheme == Scheme.Particles,
            new("GeshkovskiLetrouitPolyanskiyRigollet2023", "misc", ["Borjan Geshkovski", "Cyril Letrouit", "Yury Polyanskiy", "Philippe Rigollet"],
                "A mathematical perspective on Transformers", 2023) { Arxiv = "2312.10794" }),
        new("linear, quasi-linear and clustering phases", run => run.HasPhases,
            new("BrunoPasqualottoAgazzi2024", "misc", ["Giuseppe Bruno", "Federico Pasqualotto", "Andrea Agazzi"],
                "Emergence of meta-stable clustering in mean-field transformer models", 2024) { Arxiv = "2410.23228" }),
        new("clustering rates without normalization and noise", run => run.IsPlain && run.Attention is { Normalization: Normalization.None, Noise: 0 },
            new("ChenLinPolyanskiyRigollet2025", "misc", ["Shi Chen", "Zhengjiang Lin", "Yury Polyanskiy", "Philippe Rigollet"],
                "Quantitative Clustering in Mean-Field Transformer Models", 2025) { Arxiv = "2504.14697" }),
        new("time steps: embedded Runge–Kutta pair 5(4)", run => run is { Scheme: Scheme.Spectral, Attention.Noise: 0 },
            new("DormandPrince1980", "article", ["J. R. Dormand", "P. J. Prince"], "A family of embedded Runge–Kutta formulae", 1980)
            { Venue = "Journal of Computational and Applied Mathematics", Volume = "6", Pages = "19–26", Doi = "10.1016/0771-050X(80)90013-3" }),
        new("time steps: exponential Runge–Kutta of stiff order 4", run => run is { Scheme: Scheme.Spectral, Attention.Noise: > 0 },
            new("HochbruckOstermann2005", "article", ["Marlis Hochbruck", "Alexander Ostermann"], "Explicit exponential Runge–Kutta methods for semilinear parabolic problems", 2005)
            { Venue = "SIAM Journal on Numerical Analysis", Volume = "43", Pages = "1069–1090", Doi = "10.1137/040611434" }),
        new("time steps: Runge–Kutta of order 8", run => run.StepsTokens,
            new("PrinceDormand1981", "article", ["P. J. Prince", "J. R. Dormand"], "High order embedded Runge–Kutta formulae", 1981)
            { Venue = "Journal of Computational and Applied Mathematics", Volume = "7", Pages = "67–75", Doi = "10.1016/0771-050X(81)90010-3" }),
        new("time steps: error estimates of DOP853, step control", run => run.StepsTokens || run.Scheme == Scheme.Spectral,
            new("HairerNorsettWanner1993", "book", ["Ernst Hairer", "Syvert P. Nørsett", "Gerhard Wanner"], "Solving Ordinary Differential Equations I: Nonstiff Problems", 1993) { Venue = "Springer" }),
        new("when a spectrum has reached its plateau", run => run.Scheme == Scheme.Spectral,
            new("AurentzTrefethen2017", "article", ["Jared L. Aurentz", "Lloyd N. Trefethen"], "Chopping a Chebyshev Series", 2017)
            { Venue = "ACM Transactions on Mathematical Software", Volume = "43", Doi = "10.1145/2998442" }),
        new("Fourier transforms", run => run.FourierEngine == "fftw",
            new("FrigoJohnson2005", "article", ["Matteo Frigo", "Steven G. Johnson"], "The Design and Implementation of FFTW3", 2005)
            { Venue = "Proceedings of the IEEE", Volume = "93", Pages = "216–231", Doi = "10.1109/JPROC.2004.840301" }),
        new("Fourier transforms", run => run.FourierEngine == "mkl",
            new("IntelMkl", "misc", ["The Intel Corporation"], "Intel oneAPI Math Kernel Library", null)),
        new("Fourier transforms", run => run.FourierEngine == "built_in",
            new("Stockham1966", "inproceedings", ["Thomas G. Stockham"], "High-speed convolution and correlation", 1966)
            { Venue = "AFIPS Spring Joint Computer Conference", Volume = "28", Pages = "229–233", Doi = "10.1145/1464182.1464209" }),
        new("random numbers", run => run.DrawsRandomNumbers,
            new("SteeleLeaFlood2014", "inproceedings", ["Guy L. Steele", "Doug Lea", "Christine H. Flood"], "Fast splittable pseudorandom number generators", 2014)
            { Venue = "OOPSLA", Pages = "453–472", Doi = "10.1145/2660193.2660195" }),
        new("result files", run => run.Hdf5.Length > 0,
            new("HDF5", "misc", ["The HDF Group"], "Hierarchical Data Format, version 5", null)),
    ];

    /// <summary>The program itself, as CITATION.cff has it.</summary>
    /// <param name="version">The version that ran.</param>
    internal static Reference Program(string version) =>
        new("Meanfield", "misc", ["The Meanfield authors"], "Meanfield: a spectral solver for the mean-field transformer equation", null) { Version = version };
}
