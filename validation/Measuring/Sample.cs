namespace Meanfield.Validation;

/// <summary>Independent draws of a random quantity: mean, standard deviation, quantiles, each with its standard error.</summary>
/// <param name="Draws">The draws, ascending.</param>
/// <param name="Mean">Mean.</param>
/// <param name="Deviation">Standard deviation (n − 1).</param>
/// <param name="DeviationError">Its standard error, from the fourth moment.</param>
public sealed record Sample(IReadOnlyList<double> Draws, double Mean, double Deviation, double DeviationError)
{
    /// <summary>
    /// Standard errors allowed to a statistical figure. Three would fail one figure in 370; the list has some hundreds of them, its verdicts are to hold for 20 seeds,
    /// and standard errors are themselves estimated. Five are allowed (one in 1.7 million), and the number of draws is raised until five are no more than theory's three.
    /// </summary>
    public const double Sigmas = 5;

    /// <summary>Standard error of the mean.</summary>
    public double MeanError => Deviation / Math.Sqrt(Draws.Count);

    /// <summary>Collects draws.</summary>
    /// <exception cref="ArgumentException">Fewer than two.</exception>
    public static Sample Of(IEnumerable<double> draws)
    {
        double[] sorted = [.. draws.Order()];
        if (sorted.Length < 2) throw new ArgumentException("a sample needs two draws", nameof(draws));
        double mean = sorted.Average(), second = 0, fourth = 0;
        foreach (double draw in sorted)
        {
            double square = (draw - mean) * (draw - mean);
            second += square;
            fourth += square * square;
        }
        double variance = second / (sorted.Length - 1), spread = fourth / sorted.Length - variance * variance;
        double deviation = Math.Sqrt(variance);
        return new Sample(sorted, mean, deviation, Math.Sqrt(Math.Max(0, spread) / sorted.Length) / (2 * deviation));
    }

    /// <summary>The p-quantile with the standard error that order statistics give it: a quarter of the distance of the quantiles p ± 2√(p(1−p)/n).</summary>
    /// <param name="probability">p in (0, 1).</param>
    public (double Value, double Error) Quantile(double probability)
    {
        double width = 2 * Math.Sqrt(probability * (1 - probability) / Draws.Count);
        return (At(probability), 0.25 * (At(probability + width) - At(probability - width)));
    }

    private double At(double probability)
    {
        double place = Math.Clamp(probability * Draws.Count - 0.5, 0, Draws.Count - 1);
        int below = Math.Min((int)place, Draws.Count - 2);
        return Draws[below] + (place - below) * (Draws[below + 1] - Draws[below]);
    }
}
