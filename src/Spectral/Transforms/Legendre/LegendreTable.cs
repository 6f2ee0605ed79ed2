namespace Meanfield.Spectral;

/// <summary>
/// What the Legendre stage knows of a bandlimit and a set of latitudes: O(L²) numbers, no table of the functions themselves.
/// </summary>
/// <remarks>
/// P_ℓm is normalized to ½∫P_ℓm² dt = 1 and obeys t P_ℓ = ε_{ℓ+1} P_{ℓ+1} + ε_ℓ P_{ℓ−1}, ε_ℓm = √((ℓ²−m²)/(4ℓ²−1)).
/// Per order m the stage steps two degrees at once (Ishioka 2018): G_k = P_{m+2k+1}/t = λ_k y_k with
/// y_{k+1} = (A_k t² + B_k) y_k + y_{k−1}, y_0 = P_mm, y_{−1} = 0. One y_k serves both parities:
/// P_{m+2k+1} = λ_k t y_k and P_{m+2k} = ε_{m+2k+1} λ_k y_k + ε_{m+2k} λ_{k−1} y_{k−1}.
/// Latitudes are those of the northern half including the equator, eight to a block, north first; missing lanes hold zeros.
/// </remarks>
internal sealed unsafe class LegendreTable
{
    /// <summary>Latitudes per block.</summary>
    public const int Lanes = 8;

    private const double Negligible = 1.0 / (1L << 53);
    private const int Slack = 8; // the kernels step up to four pairs at a time and prepare two more

    private readonly int _degree;
    private readonly int[] _pairStart;
    private readonly int[] _degreeStart;
    private readonly int[] _firstBlock;
    private readonly int[] _reach;
    private readonly AlignedBuffer _recurrence;
    private readonly AlignedBuffer _mixing;
    private readonly AlignedBuffer _epsilon;
    private readonly AlignedBuffer _seeds;
    private readonly AlignedBuffer _squares;

    /// <summary>Prepares orders up to <paramref name="bandlimit"/> and degrees up to bandlimit + 1, for derivatives.</summary>
    /// <param name="bandlimit">L ≥ 0.</param>
    /// <param name="cosines">cos θ of the northern half, descending, ≥ 0.</param>
    /// <param name="sines">sin θ of the same latitudes.</param>
    public LegendreTable(int bandlimit, ReadOnlySpan<double> cosines, ReadOnlySpan<double> sines)
    {
        Bandlimit = bandlimit;
        _degree = bandlimit + 1;
        Blocks = (cosines.Length + Lanes - 1) / Lanes;
        _pairStart = new int[bandlimit + 2];
        _degreeStart = new int[bandlimit + 2];
        for (int m = 0; m <= bandlimit; m++)
        {
            _pairStart[m + 1] = _pairStart[m] + Pairs(m, _degree) + Slack;
            _degreeStart[m + 1] = _degreeStart[m] + _degree - m + Slack;
        }
        _recurrence = new AlignedBuffer(2L * _pairStart[^1]);
        _mixing = new AlignedBuffer(4L * _pairStart[^1]);
        _epsilon = new AlignedBuffer(_degreeStart[^1]);
        _seeds = new AlignedBuffer((long)(bandlimit + 1) * Blocks * Lanes);
        _squares = new AlignedBuffer(Blocks * Lanes);
        for (int i = 0; i < cosines.Length; i++)
            _squares.Pointer[i] = cosines[i] * cosines[i];
        for (int m = 0; m <= bandlimit; m++)
            FillOrder(m);
        FillSeeds(sines);
        _firstBlock = new int[bandlimit + 1];
        _reach = new int[Blocks];
        FindPolarCutoff(cosines);
    }

    /// <summary>Numbers that a table holds.</summary>
    public static long Length(int bandlimit, long blocks)
    {
        long length = (bandlimit + 2L) * blocks * Lanes;
        for (int m = 0; m <= bandlimit; m++) length += 6L * (Pairs(m, bandlimit + 1) + Slack) + bandlimit + 1 - m + Slack;
        return length;
    }

    /// <summary>Largest order L.</summary>
    public int Bandlimit { get; }

