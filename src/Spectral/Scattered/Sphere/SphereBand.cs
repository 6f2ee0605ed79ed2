namespace Meanfield.Spectral;

/// <summary>
/// A band of colatitudes and its mirror image, cut into equal intervals of longitude: local expansions of the harmonics.
/// </summary>
/// <remarks>
/// Local variables are u = sin(θ − θ_b)/sin r and v = sin(φ − φ_j)/sin η. Held are the Chebyshev coefficients in u of P_ℓm and of
/// m P_ℓm/sin θ, and for cos mδ, sin mδ the monomial coefficients in v of their Chebyshev sums of degree &lt; p − a, a = 0 … p − 1.
/// Keeping Chebyshev terms of total degree &lt; p leaves (√2 k h)^p/(2^(p−1) p!) of a wave of wave number k in a cell of half-width h.
/// </remarks>
internal sealed unsafe class SphereBand
{
    /// <summary>Numbers in a row: largest p.</summary>
    public const int Row = 16;

    /// <summary>By how much <see cref="CellOrder"/> may misjudge an angle.</summary>
    public const double Margin = 3e-5;

    private const int ExtraNodes = 6;
    private const double Negligible = 1e-18;

    /// <summary>Tables of a band.</summary>
    /// <param name="harmonics">Harmonics up to L.</param>
    /// <param name="terms">p ≤ <see cref="Row"/>.</param>
    /// <param name="tolerance">Relative to the largest value.</param>
    /// <param name="centre">θ_b, in the northern hemisphere.</param>
    /// <param name="halfWidth">r less the margin.</param>
    public SphereBand(SphericalHarmonics harmonics, int terms, double tolerance, double centre, double halfWidth)
    {
        int bandlimit = harmonics.Basis.Bandlimit, pairs = (bandlimit + 1) * (bandlimit + 2) / 2;
        (CosineCentre, SineCentre) = (Math.Cos(centre), Math.Sin(centre));
        SineHalfWidth = Math.Sin(halfWidth + Margin);
        Values = new AlignedBuffer(Row * pairs);
        Slopes = new AlignedBuffer(Row * pairs);
        FillMeridians(harmonics, terms);
        double widest = Math.PI / 8;
        for (int m = 1; m <= bandlimit; m++)
        {
            double size = Amplitude(m, bandlimit);
            if (size < Negligible)
                continue;
            Orders = m;
            widest = Math.Min(widest, Reach(terms, tolerance / size) / m);
        }
        Cells = 8 * (int)Math.Ceiling(Math.PI / widest / 8);
        SineHalfLength = Math.Sin(Math.PI / Cells + Margin);
        Cosines = new AlignedBuffer((Orders + 1) * terms * Row);
        Sines = new AlignedBuffer((Orders + 1) * terms * Row);
        FillParallels(terms);
        Roots = new double[4 * Cells];
        for (int k = 0; k < 2 * Cells; k++)
            (Roots[2 * k], Roots[2 * k + 1]) = (Math.Cos(Math.PI * k / Cells), Math.Sin(Math.PI * k / Cells));
    }

    /// <summary>cos θ_b.</summary>
    public double CosineCentre { get; }

    /// <summary>sin θ_b.</summary>
    public double SineCentre { get; }

    /// <summary>sin r.</summary>
    public double SineHalfWidth { get; }

    /// <summary>sin η.</summary>
    public double SineHalfLength { get; }

    /// <summary>Intervals of longitude M, a multiple of 8, centred at φ_j = 2π(j + ½)/M.</summary>
    public int Cells { get; }

    /// <summary>Largest order that matters here.</summary>
    public int Orders { get; }

    /// <summary>[m][ℓ − m][a] coefficients of P_ℓm.</summary>
    public AlignedBuffer Values { get; }

    /// <summary>[m][ℓ − m][a] coefficients of m P_ℓm/sin θ.</summary>
    public AlignedBuffer Slopes { get; }

    /// <summary>[m][a][β] coefficients of cos mδ.</summary>
    public AlignedBuffer Cosines { get; }

    /// <summary>[m][a][β] coefficients of sin mδ.</summary>
    public AlignedBuffer Sines { get; }

    /// <summary>cos and sin of πk/M, k = 0 … 2M − 1.</summary>
    public double[] Roots { get; }

