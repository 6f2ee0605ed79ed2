namespace Meanfield.Solver;

/// <summary>A straight line y = intercept + slope·x by weighted least squares, with the error of its slope.</summary>
/// <param name="Slope">Slope.</param>
/// <param name="Intercept">Value at x = 0.</param>
/// <param name="Spread">Σ w (x − x̄)².</param>
/// <param name="Residual">Σ w r², r the distances from the line.</param>
/// <param name="Count">Points of positive weight.</param>
public readonly record struct LineFit(double Slope, double Intercept, double Spread, double Residual, int Count)
{
    /// <summary>Standard error of the slope from the residuals: √(Σ w r²/(n − 2)/Σ w (x − x̄)²).</summary>
    public double SlopeError => Math.Sqrt(Residual / Math.Max(1, Count - 2) / Spread);

    /// <summary>Fits a line; points of weight 0 are not looked at.</summary>
    /// <param name="x">[n] abscissae.</param>
    /// <param name="y">[n] ordinates.</param>
    /// <param name="weights">[n] weights ≥ 0; all 1 if empty.</param>
    /// <returns>Null with fewer than two points of positive weight.</returns>
    public static LineFit? Through(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights = default)
    {
        double sum = 0, x0 = 0, y0 = 0, xx = 0, xy = 0, residual = 0;
        int count = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double w = weights.IsEmpty ? 1 : weights[i];
            if (w == 0) continue;
            count++;
            sum += w;
            x0 += w * x[i];
            y0 += w * y[i];
        }
        if (count < 2) return null;
        (x0, y0) = (x0 / sum, y0 / sum);
        for (int i = 0; i < x.Length; i++)
        {
            double w = weights.IsEmpty ? 1 : weights[i];
            if (w == 0) continue;
            xx += w * (x[i] - x0) * (x[i] - x0);
            xy += w * (x[i] - x0) * (y[i] - y0);
        }
        double slope = xy / xx;
        for (int i = 0; i < x.Length; i++)
        {
            double w = weights.IsEmpty ? 1 : weights[i];
            if (w == 0) continue;
            double r = y[i] - y0 - slope * (x[i] - x0);
            residual += w * r * r;
        }
        return new LineFit(slope, y0 - slope * x0, xx, residual, count);
    }

    /// <summary>The exponent p of y ∝ x^p: a line through the logarithms.</summary>
    /// <param name="x">[n] positive.</param>
    /// <param name="y">[n] positive.</param>
    public static LineFit? Power(IEnumerable<double> x, IEnumerable<double> y) =>
        Through([.. x.Select(value => Math.Log(value))], [.. y.Select(value => Math.Log(value))]);
}
