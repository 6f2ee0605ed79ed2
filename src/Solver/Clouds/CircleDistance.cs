namespace Meanfield.Solver;

/// <summary>Exact Wasserstein distances of clouds on the circle, for the arc length as the cost of moving.</summary>
/// <remarks>
/// Optimal plans keep the cyclic order: W_p^p = min_α ∫_0^1 |F⁻¹(s) − G⁻¹(s + α)|^p ds with G⁻¹(s+1) = G⁻¹(s) + 2π (Delon, Salomon and
/// Sobolevskii, SIAM J. Appl. Math. 70, 2010). The integral is convex and piecewise linear in α with breaks where two masses begin together:
/// α is enclosed by golden sections, then moved to the best of the breaks beside it. O((n + m) log (n + m)).
/// </remarks>
public static class CircleDistance
{
    private const double Golden = 0.61803398874989485;
    private const double Together = 2e-15; // masses that begin this close begin together
    private const int Sections = 75; // 0.618^75 ≈ 2e−16

    /// <summary>W₁: the mean arc that mass moves.</summary>
    /// <exception cref="ArgumentException">A cloud that is not on the circle.</exception>
    public static double First(in Cloud first, in Cloud second) => Distance(first, second, squared: false);

    /// <summary>W₂: the root of the mean squared arc that mass moves.</summary>
    /// <exception cref="ArgumentException">A cloud that is not on the circle.</exception>
    public static double Second(in Cloud first, in Cloud second) => Math.Sqrt(Distance(first, second, squared: true));

    /// <summary>
    /// W₂ to the uniform law in closed form: W₂² = Var_s(F⁻¹(s) − 2πs) = Σ wᵢ [(eᵢ − ē)² + (2πwᵢ)²/12], eᵢ = θᵢ − 2π(middle of i's masses).
    /// </summary>
    /// <remarks>N·E W₂² → π²/3 for iid uniform tokens (THEORY 6.8, V41).</remarks>
    /// <exception cref="ArgumentException">A cloud that is not on the circle.</exception>
    public static double SecondToUniform(in Cloud cloud)
    {
        var law = new CircleQuantiles(cloud);
        double mean = 0, sum = 0;
        for (int i = 0; i < law.Angles.Length; i++) mean += law.Masses[i] * Excess(i);
        for (int i = 0; i < law.Angles.Length; i++)
        {
            double away = Excess(i) - mean, arc = 2 * Math.PI * law.Masses[i];
            sum += law.Masses[i] * (away * away + arc * arc / 12);
        }
        return Math.Sqrt(sum);

        double Excess(int i) => law.Angles[i] - 2 * Math.PI * (law.Cumulative[i] - 0.5 * law.Masses[i]);
    }

    private static double Distance(in Cloud first, in Cloud second, bool squared)
    {
        CircleQuantiles f = new(first), g = new(second);
        double low = -1, high = 1;
        double left = high - Golden * (high - low), right = low + Golden * (high - low);
        double atLeft = Cost(f, g, left, squared), atRight = Cost(f, g, right, squared);
        for (int i = 0; i < Sections; i++)
        {
            if (atLeft <= atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - Golden * (high - low);
                atLeft = Cost(f, g, left, squared);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + Golden * (high - low);
                atRight = Cost(f, g, right, squared);
            }
        }
        (double below, double above) = Breaks(f, g, 0.5 * (low + high));
        return Math.Min(Math.Min(atLeft, atRight), Math.Min(Cost(f, g, below, squared), Cost(f, g, above, squared)));
    }

    /// <summary>∫_0^1 |F⁻¹(s) − G⁻¹(s + α)|^p ds, p = 1 or 2.</summary>
    private static double Cost(CircleQuantiles f, CircleQuantiles g, double shift, bool squared)
    {
        double turns = Math.Floor(shift), start = shift - turns;
        int j = Array.BinarySearch(g.Cumulative, start);
        if (j < 0) j = ~j;
        while (j < g.Cumulative.Length - 1 && g.Cumulative[j] - start <= Together) j++;
        double wrap = 0, sum = 0, at = 0;
        for (int i = 0; i < f.Angles.Length;)
        {
            double endOfF = f.Cumulative[i], endOfG = g.Cumulative[j] - start + wrap;
            double end = Math.Min(1, Math.Min(endOfF, endOfG));
            double arc = Math.Abs(f.Angles[i] - (g.Angles[j] + 2 * Math.PI * (turns + wrap)));
            if (end > at) sum += (end - at) * (squared ? arc * arc : arc);
            at = Math.Max(at, end);
            bool both = Math.Abs(endOfF - endOfG) <= Together;
            if (both || endOfF <= endOfG) i++;
            if ((both || endOfG < endOfF) && ++j == g.Angles.Length) (j, wrap) = (0, wrap + 1);
        }
        return sum;
    }

    /// <summary>The breaks nearest to α on either side: G's mass up to some atom less F's mass up to some other, and whole turns.</summary>
    private static (double Below, double Above) Breaks(CircleQuantiles f, CircleQuantiles g, double shift)
    {
        double below = -1, above = 1;
        foreach (double mass in f.Cumulative)
        {
            double turns = Math.Floor(mass + shift), place = mass + shift - turns;
            int j = Array.BinarySearch(g.Cumulative, place);
            if (j < 0) j = ~j;
            for (int k = j - 1; k <= j + 1; k++)
            {
                double upTo = k < 0 ? 0 : k < g.Cumulative.Length ? g.Cumulative[k] : 1 + g.Cumulative[k - g.Cumulative.Length];
                double candidate = upTo + turns - mass;
                if (candidate <= shift) below = Math.Max(below, candidate);
                if (candidate >= shift) above = Math.Min(above, candidate);
            }
        }
        return (below, above);
    }
}
