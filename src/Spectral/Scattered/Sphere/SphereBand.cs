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
    private const double WidestCell = 0.13; // cos δ as a function of sin δ: coefficients fall by 1/15 each, in any order m
    private const double Rounding = 1e-16;

    /// <summary>Tables of a band.</summary>
    /// <param name="harmonics">Harmonics up to L.</param>
    /// <param name="terms">p ≤ <see cref="Row"/>.</param>
    /// <param name="tolerance">Relative to the largest value.</param>
    /// <param name="centre">θ_b, in the northern hemisphere.</param>
    /// <param name="halfWidth">r less the margin.</param>
    public SphereBand(MeridianFunctions harmonics, int terms, double tolerance, double centre, double halfWidth)
    {
        int bandlimit = harmonics.Bandlimit, pairs = (bandlimit + 1) * (bandlimit + 2) / 2;
        (CosineCentre, SineCentre) = (Math.Cos(centre), Math.Sin(centre));
        SineHalfWidth = Math.Sin(halfWidth + Margin);
        Values = new AlignedBuffer(Row * pairs);
        Slopes = new AlignedBuffer(Row * pairs);
        FillMeridians(harmonics, centre, terms);
        double widest = WidestCell;
        for (int m = 1; m <= bandlimit; m++)
        {
            double size = Amplitude(m, bandlimit);
            if (size < Negligible)
                continue;
            Orders = m;
            widest = Math.Min(widest, Reach(terms, tolerance / size) / m);
        }
        Ring = new CellRing(8 * (int)Math.Ceiling(Math.PI / widest / 8), Orders);
        SineHalfLength = Math.Sin(Math.PI / Cells + Margin);
        Cosines = new AlignedBuffer((Orders + 1) * terms * Row);
        Sines = new AlignedBuffer((Orders + 1) * terms * Row);
        FillParallels(terms);
    }

    /// <summary>cos θ_b.</summary>
    public double CosineCentre { get; }

    /// <summary>sin θ_b.</summary>
    public double SineCentre { get; }

    /// <summary>sin r.</summary>
    public double SineHalfWidth { get; }

    /// <summary>sin η.</summary>
    public double SineHalfLength { get; }

    /// <summary>Intervals of longitude.</summary>
    public CellRing Ring { get; }

    /// <summary>Number of intervals of longitude.</summary>
    public int Cells => Ring.Cells;

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

    private void FillMeridians(MeridianFunctions harmonics, double centre, int terms)
    {
        int nodes = terms + ExtraNodes;
        var weights = new double[terms];
        for (int k = 0; k < nodes; k++)
        {
            double angle = Math.PI * (k + 0.5) / nodes;
            for (int a = 0; a < terms; a++)
                weights[a] = (a == 0 ? 1.0 : 2.0) / nodes * Math.Cos(a * angle);
            ReadOnlySpan<double> slopes = harmonics.Evaluate(Math.Sin(centre), Math.Cos(angle) * SineHalfWidth, out double sine);
            for (int m = 0; m <= harmonics.Bandlimit; m++)
            {
                for (int l = m; l <= harmonics.Bandlimit; l++)
                {
                    int pair = Pair(l, m, harmonics.Bandlimit);
                    double slope = slopes[pair];
                    for (int a = 0; a < terms; a++)
                    {
                        Values.Pointer[Row * pair + a] += weights[a] * (m == 0 ? slope : slope * sine);
                        Slopes.Pointer[Row * pair + a] += weights[a] * m * slope;
                    }
                }
            }
        }
        Values.Span[..Row].Clear(); // degree 0 is 1 to the last bit: no force comes from the mass
        Values.Pointer[0] = 1;
        for (int row = 0; row < Values.Length; row += Row)
        {
            RemoveNoise(Values.Span.Slice(row, Row));
            RemoveNoise(Slopes.Span.Slice(row, Row));
        }
    }

    // Coefficients below the rounding of the largest are rounding themselves, which a derivative would magnify a²/r times.
    private static void RemoveNoise(Span<double> coefficients)
    {
        double largest = 0;
        foreach (double c in coefficients)
            largest = Math.Max(largest, Math.Abs(c));
        for (int a = 0; a < coefficients.Length; a++)
        {
            if (Math.Abs(coefficients[a]) < Rounding * largest)
                coefficients[a] = 0;
        }
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
            if (m == 0)
            {
                Array.Clear(cosine);
                cosine[0] = 1;
            }
            RemoveNoise(cosine);
            RemoveNoise(sine);
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