    /// <summary>k h at which the terms of total degree ≥ p of a wave amount to a tolerance.</summary>
    public static double Reach(int terms, double tolerance)
    {
        double scale = tolerance / 2;
        for (int k = 1; k <= terms; k++)
            scale *= 2.0 * k;
        return Math.Pow(scale, 1.0 / terms) / Math.Sqrt(2);
    }

    /// <summary>Place of (ℓ, m) among pairs ordered by m, then ℓ.</summary>
    public static int Pair(int degree, int order, int bandlimit) => order * (2 * bandlimit + 3 - order) / 2 + degree - order;

    private void FillMeridians(SphericalHarmonics harmonics, int terms)
    {
        int bandlimit = harmonics.Basis.Bandlimit, nodes = terms + ExtraNodes;
        var values = new double[harmonics.Basis.Count];
        for (int k = 0; k < nodes; k++)
        {
            double angle = Math.PI * (k + 0.5) / nodes, s = Math.Cos(angle) * SineHalfWidth, c = Math.Sqrt(1 - s * s);
            double sine = SineCentre * c + CosineCentre * s;
            harmonics.Evaluate(sine, 0, CosineCentre * c - SineCentre * s, values);
            for (int a = 0; a < terms; a++)
            {
                double weight = (a == 0 ? 1.0 : 2.0) / nodes * Math.Cos(a * angle);
                for (int m = 0; m <= bandlimit; m++)
                {
                    for (int l = m; l <= bandlimit; l++)
                    {
                        int i = Row * Pair(l, m, bandlimit) + a;
                        double value = weight * values[l * l + l + m];
                        Values.Pointer[i] += value;
                        Slopes.Pointer[i] += m * (value / sine);
                    }
                }
            }
        }
        if (bandlimit == 0 || terms == 1)
            return;
        for (int a = 1; a < terms; a++) // degree 0 is constant to the last bit
            Values.Pointer[a] = 0;
        Values.Pointer[0] = 1;
    }

    // Largest size of a harmonic of order m of unit supremum here, and of its gradient in units of L
    private double Amplitude(int order, int bandlimit)
    {
        double largest = 0;
        for (int l = order; l <= bandlimit; l++)
        {
            double value = 0, slope = 0;
            for (int a = 0; a < Row; a++)
            {
                int i = Row * Pair(l, order, bandlimit) + a;
                value += Math.Abs(Values.Pointer[i]);
                slope += Math.Abs(Slopes.Pointer[i]);
            }
            largest = Math.Max(largest, Math.Max(value, slope / bandlimit) / Math.Sqrt(2 * l + 1));
        }
        return largest;
    }

    private void FillParallels(int terms)
    {
        int nodes = terms + ExtraNodes;
        double[] cosine = new double[terms], sine = new double[terms];
        var monomials = ChebyshevMonomials(terms);
        for (int m = 0; m <= Orders; m++)
        {
            Array.Clear(cosine);
            Array.Clear(sine);
            for (int k = 0; k < nodes; k++)
            {
                double angle = Math.PI * (k + 0.5) / nodes, delta = Math.Asin(Math.Cos(angle) * SineHalfLength);
                for (int b = 0; b < terms; b++)
                {
                    double weight = (b == 0 ? 1.0 : 2.0) / nodes * Math.Cos(b * angle);
                    cosine[b] += weight * Math.Cos(m * delta);
                    sine[b] += weight * Math.Sin(m * delta);
                }
            }
            for (int a = 0; a < terms; a++)
            {
                int row = (m * terms + a) * Row;
                for (int b = 0; b < terms - a; b++)
                {
                    double[] source = b % 2 == 0 ? cosine : sine;
                    double* target = (b % 2 == 0 ? Cosines : Sines).Pointer + row;
                    for (int power = 0; power <= b; power++)
                        target[power] += monomials[b, power] * source[b];
                }
            }
        }
    }

    /// <summary>T_a(t) = Σ_α X_aα t^α.</summary>
    /// <param name="terms">a, α = 0 … terms − 1.</param>
    public static double[,] ChebyshevMonomials(int terms)
    {
        var x = new double[terms, terms];
        x[0, 0] = 1;
        for (int a = 1; a < terms; a++)
        {
            for (int power = 0; power <= a; power++)
                x[a, power] = (power == 0 ? 0 : (a == 1 ? 1 : 2) * x[a - 1, power - 1]) - (a >= 2 ? x[a - 2, power] : 0);
        }
        return x;
    }
}
