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
        if (SimdVariant.Lanes == EightLanes.Lanes)
            Fill<EightLanes>(index, work);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            Fill<FourLanes>(index, work);
        else
            Fill<OneLane>(index, work);
    }

    private void Fill<T>(int index, BandWorkspace work) where T : struct, ISimd<T>
    {
        SphereBand band = _cells.Bands[index];
        Contract<T>(band, work.Amplitudes.Pointer);
        int south = 2 * _cells.Bands.Length - 1 - index;
        for (int field = 0; field < 2; field++)
        {
            AlignedBuffer target = field == 0 ? Values : Slopes;
            Spread<T>(band, field, +1, work, target.Pointer + (long)_cells.Starts[index] * _cells.Stride);
            Spread<T>(band, field, -1, work, target.Pointer + (long)_cells.Starts[south] * _cells.Stride);
        }
    }

    private void Contract<T>(SphereBand band, double* amplitudes) where T : struct, ISimd<T>
    {
        for (int m = 0; m <= band.Orders; m++)
        {
            for (int part = 0; part < 2 * (Row / T.Lanes); part++)
                ContractLanes<T>(band, m, part % 2, part / 2 * T.Lanes, amplitudes + (2 * m + part % 2) * 4 * Row);
        }
    }

    // Amplitudes of one parity, T.Lanes of them from a = first on
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ContractLanes<T>(SphereBand band, int m, int parity, int first, double* target) where T : struct, ISimd<T>
    {
        int bandlimit = _cells.Basis.Bandlimit;
        T zero = T.Broadcast(0), c = zero, s = zero, u = zero, v = zero;
        for (int l = m + parity; l <= bandlimit; l += 2)
        {
            int pair = SphereBand.Pair(l, m, bandlimit);
            T cosine = T.Broadcast(_coefficients.Pointer[2 * pair]), sine = T.Broadcast(_coefficients.Pointer[2 * pair + 1]);
            T value = T.Load(band.Values.Pointer + Row * pair + first), slope = T.Load(band.Slopes.Pointer + Row * pair + first);
            c = T.MultiplyAdd(cosine, value, c);
            s = T.MultiplyAdd(sine, value, s);
            u = T.MultiplyAdd(sine, slope, u); // ∂φ: cosine amplitude m a_sine, sine amplitude −m a_cosine
            v = T.MultiplySubtractFrom(cosine, slope, v);
        }
        target += first;
        c.Store(target);
        s.Store(target + Row);
        u.Store(target + 2 * Row);
        v.Store(target + 3 * Row);
    }

    private void Spread<T>(SphereBand band, int field, int hemisphere, BandWorkspace work, double* target)
        where T : struct, ISimd<T>
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
                T cosine = T.Broadcast(sign * (even[a] + hemisphere * odd[a]));
                T sine = T.Broadcast(sign * (even[a + Row] + hemisphere * odd[a + Row]));
                for (int i = 0; i < terms - a; i += T.Lanes)
                {
                    T p = T.Load(evenParallel + i), q = T.Load(oddParallel + i);
                    T.MultiplyAdd(cosine, p, sine * q).Store(rowsX + a * Row + i);
                    T.MultiplySubtractFrom(cosine, q, sine * p).Store(rowsY + a * Row + i);
                }
            }
            ToMonomials<T>(rowsX, x + (nint)m * stride);
            ToMonomials<T>(rowsY, y + (nint)m * stride);
        }
        new Span<double>(x + (band.Orders + 1L) * stride, stride).Clear();
        new Span<double>(y + (band.Orders + 1L) * stride, stride).Clear();
        RingSums.ToCells<T>(band.Ring, stride, x, y, target);
    }

    // Σ_a X_aα rows[a], row after row of α; a row's vectors may reach into the next, which is written later
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ToMonomials<T>(double* rows, double* target) where T : struct, ISimd<T>
    {
        int terms = _cells.Terms;
        for (int power = 0; power < terms; power++)
        {
            double* row = target + _cells.RowStarts[power];
            for (int i = 0; i < terms - power; i += T.Lanes)
            {
                T sum = T.Broadcast(0);
                for (int a = power; a < terms - i; a += 2)
                    sum = T.MultiplyAdd(T.Broadcast(_cells.Monomials[a, power]), T.Load(rows + a * Row + i), sum);
                sum.Store(row + i);
            }
        }
    }
}
