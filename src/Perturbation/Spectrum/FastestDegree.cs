using MathNet.Numerics.RootFinding;
using Meanfield.Spectral;

namespace Meanfield.Perturbation;

/// <summary>Where the fastest degree k_max = argmax ℓ_k λ_k changes with β, and what it tends to for large β (THEORY 2.3, A9). The same for both normalizations, without noise.</summary>
public static class FastestDegree
{
    /// <summary>β_{k→k+1}, where degrees k and k + 1 grow equally fast: the root of ℓ_k λ_k(β) = ℓ_(k+1) λ_(k+1)(β).</summary>
    /// <remarks>λ_(k+1)/λ_k rises from 0 to 1 with β, so there is one root; near (ℓ_k + ℓ_(k+1))/4.</remarks>
    /// <param name="degree">k ≥ 1.</param>
    /// <param name="dimension">d ≥ 2.</param>
    /// <returns>β to 1e−12 relative.</returns>
    /// <exception cref="ArgumentOutOfRangeException">degree &lt; 1 or dimension &lt; 2.</exception>
    public static double SwitchPoint(int degree, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 2);
        double lower = HarmonicBasis.LaplaceEigenvalue(degree, dimension), upper = HarmonicBasis.LaplaceEigenvalue(degree + 1, dimension);
        double guess = 0.25 * (lower + upper), low = 0.7 * guess, high = 1.4 * guess;
        while (Difference(low) > 0) low *= 0.7;
        while (Difference(high) < 0) high *= 1.4;
        return Brent.FindRoot(Difference, low, high, 1e-13 * guess, 200);

        double Difference(double beta)
        {
            var kernel = new AttentionKernel(dimension, beta, degree + 1);
            return upper * kernel.Relative(degree + 1) / kernel.Relative(degree) - lower;
        }
    }

    /// <summary>The switch points on either side of β, without noise: where the degree that is fastest at β takes over and where it gives way.</summary>
    /// <param name="beta">β &gt; 0.</param>
    /// <param name="dimension">d ≥ 2.</param>
    /// <returns>Rising β: one point where degree 1 is fastest, else two.</returns>
    /// <exception cref="ArgumentOutOfRangeException">β not positive and finite, or dimension &lt; 2.</exception>
    public static IReadOnlyList<SwitchPoint> SwitchesAround(double beta, int dimension)
    {
        RequirePositive(beta, dimension);
        int fastest = Eigenmodes.About(new Attention(Normalization.Softmax, beta), dimension, 1).Fastest.Degree;
        return [.. Enumerable.Range(fastest - 1, 2).Where(degree => degree >= 1).Select(degree => new SwitchPoint(degree, degree + 1, SwitchPoint(degree, dimension)))];
    }

    /// <summary>√(2β + ν²) − ν, ν = (d−2)/2: the fastest degree for large β, as a real number.</summary>
    /// <param name="beta">β ≥ 0.</param>
    /// <param name="dimension">d ≥ 2.</param>
    public static double Asymptotic(double beta, int dimension)
    {
        double nu = 0.5 * (dimension - 2);
        return 2 * beta / (Math.Sqrt(2 * beta + nu * nu) + nu);
    }

    /// <summary>(2/e)(1 − 1/(3β)): the largest softmax growth rate for large β in any dimension, up to O(β^−2).</summary>
    /// <param name="beta">β &gt; 0.</param>
    public static double AsymptoticSoftmaxRate(double beta) => 2 / Math.E * (1 - 1 / (3 * beta));

    /// <summary>The maximum of γ(k) = (ℓ_k/β) I_(k+ν)(β)/I_ν(β) over real k &gt; 0, ν = (d−2)/2: the softmax growth rate with the degree made continuous.</summary>
    /// <param name="beta">β &gt; 0.</param>
    /// <param name="dimension">d ≥ 2.</param>
    /// <returns>The maximizing k and γ(k).</returns>
    /// <exception cref="ArgumentOutOfRangeException">β not positive and finite, or dimension &lt; 2.</exception>
    public static (double Degree, double Rate) Continuous(double beta, int dimension)
    {
        RequirePositive(beta, dimension);
        double nu = 0.5 * (dimension - 2), golden = 0.5 * (Math.Sqrt(5) - 1);
        double low = 0, high = 2 * Asymptotic(beta, dimension) + 3; // log γ is concave in k
        double left = high - golden * (high - low), right = low + golden * (high - low);
        double atLeft = LogRate(left), atRight = LogRate(right);
        while (high - low > 1e-7 * high)
        {
            if (atLeft < atRight)
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + golden * (high - low);
                atRight = LogRate(right);
            }
            else
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - golden * (high - low);
                atLeft = LogRate(left);
            }
        }
        double degree = 0.5 * (low + high);
        return (degree, Math.Exp(LogRate(degree) - LogBessel.FirstKind(nu, beta)) / beta);

        double LogRate(double k) => Math.Log(k * (k + 2 * nu)) + LogBessel.FirstKind(k + nu, beta);
    }

    private static void RequirePositive(double beta, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 2);
        if (!(beta > 0 && double.IsFinite(beta))) throw new ArgumentOutOfRangeException(nameof(beta), beta, "β must be positive and finite");
    }
}
