
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
        SphereBand band = _cells.Bands[index];
        int orders = _cells.Basis.Bandlimit + 1, south = 2 * _cells.Bands.Length - 1 - index;
        double* target = _amplitudes.Pointer + (nint)index * orders * 4 * Row, other = work.Amplitudes.Pointer;
        Gather(band, _cells.Starts[index], parts, work, target);
        Gather(band, _cells.Starts[south], parts, work, other);
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
        int bandlimit = _cells.Basis.Bandlimit;
        double* lanes = stackalloc double[16];
        for (int l = order; l <= bandlimit; l++)
        {
            int pair = SphereBand.Pair(l, order, bandlimit);
            EightLanes cosine = EightLanes.Broadcast(0), sine = cosine;
            for (int b = 0; b < _cells.Bands.Length; b++)
            {
                SphereBand band = _cells.Bands[b];
                if (order > band.Orders)
                    continue;
                double* value = band.Values.Pointer + Row * pair;
                double* amplitude = _amplitudes.Pointer + (((nint)b * (bandlimit + 1) + order) * 2 + (l - order) % 2) * 2 * Row;
                EightLanes low = EightLanes.Load(value), high = EightLanes.Load(value + 8);
                cosine = EightLanes.MultiplyAdd(low, EightLanes.Load(amplitude), cosine);
                cosine = EightLanes.MultiplyAdd(high, EightLanes.Load(amplitude + 8), cosine);
                sine = EightLanes.MultiplyAdd(low, EightLanes.Load(amplitude + Row), sine);
                sine = EightLanes.MultiplyAdd(high, EightLanes.Load(amplitude + Row + 8), sine);
            }
            cosine.Store(lanes);
            sine.Store(lanes + 8);
            coefficients[l * l + l + order] = LaneSum(lanes);
            if (order > 0)
                coefficients[l * l + l - order] = LaneSum(lanes + 8);
        }
    }

    // target[m][cosine, sine][a], orders 4·Row apart
    private void Gather(SphereBand band, int firstCell, int parts, BandWorkspace work, double* target)
    {
        int stride = _cells.Stride, terms = _cells.Terms;
        double* cells = work.Cells.Pointer, x = work.X.Pointer, y = work.Y.Pointer;
        SumParts((long)firstCell * stride, band.Cells * stride, parts, cells);
        RingSums.FromCells(band.Ring, stride, cells, x, y);
        double* sums = work.Sums.Pointer;
        for (int m = 0; m <= band.Orders; m++)
        {
            work.Sums.Span.Clear();
            for (int a = 0; a < terms; a++)
            {
                double* even = band.Cosines.Pointer + ((nint)m * terms + a) * Row, odd = band.Sines.Pointer + ((nint)m * terms + a) * Row;
                EightLanes cosine = EightLanes.Broadcast(0), sine = cosine;
                for (int i = 0; i < terms - a; i += 8)
                {
                    EightLanes xs = EightLanes.Broadcast(0), ys = xs;
                    for (int power = a % 2; power <= a; power += 2)
                    {
                        EightLanes factor = EightLanes.Broadcast(_cells.Monomials[a, power]);
                        nint at = (nint)m * stride + _cells.RowStarts[power] + i;
                        xs = EightLanes.MultiplyAdd(factor, EightLanes.Load(x + at), xs);
                        ys = EightLanes.MultiplyAdd(factor, EightLanes.Load(y + at), ys);
                    }
                    EightLanes p = EightLanes.Load(even + i), q = EightLanes.Load(odd + i);
                    cosine = EightLanes.MultiplyAdd(xs, p, EightLanes.MultiplySubtractFrom(ys, q, cosine));
                    sine = EightLanes.MultiplyAdd(xs, q, EightLanes.MultiplyAdd(ys, p, sine));
                }
                cosine.Store(sums + 8 * a);
                sine.Store(sums + 8 * (a + Row));
            }
            for (int eight = 0; eight < 2 * Row; eight += 8)
                AddLanes(sums + 8 * eight, target + m * 4 * Row + eight);
        }
    }

    private void SumParts(long first, int count, int parts, double* target)
    {
        for (int i = 0; i < count; i += 8)
        {
            EightLanes sum = EightLanes.Load(_moments[0] + first + i);
            for (int part = 1; part < parts; part++)
                sum += EightLanes.Load(_moments[part] + first + i);
            sum.Store(target + i);
        }
    }

    private static void AddLanes(double* rows, double* target) => LaneTranspose.SumRows(rows, target);

    private static double LaneSum(double* v) => ((v[0] + v[1]) + (v[2] + v[3])) + ((v[4] + v[5]) + (v[6] + v[7]));
}
