namespace Meanfield.Solver;

/// <summary>Dormand–Prince 5(4) around the exact flow of the frozen equation.</summary>
/// <remarks>
/// In a step from a_n with N_n = N(a_n), write
/// <code>
///   a(t_n + τ) = e^{γτ} a_n + τ φ₁(γτ) N_n + e^{γτ} y(τ),      y' = e^{−γτ} (N(a) − N_n),   y(0) = 0
/// </code>
/// and integrate y with the Dormand–Prince pair (J. Comput. Appl. Math. 6, 1980). The classical order is kept, the linear dynamics is exact
/// and stationary states are kept (up to rounding, magnified like a polynomial in h‖N′‖). (Generalized Lawson method: Krogstad, J. Comput. Phys. 203, 2005.) The pair's
/// coefficients, up to 11.6 in size, cancel only while |γ|h stays moderate: with noise use <see cref="HochbruckOstermann"/>.
/// </remarks>
internal sealed class FrozenDormandPrince : ExponentialTableau
{
    private static readonly double[] C = [0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1];

    /// <summary>a_ij for j ≥ 1; stage 0 enters through N(a_n) − N_n = 0 and the frozen flow. The last row is b.</summary>
    private static readonly double[][] A =
    [
        [],
        [],
        [9.0 / 40],
        [-56.0 / 15, 32.0 / 9],
        [-25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
        [-355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
        [0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84],
    ];

    /// <summary>b − b̂ for stages 1 … 6.</summary>
    private static readonly double[] Difference =
    [
        0, 500.0 / 1113 - 7571.0 / 16695, 125.0 / 192 - 393.0 / 640, -2187.0 / 6784 + 92097.0 / 339200, 11.0 / 84 - 187.0 / 2100, -1.0 / 40,
    ];

    public override string Name => "exponential Dormand-Prince 5(4)";

    public override int Order => 5;

    public override int EmbeddedOrder => 4;

    public override ReadOnlySpan<double> Nodes => C;

    /// <summary>a_ij e^{(cᵢ−c_j)z} for j ≥ 1, and cᵢ φ₁(cᵢz) less their sum for N_0.</summary>
    public override void StageWeights(int stage, double z, Span<double> weights)
    {
        weights[0] = C[stage] * Phi.One(C[stage] * z);
        for (int j = 1; j < stage; j++)
        {
            weights[j] = A[stage][j - 1] * Math.Exp((C[stage] - C[j]) * z);
            weights[0] -= weights[j];
        }
    }

    public override void ErrorWeights(double z, Span<double> weights)
    {
        weights[0] = 0;
        for (int j = 1; j < Stages; j++)
        {
            weights[j] = Difference[j - 1] * Math.Exp((1 - C[j]) * z);
            weights[0] -= weights[j];
        }
    }
}
