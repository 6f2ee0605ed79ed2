namespace Meanfield.Perturbation;

/// <summary>Radius of convergence of a power series, estimated from finitely many sizes of its coefficients.</summary>
/// <param name="Estimate">R; infinite if the quotients tend to 0.</param>
/// <param name="Lower">Smaller end of the uncertainty: up to here the series counts as convergent.</param>
/// <param name="Upper">Larger end; may be infinite.</param>
public readonly record struct ConvergenceRadius(double Estimate, double Lower, double Upper)
{
    /// <summary>Fits the quotients of a sequence (Domb and Sykes, Proc. R. Soc. A 240, 1957).</summary>
    /// <remarks>
    /// If s_n ≈ A n^p R^(−n), then q_n = (s_n/s_n')^(1/(n−n')) is (1/R)(1 + p/n̄) + O(1/n̄²), n̄ = (n+n')/2. Here n' is the last nonzero entry with
    /// n' ≤ n − 2, so that orders that alternate between even and odd degrees do not alternate in q. A straight line in 1/n̄ through the later half of
    /// the quotients (at least three, where there are as many) meets 1/n̄ = 0 at 1/R. The uncertainty of 1/R is twice the larger of the line's
    /// standard error there and its change when the last quotient is left out; with fewer than four quotients it is the distance to the
    /// largest of them, at least a quarter of it. Quotients that oscillate (a pair of singularities off the real axis) show in a large uncertainty.
    /// </remarks>
    /// <param name="sizes">s_1, s_2, …, all ≥ 0.</param>
    public static ConvergenceRadius Of(ReadOnlySpan<double> sizes)
    {
        Span<double> inverse = stackalloc double[sizes.Length], quotients = stackalloc double[sizes.Length];
        int count = 0, last = -1, before = -1; // latest nonzero entries ≤ i − 1 and ≤ i − 2
        for (int i = 0; i < sizes.Length; i++)
        {
            if (i >= 2 && sizes[i - 2] > 0) before = i - 2;
            if (!(sizes[i] > 0)) continue;
            last = i;
            if (before < 0) continue;
            inverse[count] = 2.0 / (i + before + 2);
            quotients[count++] = Math.Exp((Math.Log(sizes[i]) - Math.Log(sizes[before])) / (i - before));
        }
        if (count == 0 || last < sizes.Length / 2) return new ConvergenceRadius(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity);
        int used = Math.Min(count, Math.Max(3, (count + 1) / 2));
        ReadOnlySpan<double> x = inverse[(count - used)..count], y = quotients[(count - used)..count];
        double largest = 0;
        foreach (double quotient in y) largest = Math.Max(largest, quotient);
        double intercept = used == 1 ? y[0] : Line(x, y, out _), uncertainty;
        if (used < 4)
        {
            uncertainty = Math.Max(0.25 * largest, Math.Abs(largest - intercept));
        }
        else
        {
            intercept = Line(x, y, out double error);
            uncertainty = 2 * Math.Max(error, Math.Abs(intercept - Line(x[..^1], y[..^1], out _)));
        }
        double high = Math.Max(intercept, 0) + uncertainty;
        if (intercept <= 0) high = Math.Max(high, y[^1]);
        return new ConvergenceRadius(Reciprocal(intercept), Reciprocal(high), Reciprocal(intercept - uncertainty));
    }

    private static double Reciprocal(double value) => value > 0 ? 1 / value : double.PositiveInfinity;

    /// <summary>Intercept of the least-squares line and its standard error.</summary>
    private static double Line(ReadOnlySpan<double> x, ReadOnlySpan<double> y, out double error)
    {
        int n = x.Length;
        double meanX = 0, meanY = 0, xx = 0, xy = 0, residual = 0;
        for (int i = 0; i < n; i++)
        {
            meanX += x[i] / n;
            meanY += y[i] / n;
        }
        for (int i = 0; i < n; i++)
        {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }
        double slope = xy / xx, intercept = meanY - slope * meanX;
        for (int i = 0; i < n; i++)
        {
            double deviation = y[i] - intercept - slope * x[i];
            residual += deviation * deviation;
        }
        error = n > 2 ? Math.Sqrt(residual / (n - 2) * (1.0 / n + meanX * meanX / xx)) : 0;
        return intercept;
    }
}
