using System.Runtime.CompilerServices;


namespace Meanfield.Spectral;

/// <summary>From the moments of all cells to those of the harmonics: <see cref="BandSynthesis"/> transposed.</summary>
internal sealed unsafe class BandAnalysis
{
    private const int Row = SphereBand.Row;

    private readonly SphereCells _cells;
    private readonly AlignedBuffer _amplitudes; // [band][m][parity][cosine, sine][a]
    private readonly double*[] _moments;

    /// <summary>For the cells of a sphere.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="parts">Partial sums: at most this many.</param>
    public BandAnalysis(SphereCells cells, int parts)
    {
        _cells = cells;
        _amplitudes = new AlignedBuffer((long)cells.Bands.Length * (cells.Basis.Bandlimit + 1) * 4 * Row);
        Parts = new AlignedBuffer[parts];
        _moments = new double*[parts];
    }

    /// <summary>[part][cell][stride] moments of the cells, made when asked for.</summary>
    public AlignedBuffer[] Parts { get; }

    /// <summary>A part, made when it is asked for the first time.</summary>
    public AlignedBuffer Part(int part)
    {
        AlignedBuffer buffer = Parts[part] ??= new AlignedBuffer((long)_cells.Count * _cells.Stride);
        _moments[part] = buffer.Pointer;
        return buffer;
    }

    /// <summary>Amplitudes of a band and its mirror image, of all parts in order.</summary>
    /// <param name="index">Band of the northern hemisphere.</param>
    /// <param name="parts">Parts in use.</param>
    /// <param name="work">Scratch of this thread.</param>
    public void Gather(int index, int parts, BandWorkspace work)
    {
        if (SimdVariant.Lanes == EightLanes.Lanes)
            Gather<EightLanes>(index, parts, work);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            Gather<FourLanes>(index, parts, work);
        else
            Gather<OneLane>(index, parts, work);
    }

    private void Gather<T>(int index, int parts, BandWorkspace work) where T : struct, ISimd<T>
    {
        SphereBand band = _cells.Bands[index];
        int orders = _cells.Basis.Bandlimit + 1, south = 2 * _cells.Bands.Length - 1 - index;
        double* target = _amplitudes.Pointer + (nint)index * orders * 4 * Row, other = work.Amplitudes.Pointer;
        GatherBand<T>(band, _cells.Starts[index], parts, work, target);
        GatherBand<T>(band, _cells.Starts[south], parts, work, other);
        for (int m = 0; m <= band.Orders; m++)
        {
            double* even = target + m * 4 * Row, odd = even + 2 * Row, mirrored = other + m * 4 * Row;
            for (int i = 0; i < 2 * Row; i++)
            {
                double image = i % 2 == 0 ? mirrored[i] : -mirrored[i];
                (even[i], odd[i]) = (even[i] + image, even[i] - image);
            }
        }
    }

    /// <summary>Moments of all harmonics of one order from the amplitudes of all bands.</summary>
    /// <param name="order">m.</param>
    /// <param name="coefficients">[(L + 1)²] of which those of orders ±m are written.</param>
    public void Contract(int order, double* coefficients)
    {
        if (SimdVariant.Lanes == EightLanes.Lanes)
            Contract<EightLanes>(order, coefficients);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            Contract<FourLanes>(order, coefficients);
        else
            Contract<OneLane>(order, coefficients);
    }

    private void Contract<T>(int order, double* coefficients) where T : struct, ISimd<T>
    {
        int bandlimit = _cells.Basis.Bandlimit;
        double* lanes = stackalloc double[16];
        for (int l = order; l <= bandlimit; l++)
        {
            for (int lane = 0; lane < 8; lane += T.Lanes)
                ContractLanes<T>(l, order, lanes + lane, lane);
            coefficients[l * l + l + order] = LaneSum(lanes);
            if (order > 0)
                coefficients[l * l + l - order] = LaneSum(lanes + 8);
        }
    }

