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
        return best < 0 ? null : Summit(slopes, best);
    }

    /// <summary>
    /// The time at which the quantity itself climbs fastest for the first time: its difference quotient has a largest value, and falls by a quarter before it is exceeded.
    /// The summit of the parabola through it and its neighbours; the uncertainty is a quarter of an output interval. Null where it never climbs or keeps climbing faster.
    /// </summary>
    public (double Time, double Uncertainty)? FirstSteepestClimb()
    {
        var slopes = new double[Math.Max(0, Values.Length - 1)];
        int best = -1;
        for (int k = 0; k < slopes.Length; k++)
        {
            slopes[k] = (Values[k + 1] - Values[k]) / (Times[k + 1] - Times[k]);
            if (slopes[k] > 0 && (best < 0 || slopes[k] > slopes[best])) best = k;
            else if (best >= 0 && slopes[k] < 0.75 * slopes[best]) return Summit(slopes, best);
        }
        return null;
    }

    /// <summary>
    /// Growth rate: slope of log f by least squares over the output times at which <paramref name="low"/> ≤ f ≤ <paramref name="high"/>,
    /// up to the first above; null with fewer than three of them.
    /// </summary>
    /// <returns>The slope and its standard error from the residuals.</returns>
    public (double Rate, double Uncertainty)? GrowthRate(double low, double high)
    {
        var weights = new double[Values.Length];
        for (int k = 0; k < Values.Length && !(Values[k] > high); k++)
            if (Values[k] >= low) weights[k] = 1;
        return Line(weights) is { } line ? (line.Slope, line.SlopeError) : null;
    }

    /// <summary>Growth rate: slope of log f by least squares, each output time weighted by 1/s², s the relative error of f; null with fewer than three of them.</summary>
    /// <param name="errors">[T] s &gt; 0; infinite where f says nothing.</param>
    /// <returns>The slope and its error: that of the errors s, or of the residuals where they are larger.</returns>
    public (double Rate, double Uncertainty)? GrowthRate(ReadOnlySpan<double> errors)
    {
        var weights = new double[Values.Length];
        for (int k = 0; k < weights.Length; k++) weights[k] = Values[k] > 0 ? 1 / (errors[k] * errors[k]) : 0;
        return Line(weights) is { } line ? (line.Slope, Math.Max(line.SlopeError, 1 / Math.Sqrt(line.Spread))) : null;
    }

    // Weighted line through log f; null with fewer than three times of positive weight.
    private LineFit? Line(ReadOnlySpan<double> weights)
    {
        LineFit? line = LineFit.Through(Times, Array.ConvertAll(Values, value => Math.Log(value)), weights);
        return line?.Count >= 3 ? line : null;
    }

    // The parabola through the largest of the difference quotients and its neighbours, each at the middle of its interval.
    private (double Time, double Uncertainty) Summit(double[] slopes, int best)
    {
        double middle = 0.5 * (Times[best] + Times[best + 1]), width = Times[best + 1] - Times[best];
        if (best == 0 || best == slopes.Length - 1) return (middle, width);
        double left = 0.5 * (Times[best - 1] + Times[best]), right = 0.5 * (Times[best + 1] + Times[best + 2]);
        double first = (slopes[best] - slopes[best - 1]) / (middle - left), second = (slopes[best + 1] - slopes[best]) / (right - middle);
        double curvature = (second - first) / (right - left);
        if (!(curvature < 0)) return (middle, width);
        double summit = 0.5 * (left + middle) - first / (2 * curvature);
        return (summit, 0.25 * width);
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