    /// <summary>Blocks of eight latitudes in the northern half.</summary>
    public int Blocks { get; }

    /// <summary>cos² θ, [Blocks][8].</summary>
    public double* Squares => _squares.Pointer;

    /// <summary>Number of pairs (m + 2k, m + 2k + 1) that hold the degrees m … <paramref name="degree"/>.</summary>
    public static int Pairs(int m, int degree) => (degree - m) / 2 + 1;

    /// <summary>[k][A_k, B_k], continued by zeros.</summary>
    public double* Recurrence(int m) => _recurrence.Pointer + 2L * _pairStart[m];

    /// <summary>[k][ε_{m+2k+1} λ_k, ε_{m+2k+2} λ_k, λ_k, 0].</summary>
    public double* Mixing(int m) => _mixing.Pointer + 4L * _pairStart[m];

    /// <summary>[ℓ − m] ε_ℓm for ℓ = m … L + 2.</summary>
    public double* Epsilon(int m) => _epsilon.Pointer + _degreeStart[m];

    /// <summary>P_mm(cos θ), [Blocks][8].</summary>
    public double* Seeds(int m) => _seeds.Pointer + (long)m * Blocks * Lanes;

    /// <summary>First block in which any P_ℓm exceeds 2⁻⁵³: nearer the pole the order m contributes nothing.</summary>
    public int FirstBlock(int m) => _firstBlock[m];

    /// <summary>Largest order present in a block.</summary>
    public int Reach(int block) => _reach[block];

    private void FillOrder(int m)
    {
        double* epsilon = Epsilon(m);
        for (int l = m; l <= _degree + Slack - 1; l++)
            epsilon[l - m] = Math.Sqrt((double)(l - m) * (l + m) / ((2.0 * l - 1) * (2.0 * l + 1)));
        double* recurrence = Recurrence(m), mixing = Mixing(m);
        double previous = 0, current = 1 / epsilon[1];
        for (int k = 0; k < Pairs(m, _degree); k++, epsilon += 2)
        {
            double e0 = epsilon[0], e1 = epsilon[1], e2 = epsilon[2], e3 = epsilon[3];
            double next = k == 0 ? e1 / (e2 * e3) : -(e1 * e0) / (e2 * e3) * previous;
            double a = current / (next * e2 * e3);
            recurrence[2 * k] = a;
            recurrence[2 * k + 1] = -a * (e2 * e2 + e1 * e1);
            mixing[4 * k] = e1 * current;
            mixing[4 * k + 1] = e2 * current;
            mixing[4 * k + 2] = current;
            (previous, current) = (current, next);
        }
    }

    // P_mm = √((2m+1)/(2m)) sin θ P_{m−1,m−1}
    private void FillSeeds(ReadOnlySpan<double> sines)
    {
        new Span<double>(Seeds(0), sines.Length).Fill(1);
        for (int m = 1; m <= Bandlimit; m++)
        {
            double* above = Seeds(m - 1), seeds = Seeds(m);
            double factor = Math.Sqrt((2 * m + 1.0) / (2 * m));
            for (int i = 0; i < sines.Length; i++)
                seeds[i] = above[i] * (factor * sines[i]);
        }
    }

    // |P_ℓm| near the pole falls with m, so the first block moves towards the equator only.
    private void FindPolarCutoff(ReadOnlySpan<double> cosines)
    {
        int block = 0;
        for (int m = 0; m <= Bandlimit; m++)
        {
            while (block < Blocks && Largest(m, Math.Min(block * Lanes + Lanes, cosines.Length) - 1, cosines) < Negligible)
                block++;
            _firstBlock[m] = block;
            for (int b = block; b < Blocks; b++)
                _reach[b] = m;
        }
    }

    private double Largest(int m, int latitude, ReadOnlySpan<double> cosines)
    {
        double* epsilon = Epsilon(m);
        double below = 0, value = Seeds(m)[latitude], largest = Math.Abs(value);
        for (int l = m; l < _degree; l++)
        {
            (below, value) = (value, (cosines[latitude] * value - epsilon[l - m] * below) / epsilon[l - m + 1]);
            largest = Math.Max(largest, Math.Abs(value));
        }
        return largest;
    }
}