    // target: lanes of the cosine sum, those of the sine sum eight further
    private void ContractLanes<T>(int degree, int order, double* target, int lane) where T : struct, ISimd<T>
    {
        int bandlimit = _cells.Basis.Bandlimit, pair = SphereBand.Pair(degree, order, bandlimit);
        T cosine = T.Broadcast(0), sine = cosine;
        for (int b = 0; b < _cells.Bands.Length; b++)
        {
            SphereBand band = _cells.Bands[b];
            if (order > band.Orders)
                continue;
            double* value = band.Values.Pointer + Row * pair + lane;
            double* amplitude = _amplitudes.Pointer + (((nint)b * (bandlimit + 1) + order) * 2 + (degree - order) % 2) * 2 * Row + lane;
            T low = T.Load(value), high = T.Load(value + 8);
            cosine = T.MultiplyAdd(low, T.Load(amplitude), cosine);
            cosine = T.MultiplyAdd(high, T.Load(amplitude + 8), cosine);
            sine = T.MultiplyAdd(low, T.Load(amplitude + Row), sine);
            sine = T.MultiplyAdd(high, T.Load(amplitude + Row + 8), sine);
        }
        cosine.Store(target);
        sine.Store(target + 8);
    }

    // target[m][cosine, sine][a], orders 4·Row apart
    private void GatherBand<T>(SphereBand band, int firstCell, int parts, BandWorkspace work, double* target) where T : struct, ISimd<T>
    {
        int stride = _cells.Stride, terms = _cells.Terms;
        double* cells = work.Cells.Pointer, x = work.X.Pointer, y = work.Y.Pointer;
        SumParts<T>((long)firstCell * stride, band.Cells * stride, parts, cells);
        RingSums.FromCells<T>(band.Ring, stride, cells, x, y);
        double* sums = work.Sums.Pointer;
        for (int m = 0; m <= band.Orders; m++)
        {
            work.Sums.Span.Clear();
            for (int a = 0; a < terms; a++)
            {
                double* even = band.Cosines.Pointer + ((nint)m * terms + a) * Row, odd = band.Sines.Pointer + ((nint)m * terms + a) * Row;
                for (int lane = 0; lane < 8; lane += T.Lanes)
                    SumRow<T>(a, x + (nint)m * stride, y + (nint)m * stride, even, odd, sums + 8 * a, lane);
            }
            for (int eight = 0; eight < 2 * Row; eight += 8)
                LaneTranspose.SumRows(sums + 8 * eight, target + m * 4 * Row + eight);
        }
    }

    // Σ_α X_aα Σ_β (moments of u^α v^β) times the rows of cos mδ and sin mδ: the sums over some lanes, those of sines 8·Row further
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumRow<T>(int a, double* x, double* y, double* even, double* odd, double* sums, int lane) where T : struct, ISimd<T>
    {
        T zero = T.Broadcast(0), cosine = zero, sine = zero;
        for (int i = lane; i < _cells.Terms - a; i += 8)
        {
            T xs = zero, ys = zero;
            for (int power = a % 2; power <= a; power += 2)
            {
                T factor = T.Broadcast(_cells.Monomials[a, power]);
                int at = _cells.RowStarts[power] + i;
                xs = T.MultiplyAdd(factor, T.Load(x + at), xs);
                ys = T.MultiplyAdd(factor, T.Load(y + at), ys);
            }
            T p = T.Load(even + i), q = T.Load(odd + i);
            cosine = T.MultiplyAdd(xs, p, T.MultiplySubtractFrom(ys, q, cosine));
            sine = T.MultiplyAdd(xs, q, T.MultiplyAdd(ys, p, sine));
        }
        cosine.Store(sums + lane);
        sine.Store(sums + 8 * Row + lane);
    }

    private void SumParts<T>(long first, int count, int parts, double* target) where T : struct, ISimd<T>
    {
        for (int i = 0; i < count; i += T.Lanes)
        {
            T sum = T.Load(_moments[0] + first + i);
            for (int part = 1; part < parts; part++)
                sum += T.Load(_moments[part] + first + i);
            sum.Store(target + i);
        }
    }

    private static double LaneSum(double* v) => ((v[0] + v[1]) + (v[2] + v[3])) + ((v[4] + v[5]) + (v[6] + v[7]));
}
