using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>The method block of a case. A key that the scheme does not use is ignored.</summary>
public sealed record MethodSettings
{
    /// <summary>Which solver runs the case.</summary>
    public Scheme Scheme { get; init; } = Scheme.Spectral;

    /// <summary>Spectral: starting bandlimit, perturbation: that of the series, 1 … <see cref="MaxBandlimit"/>; null (auto): chosen from the case.</summary>
    public int? Bandlimit { get; init; }

    /// <summary>Spectral, perturbation: largest bandlimit allowed, up to 65535 in dimension 2 and 1023 above.</summary>
    public int MaxBandlimit { get; init; } = 1023;

    /// <summary>Relative error per step, 1e-13 … 1e-2; perturbation: truncation error beyond which the run warns.</summary>
    public double Tolerance { get; init; } = 1e-8;

    /// <summary>Particles: how many tokens when the initial state is a density, at least 1. Characteristics: nodes that refinement may reach, if more than its own limit.</summary>
    public int Tokens { get; init; } = 20000;

    /// <summary>Seed of everything random in the scheme.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Particles: how forces are summed.</summary>
    public ForceChoice Forces { get; init; } = ForceChoice.Auto;

    /// <summary>Particles with noise: time step greater than 0; null (auto): from the rates and the number of tokens.</summary>
    public double? Step { get; init; }

    /// <summary>Perturbation: order of the expansion, 1 … 64.</summary>
    public int Order { get; init; } = 8;

    /// <summary>Which Fourier engine is used.</summary>
    public FourierChoice Fourier { get; init; } = FourierChoice.Auto;

    /// <summary>Spectral: what follows when the largest bandlimit is reached.</summary>
    public Handover Handover { get; init; } = Handover.Characteristics;
}

/// <summary>The solvers a case can ask for.</summary>
public enum Scheme
{
    /// <summary>The density in spherical harmonics (Eulerian Galerkin).</summary>
    Spectral,

    /// <summary>Weighted nodes carried by the flow (Lagrangian).</summary>
    Characteristics,

    /// <summary>Tokens with equal weights; the only scheme with query, key and value matrices.</summary>
    Particles,

    /// <summary>Expansion around the uniform state.</summary>
    Perturbation,
}

/// <summary>What the spectral scheme does when its largest bandlimit no longer resolves the state.</summary>
public enum Handover
{
    /// <summary>Goes on with characteristics.</summary>
    Characteristics,

    /// <summary>Stops; results are valid until then.</summary>
    Stop,
}
