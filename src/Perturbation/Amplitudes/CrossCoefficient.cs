using Meanfield.Spectral;

namespace Meanfield.Perturbation;

/// <summary>X_pq of ċ_p = γ_p c_p + X_pq |c_q|² c_p: how a grown mode q of the circle damps or feeds another (unnormalized attention, THEORY 3.4).</summary>
public static class CrossCoefficient
{
    /// <summary>
    /// X = p[(p+q)w_{p+q} − q w_q]·(p+q)(p w_p + q w_q)/(γ_p+γ_q−γ_{p+q}) + p[(p−q)w_{p−q} + q w_q]·(p−q)(p w_p − q w_q)/(γ_p+γ_q−γ_{p−q}), w_j = ŵ_|j|,
    /// the rates in the divisors with noise.
    /// </summary>
    /// <param name="attention">The model, without normalization.</param>
    /// <param name="mode">p ≥ 1; not q, 2q or q/2, which q drives at second order.</param>
    /// <param name="driver">q ≥ 1.</param>
    /// <exception cref="ArgumentException">Softmax attention, a pair that interacts at second order, or an intermediate mode p ± q that outgrows c_p c_q and so is not slaved.</exception>
    public static double Of(Attention attention, int mode, int driver)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mode, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(driver, 1);
        if (attention.Normalization != Normalization.None) throw new ArgumentException("the formula holds for unnormalized attention", nameof(attention));
        if (mode == driver || mode == 2 * driver || driver == 2 * mode)
            throw new ArgumentException($"mode {driver} acts on mode {mode} at second order", nameof(mode));
        var kernel = new AttentionKernel(2, attention.Beta, mode + driver);
        return mode * (Through(mode + driver, driver) + Through(mode - driver, -driver));

        // c_{p±q} = … c_p c_{±q} at second order, which acts back with c_{∓q}
        double Through(int sum, int q)
        {
            double divisor = Rate(mode) + Rate(driver) - Rate(Math.Abs(sum));
            if (divisor <= 0) throw new ArgumentException($"mode {Math.Abs(sum)} outgrows the product of modes {mode} and {driver}: it is not slaved", nameof(mode));
            return (Weighted(sum) - Weighted(q)) * sum * (Weighted(mode) + Weighted(q)) / divisor;
        }

        double Weighted(int j) => j * kernel.Multiplier(Normalization.None, Math.Abs(j));

        double Rate(int degree) => attention.GrowthRate(kernel, degree);
    }
}
