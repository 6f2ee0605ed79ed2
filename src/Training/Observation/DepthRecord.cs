namespace Meanfield.Training;

/// <summary>A controlled flow at one depth.</summary>
/// <param name="Step">Steps done, 0 … n.</param>
/// <param name="Time">Depth t.</param>
/// <param name="State">Coefficients of μ_t.</param>
/// <param name="Adjoint">Coefficients of the adjoint state φ_t.</param>
public sealed record DepthRecord(int Step, double Time, double[] State, double[] Adjoint)
{
    /// <summary>Interaction energy E = (1/2β)∬e^{β⟨x,Ay⟩}dμdμ.</summary>
    public double Energy { get; init; }

    /// <summary>Entropy −∫ρ log ρ dσ, ρ relative to the uniform measure: 0 when uniform. Against dθ on the circle it is log 2π larger.</summary>
    public double Entropy { get; init; }

    /// <summary>F_κ = E + κ·entropy, which the unnormalized flow without control ascends (THEORY 1.4).</summary>
    public double FreeEnergy { get; init; }

    /// <summary>Hamiltonian at the control −G/λ.</summary>
    public double Hamiltonian { get; init; }

    /// <summary>Smallest density on the grid.</summary>
    public double MinimumDensity { get; init; }

    /// <summary>Size of the highest tenth of the degrees relative to the largest.</summary>
    public double SpectrumTail { get; init; }
}
