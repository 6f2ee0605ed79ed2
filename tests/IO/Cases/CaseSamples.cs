namespace Meanfield.Tests.IO;

/// <summary>Valid case files that the tests of cases share.</summary>
internal static class CaseSamples
{
    /// <summary>The smallest valid case.</summary>
    public const string Minimal = """
        dimension: 3
        attention:
          normalization: softmax
          beta: 9
        time: {until: 20}
        """;

    /// <summary>The case of the design with one kind of initial state.</summary>
    public static string Design(string initial) => $$"""
        title: Metastable clusters on the sphere
        dimension: 3
        attention:
          normalization: softmax      # softmax (SA) | none (USA)
          beta: 9
          noise: 0                    # κ ≥ 0
        initial:
          {{initial}}
        method:
          scheme: spectral            # spectral | characteristics | particles | perturbation
          bandlimit: auto             # spectral: starting bandlimit
          max_bandlimit: 1023
          tolerance: 1.0e-8           # relative error per step
          tokens: 20000               # particles, characteristics: how many when the initial state is a density
          seed: 1
          forces: auto                # particles: auto | direct | harmonic
          order: 8                    # perturbation
          fourier: auto               # auto | built_in | mkl | fftw
          handover: characteristics   # spectral: what follows when max_bandlimit is reached: characteristics | stop
        time: {until: 20, unit: natural, every: 0.25}              # unit: natural | growth
        output: {degree: 32, tokens: 2000, fields: true}

        """;

    /// <summary>Every kind of initial state, as in the design.</summary>
    public static readonly string[] Initials =
    [
        "modes: [{degree: 3, order: -1, amplitude: 0.05}]        # density = 1 + Σ amplitude·Y",
        "von_mises_fisher: [{mean: [0, 0, 1], concentration: 4, weight: 1}]",
        "poisson: {radius: 0.3, axis: [1, 0, 0]}",
        "tokens: {count: 10000, law: uniform, seed: 1, degree: auto}",
        "file: {path: tokens.npy}",
        "{}",
        "tokens: {count: 3, law: equiangular, cosine: -0.5}",
    ];

    /// <summary>A particle case with matrices, in block style throughout.</summary>
    public const string Particles = """
        title: "Rotating, \"quoted\" values"
        dimension: 2
        attention:
          normalization: none
          beta: -2.5
          noise: 1e-3
          query: [[1, 0], [0, 1]]
          key:
            - [0, 1]
            - [-1, 0]
          value:
          - - .5
            - 0
          - - 0
            - 5.0e-1
        initial:
          von_mises_fisher:
            - mean: [3, 4]
              concentration: 2
            - concentration: 1
              mean: [-1, 0]
              weight: 0.5
        method:
          scheme: particles
          forces: direct
          seed: 18446744073709551615
        time:
          until: 5
          unit: growth
        """;

    /// <summary>A control problem with every kind of feature.</summary>
    public const string Training = """
        dimension: 2
        attention: {normalization: none, beta: 1, noise: 0.1}
        time: {until: 5}
        training:
          regularization: 0.3
          loss: {cross_entropy: {classes: [[1, 0], [0, 1]], label: 1, sharpness: 2}}
          interaction: {matrix: [[1.5, 0.1], [0.1, 0.75]]}
          features:
            harmonics: 2
            neurons: [{activation: tanh, weights: [2, 1]}]
            random: [{activation: relu, count: 3, seed: 4}]
          steps: 100
        """;

    /// <summary>All of them.</summary>
    public static IEnumerable<string> All => [Minimal, Particles, Training, .. Initials.Select(Design)];
}
