namespace Meanfield.Training;

/// <summary>The cost of a control and its parts: J = loss + penalty, penalty = (λ/2) h Σ_k ‖W_k‖².</summary>
/// <param name="Loss">G(μ_T).</param>
/// <param name="Penalty">(λ/2) ∫‖W_t‖² dt.</param>
public readonly record struct Objective(double Loss, double Penalty)
{
    /// <summary>J.</summary>
    public double Total => Loss + Penalty;
}
