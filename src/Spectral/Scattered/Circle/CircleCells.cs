namespace Meanfield.Spectral;

/// <summary>
/// The circle cut into cells so small that eight monomials in the local variable t carry every mode:
/// from coefficients to polynomials of f and f′ and from moments of cells to moments of modes.
/// </summary>
/// <remarks>
/// In a cell e^{ikθ} = e^{ikθ_j} e^{ikht}, |t| ≤ 1. Chebyshev interpolation of degree 7 leaves (kh)^8/(2^7 8!), which at k = L fixes
/// h = π/M. Sums over the cells are those of <see cref="RingSums"/>.
/// </remarks>
internal sealed unsafe class CircleCells
{
    /// <summary>Coefficients of a polynomial.</summary>
    public const int Terms = 8;

    /// <summary>Numbers per cell: the polynomials of f and f′, or moments and nothing.</summary>
    public const int Stride = 2 * Terms;

    private const double Root = 1.4142135623730950488; // √2

    private readonly AlignedBuffer _even; // [k][8] monomials of cos kht
    private readonly AlignedBuffer _odd; // [k][8] monomials of sin kht
    private readonly AlignedBuffer _x;
    private readonly AlignedBuffer _y;

    /// <summary>Cuts the circle.</summary>
    /// <param name="bandlimit">L.</param>
    /// <param name="tolerance">Truncation relative to the largest value.</param>
    public CircleCells(int bandlimit, double tolerance)
    {
        double reach = Math.Min(0.4, SphereBand.Reach(Terms, tolerance) * Root / Math.Max(1, bandlimit));
        Ring = new CellRing(8 * (int)Math.Ceiling(Math.PI / reach / 8), bandlimit);
        _even = new AlignedBuffer(Terms * (bandlimit + 1));
        _odd = new AlignedBuffer(Terms * (bandlimit + 1));
        _x = new AlignedBuffer(Stride * (bandlimit + 2));
        _y = new AlignedBuffer(Stride * (bandlimit + 2));
        Polynomials = new AlignedBuffer((long)Stride * Ring.Cells);
        FillExpansions(bandlimit);
    }

    /// <summary>The cells.</summary>
    public CellRing Ring { get; }

    /// <summary>[cell][f, f′][8] polynomials, the constant term first.</summary>
    public AlignedBuffer Polynomials { get; }

    /// <summary>Fills <see cref="Polynomials"/>.</summary>
    public void Load(ReadOnlySpan<double> coefficients)
    {
        _x.Span.Clear();
        _y.Span.Clear();
        _x.Pointer[0] = coefficients[0];
        for (int k = 1; k <= Ring.Orders; k++)
        {
            double cosine = Root * coefficients[2 * k - 1], sine = Root * coefficients[2 * k];
            double* even = _even.Pointer + Terms * k, odd = _odd.Pointer + Terms * k, x = _x.Pointer + Stride * k, y = _y.Pointer + Stride * k;
            for (int i = 0; i < Terms; i++)
            {
                (x[i], y[i]) = (cosine * even[i] + sine * odd[i], sine * even[i] - cosine * odd[i]);
                (x[Terms + i], y[Terms + i]) = (k * y[i], -k * x[i]); // f′ has cosine amplitude k·sine, sine amplitude −k·cosine
            }
        }
        RingSums.ToCells(Ring, Stride, _x.Pointer, _y.Pointer, Polynomials.Pointer);
    }

    /// <summary>Moments of the modes.</summary>
    /// <param name="moments">[cell][16] moments Σ w t^i of the cells, the last eight zero; overwritten.</param>
    /// <param name="coefficients">[2L + 1] receives the moments.</param>
    public void Gather(double* moments, Span<double> coefficients)
    {
        RingSums.FromCells(Ring, Stride, moments, _x.Pointer, _y.Pointer);
        coefficients[0] = _x.Pointer[0];
        for (int k = 1; k <= Ring.Orders; k++)
        {
            double* even = _even.Pointer + Terms * k, odd = _odd.Pointer + Terms * k, x = _x.Pointer + Stride * k, y = _y.Pointer + Stride * k;
            double cosine = 0, sine = 0;
            for (int i = Terms - 1; i >= 0; i--)
            {
                cosine += x[i] * even[i] - y[i] * odd[i];
                sine += x[i] * odd[i] + y[i] * even[i];
            }
            (coefficients[2 * k - 1], coefficients[2 * k]) = (Root * cosine, Root * sine);
        }
    }

    private void FillExpansions(int bandlimit)
    {
        const int nodes = Terms + 6;
        double[,] monomials = SphereBand.ChebyshevMonomials(Terms);
        for (int k = 0; k <= bandlimit; k++)
        {
            for (int a = 0; a < Terms; a++)
            {
                double coefficient = 0;
                for (int node = 0; node < nodes; node++)
                {
                    double angle = Math.PI * (node + 0.5) / nodes, phase = k * Math.PI / Ring.Cells * Math.Cos(angle);
                    coefficient += (a == 0 ? 1.0 : 2.0) / nodes * Math.Cos(a * angle) * (a % 2 == 0 ? Math.Cos(phase) : Math.Sin(phase));
                }
                for (int power = 0; power <= a; power++)
                    (a % 2 == 0 ? _even : _odd).Pointer[Terms * k + power] += monomials[a, power] * coefficient;
            }
        }
    }
}
