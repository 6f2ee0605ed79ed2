namespace Meanfield.Spectral;

/// <summary>
/// The circle cut into cells so small that eight monomials in the local variable t carry every mode and its derivative:
/// from coefficients to polynomials and from moments of cells to moments of modes.
/// </summary>
/// <remarks>
/// In a cell of half-width h, f = P(t), f′ = P′(t)/h, |t| ≤ 1. Chebyshev interpolation of degree 7 leaves (kh)^8/(2^7 8!) of a mode and at most
/// 64/8·(kh)^7/(2^7 7!)·k/8 of its derivative; the width is such that (kh)^7/(2^6 7!) at k = L is the tolerance. Two neighbouring cells have one
/// centre in the sums of <see cref="RingSums"/>.
/// </remarks>
internal sealed unsafe class CircleCells
{
    /// <summary>Coefficients of a polynomial.</summary>
    public const int Terms = 8;

    private const int Pair = 2 * Terms;
    private const double Root = 1.4142135623730950488; // √2

    private readonly CellRing _pairs;
    private readonly AlignedBuffer _even; // [k][2][8] monomials of cos kδ, δ from the centre of a pair, in either cell
    private readonly AlignedBuffer _odd; // [k][2][8] monomials of sin kδ
    private readonly AlignedBuffer _x;
    private readonly AlignedBuffer _y;

    /// <summary>Cuts the circle.</summary>
    /// <param name="bandlimit">L.</param>
    /// <param name="tolerance">Truncation relative to the largest value.</param>
    public CircleCells(int bandlimit, double tolerance)
    {
        double reach = Math.Min(0.2, SphereBand.Reach(Terms - 1, tolerance) * Root / Math.Max(1, bandlimit));
        _pairs = new CellRing(8 * (int)Math.Ceiling(Math.PI / reach / 16), bandlimit);
        _even = new AlignedBuffer(Pair * (bandlimit + 1));
        _odd = new AlignedBuffer(Pair * (bandlimit + 1));
        _x = new AlignedBuffer(Pair * (bandlimit + 2));
        _y = new AlignedBuffer(Pair * (bandlimit + 2));
        Polynomials = new AlignedBuffer((long)Pair * _pairs.Cells);
        FillExpansions(bandlimit);
    }

    /// <summary>Number of cells, a multiple of 16.</summary>
    public int Count => 2 * _pairs.Cells;

    /// <summary>[cell][8] polynomials, the constant term first.</summary>
    public AlignedBuffer Polynomials { get; }

    /// <summary>Fills <see cref="Polynomials"/>.</summary>
    public void Load(ReadOnlySpan<double> coefficients)
    {
        _x.Span.Clear();
        _y.Span.Clear();
        _x.Pointer[0] = _x.Pointer[Terms] = coefficients[0];
        for (int k = 1; k <= _pairs.Orders; k++)
        {
            double cosine = Root * coefficients[2 * k - 1], sine = Root * coefficients[2 * k];
            double* even = _even.Pointer + Pair * k, odd = _odd.Pointer + Pair * k, x = _x.Pointer + Pair * k, y = _y.Pointer + Pair * k;
            for (int i = 0; i < Pair; i++)
                (x[i], y[i]) = (cosine * even[i] + sine * odd[i], sine * even[i] - cosine * odd[i]);
        }
        if (SimdVariant.Lanes == EightLanes.Lanes)
            RingSums.ToCells<EightLanes>(_pairs, Pair, _x.Pointer, _y.Pointer, Polynomials.Pointer);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            RingSums.ToCells<FourLanes>(_pairs, Pair, _x.Pointer, _y.Pointer, Polynomials.Pointer);
        else
            RingSums.ToCells<OneLane>(_pairs, Pair, _x.Pointer, _y.Pointer, Polynomials.Pointer);
    }

    /// <summary>Moments of the modes.</summary>
    /// <param name="moments">[cell][8] moments Σ w t^i of the cells; overwritten.</param>
    /// <param name="coefficients">[2L + 1] receives the moments.</param>
    public void Gather(double* moments, Span<double> coefficients)
    {
        if (SimdVariant.Lanes == EightLanes.Lanes)
            RingSums.FromCells<EightLanes>(_pairs, Pair, moments, _x.Pointer, _y.Pointer);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            RingSums.FromCells<FourLanes>(_pairs, Pair, moments, _x.Pointer, _y.Pointer);
        else
            RingSums.FromCells<OneLane>(_pairs, Pair, moments, _x.Pointer, _y.Pointer);
        coefficients[0] = _x.Pointer[0] + _x.Pointer[Terms];
        for (int k = 1; k <= _pairs.Orders; k++)
        {
            double* even = _even.Pointer + Pair * k, odd = _odd.Pointer + Pair * k, x = _x.Pointer + Pair * k, y = _y.Pointer + Pair * k;
            double cosine = 0, sine = 0;
            for (int i = Pair - 1; i >= 0; i--)
            {
                cosine += x[i] * even[i] - y[i] * odd[i];
                sine += x[i] * odd[i] + y[i] * even[i];
            }
            (coefficients[2 * k - 1], coefficients[2 * k]) = (Root * cosine, Root * sine);
        }
    }

    // cos zt and sin zt are Σ ±2 J_a(z) T_a(t) over even and odd a: coefficients good to rounding each, since a derivative magnifies the last
    private void FillExpansions(int bandlimit)
    {
        double[,] monomials = SphereBand.ChebyshevMonomials(Terms);
        double[] cosine = new double[Terms], sine = new double[Terms];
        for (int k = 0; k <= bandlimit; k++)
        {
            double z = k * Math.PI / Count, c = Math.Cos(z), s = Math.Sin(z);
            Array.Clear(cosine);
            Array.Clear(sine);
            for (int a = 0; a < Terms; a++)
            {
                double coefficient = (a == 0 ? 1 : 2) * (a / 2 % 2 == 0 ? 1 : -1) * Bessel(a, z);
                for (int power = a % 2; power <= a; power += 2)
                    (a % 2 == 0 ? cosine : sine)[power] += monomials[a, power] * coefficient;
            }
            double* even = _even.Pointer + Pair * k, odd = _odd.Pointer + Pair * k;
            for (int i = 0; i < Terms; i++) // k(δ ± h) with kh = z
            {
                (even[i], odd[i]) = (c * cosine[i] + s * sine[i], c * sine[i] - s * cosine[i]);
                (even[Terms + i], odd[Terms + i]) = (c * cosine[i] - s * sine[i], c * sine[i] + s * cosine[i]);
            }
        }
    }

    // J_a(z) for |z| < 1 by its power series
    private static double Bessel(int order, double z)
    {
        double term = 1;
        for (int i = 1; i <= order; i++)
            term *= z / (2 * i);
        double sum = term;
        for (int i = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); i++)
        {
            term *= -z * z / (4.0 * i * (i + order));
            sum += term;
        }
        return sum;
    }
}
