namespace Meanfield.Solver;

/// <summary>The quantile function of a cloud on the circle: sorted angles and the mass up to each.</summary>
internal sealed class CircleQuantiles
{
    /// <summary>Sorts a cloud.</summary>
    /// <exception cref="ArgumentException">The cloud is not on the circle.</exception>
    public CircleQuantiles(in Cloud cloud)
    {
        if (cloud.Dimension != 2) throw new ArgumentException($"distances on the circle need dimension 2, not {cloud.Dimension}", nameof(cloud));
        int count = cloud.Count;
        Angles = new double[count];
        Masses = new double[count];
        Cumulative = new double[count];
        ReadOnlySpan<double> x = cloud.Coordinate(0), y = cloud.Coordinate(1);
        for (int i = 0; i < count; i++)
        {
            Angles[i] = Math.Atan2(y[i], x[i]);
            Masses[i] = cloud.MassOf(i);
        }
        if (cloud.Weights.IsEmpty)
        {
            Array.Sort(Angles);
            for (int i = 0; i < count; i++) Cumulative[i] = (i + 1.0) / count;
            return;
        }
        Array.Sort(Angles, Masses);
        double sum = 0, lost = 0;
        for (int i = 0; i < count; i++)
        {
            double term = Masses[i] + lost, next = sum + term;
            lost = term - (next - sum); // Kahan's summation
            Cumulative[i] = sum = next;
        }
        Cumulative[^1] = 1;
    }

    /// <summary>[N] angles in [−π, π], rising.</summary>
    public double[] Angles { get; }

    /// <summary>[N] mass at each angle.</summary>
    public double[] Masses { get; }

    /// <summary>[N] mass up to and including each angle; the last is 1.</summary>
    public double[] Cumulative { get; }
}
