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

    /// <summary>Variance of φ_t under μ_t.</summary>
    public double AdjointVariance { get; init; }

    /// <summary>∫|∇φ_t|²dμ_t.</summary>
    public double AdjointRoughness { get; init; }

    /// <summary>Smallest density on the grid.</summary>
    public double MinimumDensity { get; init; }

    /// <summary>Size of the highest tenth of the degrees relative to the largest.</summary>
    public double SpectrumTail { get; init; }

    /// <summary>N times the variance of the loss of N tokens drawn from μ_0, N large: Var_μ₀(φ_0) + 2κ∫∫|∇φ_t|²dμ_t dt (by the trapezoidal rule).</summary>
    /// <remarks>
    /// The martingale of φ_t along tokens: their draw and their noise, carried through the interaction by the adjoint state.
    /// </remarks>
    /// <param name="records">A flow from the start to the end.</param>
    /// <param name="noise">κ.</param>
    public static double Fluctuation(IReadOnlyList<DepthRecord> records, double noise)
    {
        double sum = 0;
        for (int k = 1; k < records.Count; k++)
            sum += 0.5 * (records[k].Time - records[k - 1].Time) * (records[k].AdjointRoughness + records[k - 1].AdjointRoughness);
        return records[0].AdjointVariance + 2 * noise * sum;
    }
}
