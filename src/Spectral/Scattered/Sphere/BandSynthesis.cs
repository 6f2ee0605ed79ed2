using System.Runtime.CompilerServices;

namespace Meanfield.Spectral;

/// <summary>From coefficients to the polynomials of f and of (∂f/∂φ)/sin θ in every cell of a band and of its mirror image.</summary>
/// <remarks>
/// Chebyshev amplitudes Σ_ℓ a_ℓm Θ_a by parity of ℓ − m serve both hemispheres; then order by order the rows
/// Σ_a X_aα B_a S^(a)_β of monomials, then <see cref="RingSums"/>.
/// </remarks>
internal sealed unsafe class BandSynthesis
{
    private const int Row = SphereBand.Row;

    private readonly SphereCells _cells;
    private readonly AlignedBuffer _coefficients; // [pair] (cosine, sine)

    /// <summary>For the cells of a sphere.</summary>
    public BandSynthesis(SphereCells cells)
    {
        _cells = cells;
        int orders = cells.Basis.Bandlimit + 1;
        _coefficients = new AlignedBuffer(orders * (orders + 1));
        Values = new AlignedBuffer((long)cells.Count * cells.Stride);
        Slopes = new AlignedBuffer((long)cells.Count * cells.Stride);
    }

    /// <summary>[cell][stride] polynomials of f.</summary>
    public AlignedBuffer Values { get; }

    /// <summary>[cell][stride] polynomials of (∂f/∂φ)/sin θ.</summary>
    public AlignedBuffer Slopes { get; }

    /// <summary>Takes the coefficients.</summary>
    public void Load(ReadOnlySpan<double> coefficients)
    {
        int bandlimit = _cells.Basis.Bandlimit;
        for (int m = 0; m <= bandlimit; m++)
        {
            for (int l = m; l <= bandlimit; l++)
            {
                double* pair = _coefficients.Pointer + 2 * SphereBand.Pair(l, m, bandlimit);
                (pair[0], pair[1]) = (coefficients[l * l + l + m], m == 0 ? 0 : coefficients[l * l + l - m]);
            }
        }
    }

    /// <summary>Fills the cells of a band and of its mirror image.</summary>
    /// <param name="index">Band of the northern hemisphere.</param>
    /// <param name="work">Scratch of this thread.</param>
    public void Fill(int index, BandWorkspace work)
    {
        SphereBand band = _cells.Bands[index];
        Contract(band, work.Amplitudes.Pointer);
        int south = 2 * _cells.Bands.Length - 1 - index;
        for (int field = 0; field < 2; field++)
        {
            AlignedBuffer target = field == 0 ? Values : Slopes;
            Spread(band, field, +1, work, target.Pointer + (long)_cells.Starts[index] * _cells.Stride);
            Spread(band, field, -1, work, target.Pointer + (long)_cells.Starts[south] * _cells.Stride);
        }
    }

