using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>Scalar observables of a state at one time.</summary>
/// <remarks>A quantity that a scheme does not have is NaN.</remarks>
public readonly record struct Observables
{
    private const double LargestPlainBeta = 500;

    /// <summary>No quantity known yet.</summary>
    public Observables()
    {
    }

    /// <summary>Interaction energy E = ½∬W dμdμ, divided by e^(<see cref="EnergyLogScale"/>).</summary>
    public double Energy { get; init; }

    /// <summary>log of the factor taken out of the energies: 0 unless e^β would overflow.</summary>
    public double EnergyLogScale { get; init; }

    /// <summary>The <see cref="EnergyLogScale"/> of a model: |β| where it exceeds 500, else 0.</summary>
    public static double LogScaleFor(Attention attention) => Math.Abs(attention.Beta) > LargestPlainBeta ? Math.Abs(attention.Beta) : 0;

    /// <summary>Entropy −∫ρ log ρ dσ relative to the uniform state (≤ 0; 0 when uniform).</summary>
    public double Entropy { get; init; }

    /// <summary>Free energy F = E + κ·entropy, which the unnormalized flow increases.</summary>
    public double FreeEnergy { get; init; }

    /// <summary>Energy gain by the flow: ∫ρ|v|² (unnormalized) or ∫ρ Z|v|² (softmax), divided like the energies.</summary>
    public double Dissipation { get; init; }

    /// <summary>Order parameter |∫x dμ|.</summary>
    public double OrderParameter { get; init; }

    /// <summary>Variance ∫|x − m|² dμ = 1 − |m|², m = ∫x dμ, accurate however small.</summary>
    public double Variance { get; init; }

    /// <summary>Number of clusters; NaN where none were counted.</summary>
    public double Clusters { get; init; } = double.NaN;

    /// <summary>Mass of the heaviest cluster; NaN where none were counted.</summary>
    public double LargestCluster { get; init; } = double.NaN;

    /// <summary>Total mass ∫dμ.</summary>
    public double Mass { get; init; }

    /// <summary>Smallest density on the grid, where the grid's weight exceeds 1e−16 of its largest (all of it for d ≤ 3).</summary>
    public double MinimumDensity { get; init; }

    /// <summary>Largest density on the grid, where the grid's weight exceeds 1e−16 of its largest (all of it for d ≤ 3).</summary>
    public double MaximumDensity { get; init; }

    /// <summary>∫max(−ρ, 0) dσ; for characteristics what the initial density had of it, which is left out; NaN for tokens.</summary>
    public double NegativeMass { get; init; } = double.NaN;

    /// <summary>Size of the highest tenth of the degrees relative to the deviation from uniform.</summary>
    public double SpectrumTail { get; init; }

    /// <summary>Relative aliasing error of the right-hand side (softmax divides by Z, which is not band-limited).</summary>
    public double Aliasing { get; init; }

    /// <summary>Estimated error of the moments where nodes carry the density, in L²(σ) of a truncated series; NaN for other schemes.</summary>
    public double MomentError { get; init; } = double.NaN;

    /// <summary>Bandlimit of the state; for tokens and characteristics the largest degree of the moments.</summary>
    public int Bandlimit { get; init; }

    /// <summary>Size of the last time step.</summary>
    public double Step { get; init; }
}

/// <summary>One column of the time series: its name in the files, what it means and how to read it.</summary>
/// <param name="Name">snake_case name under /diagnostics and in series.csv.</param>
/// <param name="LongName">What it is, in words and symbols.</param>
/// <param name="Read">Takes the value from the observables.</param>
/// <param name="With">The observables with another value of it.</param>
public sealed record Diagnostic(string Name, string LongName, Func<Observables, double> Read, Func<Observables, double, Observables> With)
{
    /// <summary>All columns, in the order of the files.</summary>
    public static IReadOnlyList<Diagnostic> All { get; } =
    [
        new("energy", "interaction energy E = 1/2 <W*rho, rho>", o => o.Energy, (o, x) => o with { Energy = x }),
        new("energy_log_scale", "logarithm of the factor taken out of the energies", o => o.EnergyLogScale, (o, x) => o with { EnergyLogScale = x }),
        new("entropy", "entropy -int rho log rho d sigma", o => o.Entropy, (o, x) => o with { Entropy = x }),
        new("free_energy", "free energy E + kappa * entropy", o => o.FreeEnergy, (o, x) => o with { FreeEnergy = x }),
        new("dissipation", "energy gain by the flow, int rho |v|^2 (times Z for softmax)", o => o.Dissipation, (o, x) => o with { Dissipation = x }),
        new("order_parameter", "order parameter |int x d mu|", o => o.OrderParameter, (o, x) => o with { OrderParameter = x }),
        new("variance", "variance int |x - m|^2 d mu = 1 - |m|^2, m = int x d mu", o => o.Variance, (o, x) => o with { Variance = x }),
        new("clusters", "number of clusters (NaN: not counted)", o => o.Clusters, (o, x) => o with { Clusters = x }),
        new("largest_cluster", "mass of the heaviest cluster (NaN: not counted)", o => o.LargestCluster, (o, x) => o with { LargestCluster = x }),
        new("mass", "total mass", o => o.Mass, (o, x) => o with { Mass = x }),
        new("negative_mass", "mass of the places where the density is negative, int max(-rho, 0) d sigma", o => o.NegativeMass, (o, x) => o with { NegativeMass = x }),
        new("minimum_density", "smallest density on the grid (uniform = 1)", o => o.MinimumDensity, (o, x) => o with { MinimumDensity = x }),
        new("maximum_density", "largest density on the grid (uniform = 1)", o => o.MaximumDensity, (o, x) => o with { MaximumDensity = x }),
        new("spectrum_tail", "size of the highest tenth of the degrees relative to the deviation from uniform", o => o.SpectrumTail, (o, x) => o with { SpectrumTail = x }),
        new("aliasing", "relative aliasing error of the right-hand side", o => o.Aliasing, (o, x) => o with { Aliasing = x }),
        new("moment_error", "estimated error of the moments (characteristics: each; perturbation: in L2)", o => o.MomentError, (o, x) => o with { MomentError = x }),
        new("bandlimit", "largest degree of the state", o => o.Bandlimit, (o, x) => o with { Bandlimit = (int)x }),
        new("step", "last time step", o => o.Step, (o, x) => o with { Step = x }),
    ];
}
