namespace Meanfield.Perturbation;

/// <summary>Interpolation and Duhamel integrals on [0, 1] with the 17 Chebyshev points (1 − cos(πj/16))/2, both ends among them.</summary>
internal static class ChebyshevPanel
{
    /// <summary>Number of points.</summary>
    public const int Nodes = 17;

    private const int Samples = 24;
    private const double Reach = 20; // e^{zu} times a polynomial of degree 16 is integrated to rounding over |z|u ≤ 20 with 24 Gauss points

    private static readonly double[] Positions = [.. Enumerable.Range(0, Nodes).Select(j => Math.Pow(Math.Sin(Math.PI * j / (2 * (Nodes - 1))), 2))];
    private static readonly Spectral.GaussGegenbauerRule Gauss = Spectral.GaussGegenbauerRule.Create(3, Samples);
    private static readonly double[] Samplings = SampledPolynomials();

    /// <summary>The points, from 0 to 1.</summary>
    public static ReadOnlySpan<double> Points => Positions;

    /// <summary>Values of the 17 Lagrange polynomials at a point of [0, 1] (barycentric formula).</summary>
    public static void Lagrange(double at, Span<double> values)
    {
        double sum = 0;
        for (int j = 0; j < Nodes; j++)
        {
            double distance = at - Positions[j];
            if (distance == 0)
            {
                values[..Nodes].Clear();
                values[j] = 1;
                return;
            }
            double weight = (j == 0 || j == Nodes - 1 ? 0.5 : 1) * ((j & 1) == 0 ? 1 : -1) / distance;
            values[j] = weight;
            sum += weight;
        }
        for (int j = 0; j < Nodes; j++) values[j] /= sum;
    }

    /// <summary>W_ij = ∫_0^{x_i} e^{z(x_i − s)} L_j(s) ds with the exponential integrated to rounding, for z ≤ 0 of any size.</summary>
    /// <remarks>
    /// From point to point: row i is e^{zΔ} times row i−1 plus ∫_0^Δ e^{zv} L_j(x_i − v) dv. Where |z|Δ exceeds 20 the integral ends at
    /// 40/|z|, beyond which the exponential is below 1e−17.
    /// </remarks>
    /// <param name="z">z = λh ≤ 0.</param>
    /// <param name="matrix">[17·17] receives W, row by row.</param>
    public static void Duhamel(double z, Span<double> matrix)
    {
        matrix[..Nodes].Clear();
        Span<double> polynomials = stackalloc double[Nodes];
        for (int i = 1; i < Nodes; i++)
        {
            double gap = Positions[i] - Positions[i - 1], decay = Math.Exp(z * gap);
            Span<double> row = matrix.Slice(i * Nodes, Nodes);
            ReadOnlySpan<double> previous = matrix.Slice((i - 1) * Nodes, Nodes);
            for (int j = 0; j < Nodes; j++) row[j] = decay * previous[j];
            if (-z * gap <= Reach)
            {
                for (int s = 0; s < Samples; s++)
                {
                    double v = 0.5 * (1 - Gauss.Nodes[s]) * gap;
                    Add(gap * Gauss.Weights[s] * Math.Exp(z * v), Samplings.AsSpan((i * Samples + s) * Nodes, Nodes), row);
                }
                continue;
            }
            for (int part = 0; part < 2; part++)
            {
                double width = Math.Min(Reach / -z, gap - part * (Reach / -z));
                for (int s = 0; s < Samples; s++)
                {
                    double v = part * (Reach / -z) + 0.5 * (1 - Gauss.Nodes[s]) * width;
                    Lagrange(Positions[i] - v, polynomials);
                    Add(width * Gauss.Weights[s] * Math.Exp(z * v), polynomials, row);
                }
            }
        }
    }

    private static void Add(double factor, ReadOnlySpan<double> values, Span<double> row)
    {
        for (int j = 0; j < Nodes; j++) row[j] += factor * values[j];
    }

    /// <summary>L_j(x_i − v_s) at the Gauss points v_s of every gap.</summary>
    private static double[] SampledPolynomials()
    {
        var values = new double[Nodes * Samples * Nodes];
        for (int i = 1; i < Nodes; i++)
        {
            for (int s = 0; s < Samples; s++)
            {
                double v = 0.5 * (1 - Gauss.Nodes[s]) * (Positions[i] - Positions[i - 1]);
                Lagrange(Positions[i] - v, values.AsSpan((i * Samples + s) * Nodes, Nodes));
            }
        }
        return values;
    }
}
