namespace Meanfield.Solver;

/// <summary>An embedded exponential Runge–Kutta method, as its table of coefficient functions of z = γh.</summary>
/// <remarks>
/// Stage i = 1 … <see cref="Stages"/> − 1 is U_i = e^{cᵢz} a_n + h Σ_{j&lt;i} a_ij(z) N_j, with N_0 = N(a_n) and N_j = N(U_j). The last stage is the
/// new state, so its N_j is the N_0 of the next step. The error estimate is e = h Σ_j e_j(z) N_j.
/// </remarks>
public abstract class ExponentialTableau
{
    /// <summary>Order 5(4): Dormand–Prince around the frozen equation; the best choice without noise.</summary>
    public static ExponentialTableau DormandPrince { get; } = new FrozenDormandPrince();

    /// <summary>Stiff order 4(3): for flows with noise, where high degrees are strongly damped.</summary>
    public static ExponentialTableau HochbruckOstermann { get; } = new HochbruckOstermann();

    /// <summary>Name of the method.</summary>
    public abstract string Name { get; }

    /// <summary>Order of the solution.</summary>
    public abstract int Order { get; }

    /// <summary>Order q of the embedded solution: the error estimate of one step is O(h^(q+1)).</summary>
    public abstract int EmbeddedOrder { get; }

    /// <summary>Number of stages, counting a_n as stage 0 and the new state as the last.</summary>
    public int Stages => Nodes.Length;

    /// <summary>c_0 = 0 ≤ … ≤ c_last = 1.</summary>
    public abstract ReadOnlySpan<double> Nodes { get; }

    /// <summary>a_i0(z) … a_i,i−1(z).</summary>
    public abstract void StageWeights(int stage, double z, Span<double> weights);

    /// <summary>e_0(z) … e_last(z).</summary>
    public abstract void ErrorWeights(double z, Span<double> weights);
}
