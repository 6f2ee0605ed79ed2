using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>
/// The inverse of s ↦ ∫_0^s g / ∫g for a smooth g ≥ 0 on [0, length]: equal cells, g replaced on each by the polynomial through eight
/// Gauss nodes and integrated exactly, the integral inverted by Newton steps kept inside the cell.
/// </summary>
internal sealed class InverseDistribution
{
    /// <summary>Values of g below −this times the largest are negative, not rounding.</summary>
    public const double Negligible = 1e-8;

    private const int Nodes = 8;
    private const double Settled = 1e-9; // of a Newton step, whose error is the square of it
    private static readonly GaussGegenbauerRule Rule = GaussGegenbauerRule.Create(3, Nodes);
    private static readonly double[,] Integration = IntegrationMatrix();

    private readonly double[] _start; // [cells + 1] integral up to a cell's start
    private readonly double[] _powers; // [cells, Nodes + 1] integral within a cell, by powers of the place in [−1, 1]
    private readonly double _width;

    /// <summary>Tabulates g.</summary>
    /// <param name="length">Length of the interval.</param>
    /// <param name="cells">Number of cells; four per radian and degree of g leave a relative error below 1e−10.</param>
    /// <param name="density">g.</param>
    /// <exception cref="ArgumentException">g is not finite, vanishes, or is negative.</exception>
    public InverseDistribution(double length, int cells, Func<double, double> density)
    {
        _width = length / cells;
        _start = new double[cells + 1];
        _powers = new double[cells * (Nodes + 1)];
        ReadOnlySpan<double> nodes = Rule.Nodes;
        Span<double> values = stackalloc double[Nodes];
        double lowest = double.PositiveInfinity, highest = 0;
        for (int cell = 0; cell < cells; cell++)
        {
            for (int j = 0; j < Nodes; j++)
            {
                double g = density((cell + 0.5 + 0.5 * nodes[j]) * _width);
                if (!double.IsFinite(g)) throw new ArgumentException("the initial density is not finite", nameof(density));
                lowest = Math.Min(lowest, g);
                highest = Math.Max(highest, g);
                values[j] = Math.Max(0, g);
            }
            Span<double> powers = _powers.AsSpan(cell * (Nodes + 1), Nodes + 1);
            for (int p = 0; p <= Nodes; p++)
                for (int j = 0; j < Nodes; j++) powers[p] += Integration[p, j] * values[j];
            _start[cell + 1] = _start[cell] + Math.Max(0, Value(powers, 1, out _));
        }
        RequireDensity(lowest, highest);
    }

    /// <summary>Refuses what is negative by more than <see cref="Negligible"/> of its largest value.</summary>
    /// <exception cref="ArgumentException">Negative or nowhere positive.</exception>
    public static void RequireDensity(double lowest, double highest)
    {
        if (!(highest > 0) || lowest < -Negligible * highest)
            throw new ArgumentException(
                $"the initial density is negative somewhere (at its lowest {lowest / Math.Max(highest, double.Epsilon):G3} of its largest value): no tokens can be drawn from it");
    }

    /// <summary>The place s with ∫_0^s g = u ∫g.</summary>
    /// <param name="u">In (0, 1).</param>
    public double At(double u)
    {
        double target = u * _start[^1];
        int cell = Array.BinarySearch(_start, target);
        cell = Math.Clamp(cell < 0 ? ~cell - 1 : cell, 0, _start.Length - 2);
        target -= _start[cell];
        ReadOnlySpan<double> powers = _powers.AsSpan(cell * (Nodes + 1), Nodes + 1);
        double low = -1, high = 1, place = 2 * target / (_start[cell + 1] - _start[cell]) - 1;
        for (int iteration = 0; iteration < 60; iteration++)
        {
            double excess = Value(powers, place, out double slope) - target;
            if (excess > 0) high = place; else low = place;
            double next = place - excess / slope;
            if (!(next > low && next < high)) next = 0.5 * (low + high);
            bool settled = Math.Abs(next - place) < Settled;
            place = next;
            if (settled) break;
        }
        return (cell + 0.5 + 0.5 * place) * _width;
    }

    private static double Value(ReadOnlySpan<double> powers, double place, out double slope)
    {
        double value = 0;
        slope = 0;
        for (int p = powers.Length - 1; p >= 0; p--)
        {
            slope = slope * place + value;
            value = value * place + powers[p];
        }
        return value;
    }

    // Values at the nodes → powers of ∫_{−1}^x: through Legendre coefficients, (2k+1)∫_{−1}^x P_k = P_{k+1} − P_{k−1}
    private static double[,] IntegrationMatrix()
    {
        var legendre = new double[Nodes + 1][];
        for (int k = 0; k <= Nodes; k++)
        {
            legendre[k] = new double[Nodes + 1];
            if (k == 0) legendre[0][0] = 1;
            for (int p = 0; p < k; p++) legendre[k][p + 1] += (2 * k - 1.0) / k * legendre[k - 1][p];
            for (int p = 0; p < k - 1; p++) legendre[k][p] -= (k - 1.0) / k * legendre[k - 2][p];
        }
        var matrix = new double[Nodes + 1, Nodes];
        for (int j = 0; j < Nodes; j++)
        {
            for (int k = 0; k < Nodes; k++)
            {
                double amount = Rule.Weights[j] * Value(legendre[k], Rule.Nodes[j], out _);
                for (int p = 0; p <= Nodes; p++) matrix[p, j] += amount * (legendre[k + 1][p] - (k > 0 ? legendre[k - 1][p] : p == 0 ? -1 : 0));
            }
        }
        return matrix;
    }
}
