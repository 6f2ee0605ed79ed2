namespace Meanfield.Solver;

/// <summary>A quantity at the output times of a run: where it crosses a level, where it rises fastest, how fast it grows.</summary>
/// <param name="Times">[T] ascending.</param>
/// <param name="Values">[T] values; NaN where unknown.</param>
public sealed record TimeSeries(double[] Times, double[] Values)
{
    /// <summary>
    /// First time at which the quantity rises through a level; null if it never does.
    /// Between two output times its logarithm is interpolated by the cubic through four neighbours; the uncertainty is how far the straight line is from it.
    /// </summary>
    /// <param name="level">Greater than 0.</param>
    public (double Time, double Uncertainty)? FirstRise(double level)
    {
        for (int k = 1; k < Values.Length; k++)
        {
            if (!(Values[k - 1] < level && Values[k] >= level)) continue;
            if (!(Values[k - 1] > 0)) return (Times[k], Times[k] - Times[k - 1]);
            double goal = Math.Log(level);
            double line = Times[k - 1] + (Times[k] - Times[k - 1])
                * (goal - Math.Log(Values[k - 1])) / (Math.Log(Values[k]) - Math.Log(Values[k - 1]));
            double low = Times[k - 1], high = Times[k];
            for (int halving = 0; halving < 60; halving++)
            {
                double middle = 0.5 * (low + high);
                if (CubicLogarithm(k, middle) < goal) low = middle; else high = middle;
            }
            return (low, Math.Abs(low - line));
        }
        return null;
    }

    /// <summary>
    /// The time at which the logarithm rises fastest: the summit of the parabola through the largest central difference and its neighbours;
    /// the uncertainty is half an output interval's curvature share. Null where it never rises.
    /// </summary>
    public (double Time, double Uncertainty)? SteepestRise()
    {
        var slopes = new double[Math.Max(0, Values.Length - 1)];
        int best = -1;
        for (int k = 0; k < slopes.Length; k++)
        {
            slopes[k] = (Math.Log(Values[k + 1]) - Math.Log(Values[k])) / (Times[k + 1] - Times[k]);
            if (slopes[k] > 0 && (best < 0 || slopes[k] > slopes[best])) best = k;
        }
        if (best < 0) return null;
        double middle = 0.5 * (Times[best] + Times[best + 1]), width = Times[best + 1] - Times[best];
        if (best == 0 || best == slopes.Length - 1) return (middle, width);
        double left = 0.5 * (Times[best - 1] + Times[best]), right = 0.5 * (Times[best + 1] + Times[best + 2]);
        double first = (slopes[best] - slopes[best - 1]) / (middle - left), second = (slopes[best + 1] - slopes[best]) / (right - middle);
        double curvature = (second - first) / (right - left);
        if (!(curvature < 0)) return (middle, width);
        double summit = 0.5 * (left + middle) - first / (2 * curvature);
        return (summit, 0.25 * width);
    }

    /// <summary>
    /// Growth rate: slope of log f by least squares over the output times at which <paramref name="low"/> ≤ f ≤ <paramref name="high"/>,
    /// up to the first above; null with fewer than three of them.
    /// </summary>
    /// <returns>The slope and its standard error from the residuals.</returns>
    public (double Rate, double Uncertainty)? GrowthRate(double low, double high)
    {
        var times = new List<double>();
        var logs = new List<double>();
        for (int k = 0; k < Values.Length && !(Values[k] > high); k++)
        {
            if (!(Values[k] >= low)) continue;
            times.Add(Times[k]);
            logs.Add(Math.Log(Values[k]));
        }
        int n = times.Count;
        if (n < 3) return null;
        double t0 = times.Average(), y0 = logs.Average(), tt = 0, ty = 0;
        for (int k = 0; k < n; k++)
        {
            tt += (times[k] - t0) * (times[k] - t0);
            ty += (times[k] - t0) * (logs[k] - y0);
        }
        double rate = ty / tt, residual = 0;
        for (int k = 0; k < n; k++)
        {
            double r = logs[k] - y0 - rate * (times[k] - t0);
            residual += r * r;
        }
        return (rate, Math.Sqrt(residual / Math.Max(1, n - 2) / tt));
    }

    // Newton's form through the four output times around interval k−1 … k, of log f; fewer at the ends.
    private double CubicLogarithm(int k, double time)
    {
        int from = Math.Max(0, Math.Min(k - 2, Values.Length - 4)), to = Math.Min(Values.Length - 1, from + 3);
        double sum = 0;
        for (int i = from; i <= to; i++)
        {
            double basis = 1;
            for (int j = from; j <= to; j++)
                if (j != i) basis *= (time - Times[j]) / (Times[i] - Times[j]);
            sum += basis * Math.Log(Math.Max(Values[i], double.Epsilon));
        }
        return sum;
    }
}