    private void Contract(SphereBand band, double* amplitudes)
    {
        int bandlimit = _cells.Basis.Bandlimit;
        for (int m = 0; m <= band.Orders; m++)
        {
            for (int parity = 0; parity < 2; parity++)
            {
                EightLanes zero = EightLanes.Broadcast(0), c0 = zero, c1 = zero, s0 = zero, s1 = zero, u0 = zero, u1 = zero, v0 = zero, v1 = zero;
                for (int l = m + parity; l <= bandlimit; l += 2)
                {
                    int pair = SphereBand.Pair(l, m, bandlimit);
                    double* value = band.Values.Pointer + Row * pair, slope = band.Slopes.Pointer + Row * pair;
                    EightLanes cosine = EightLanes.Broadcast(_coefficients.Pointer[2 * pair]);
                    EightLanes sine = EightLanes.Broadcast(_coefficients.Pointer[2 * pair + 1]);
                    EightLanes a = EightLanes.Load(value), b = EightLanes.Load(value + 8);
                    c0 = EightLanes.MultiplyAdd(cosine, a, c0);
                    c1 = EightLanes.MultiplyAdd(cosine, b, c1);
                    s0 = EightLanes.MultiplyAdd(sine, a, s0);
                    s1 = EightLanes.MultiplyAdd(sine, b, s1);
                    (a, b) = (EightLanes.Load(slope), EightLanes.Load(slope + 8));
                    u0 = EightLanes.MultiplyAdd(sine, a, u0); // ∂φ: cosine amplitude m a_sine, sine amplitude −m a_cosine
                    u1 = EightLanes.MultiplyAdd(sine, b, u1);
                    v0 = EightLanes.MultiplySubtractFrom(cosine, a, v0);
                    v1 = EightLanes.MultiplySubtractFrom(cosine, b, v1);
                }
                double* target = amplitudes + (2 * m + parity) * 4 * Row;
                c0.Store(target);
                c1.Store(target + 8);
                s0.Store(target + Row);
                s1.Store(target + Row + 8);
                u0.Store(target + 2 * Row);
                u1.Store(target + 2 * Row + 8);
                v0.Store(target + 3 * Row);
                v1.Store(target + 3 * Row + 8);
            }
        }
    }

    private void Spread(SphereBand band, int field, int hemisphere, BandWorkspace work, double* target)
    {
        int stride = _cells.Stride, terms = _cells.Terms;
        double* x = work.X.Pointer, y = work.Y.Pointer, rowsX = work.Rows.Pointer, rowsY = rowsX + Row * Row;
        for (int m = 0; m <= band.Orders; m++)
        {
            double* even = work.Amplitudes.Pointer + 8L * m * Row + 2 * field * Row, odd = even + 4 * Row;
            double* evenParallel = band.Cosines.Pointer + (nint)m * terms * Row, oddParallel = band.Sines.Pointer + (nint)m * terms * Row;
            for (int a = 0; a < terms; a++, evenParallel += Row, oddParallel += Row)
            {
                double sign = hemisphere > 0 || a % 2 == 0 ? 1 : -1;
                EightLanes cosine = EightLanes.Broadcast(sign * (even[a] + hemisphere * odd[a]));
                EightLanes sine = EightLanes.Broadcast(sign * (even[a + Row] + hemisphere * odd[a + Row]));
                for (int i = 0; i < Row; i += 8)
                {
                    EightLanes p = EightLanes.Load(evenParallel + i), q = EightLanes.Load(oddParallel + i);
                    EightLanes.MultiplyAdd(cosine, p, sine * q).Store(rowsX + a * Row + i);
                    EightLanes.MultiplySubtractFrom(cosine, q, sine * p).Store(rowsY + a * Row + i);
                }
            }
            for (int power = 0; power < terms; power++)
            {
                ToMonomials(power, rowsX, x + (nint)m * stride + _cells.RowStarts[power]);
                ToMonomials(power, rowsY, y + (nint)m * stride + _cells.RowStarts[power]);
            }
        }
        new Span<double>(x + (band.Orders + 1L) * stride, stride).Clear();
        new Span<double>(y + (band.Orders + 1L) * stride, stride).Clear();
        RingSums.ToCells(band.Ring, stride, x, y, target);
    }

    // Σ_a X_aα rows[a]; a whole row is written, what is too much is overwritten by the next
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ToMonomials(int power, double* rows, double* target)
    {
        EightLanes low = EightLanes.Broadcast(0), high = low;
        for (int a = power; a < _cells.Terms; a += 2)
        {
            EightLanes factor = EightLanes.Broadcast(_cells.Monomials[a, power]);
            low = EightLanes.MultiplyAdd(factor, EightLanes.Load(rows + a * Row), low);
            high = EightLanes.MultiplyAdd(factor, EightLanes.Load(rows + a * Row + 8), high);
        }
        low.Store(target);
        high.Store(target + 8);
    }
}
