using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>Sixteen Lanczos processes at once for XᵀD²X and XᵀX, X the unit tokens and D their norms: two passes over the tokens per step, without a Gram matrix.</summary>
/// <remarks>
/// Columns 0 … 7 work on the tokens as they are, 8 … 15 on the unit tokens. Columns 0 and 8 start at the mean, the others at vectors of random signs, the
/// same for both; columns 9, 10 and 11 work on the unit tokens about their mean. These, 0 and 8 are orthogonalized against all that came before. Tokens
/// are dealt to eight sums whatever the number of threads.
/// </remarks>
internal sealed unsafe class LanczosBlock
{
    /// <summary>Columns.</summary>
    public const int Width = TokenPanels.Width;

    /// <summary>The first column that works on the unit tokens about their mean.</summary>
    public const int Centred = Width / 2 + 1;

    /// <summary>How many columns do.</summary>
    public const int CentredColumns = 3;

    /// <summary>Most steps.</summary>
    public const int MostSteps = 24;

    private const int Slots = 8;
    private const int Group = 4; // panels that share a pass over the vectors
    private const int Depth = 256;
    private const double Exhausted = 1e-13; // of the largest entry: what is left of a vector is rounding
    private static readonly int[] Kept = [0, Width / 2, Centred, Centred + 1, Centred + 2];

    private readonly TokenPanels _panels;
    private readonly int _dimension;
    private readonly AlignedBuffer _vectors;
    private readonly AlignedBuffer[] _products;
    private readonly AlignedBuffer[] _images;
    private readonly double[] _previous;
    private readonly double[] _largest = new double[Width];
    private readonly bool[] _runs = new bool[Width];
    private readonly List<double[]>[] _bases = [[], [], [], [], []];
    private readonly WorkerTeam _team;
    private readonly Action<int> _work;
    private int _next;

    /// <summary>Makes room.</summary>
    /// <param name="panels">The tokens, now and later.</param>
    /// <param name="threads">At least 1.</param>
    public LanczosBlock(TokenPanels panels, int threads)
    {
        _panels = panels;
        _dimension = panels.Dimension;
        _vectors = new AlignedBuffer((long)_dimension * Width);
        _previous = new double[_dimension * Width];
        _products = [.. Enumerable.Range(0, Slots).Select(_ => new AlignedBuffer((long)_dimension * Width))];
        _images = [.. Enumerable.Range(0, Slots).Select(_ => new AlignedBuffer(Group * Width * Width))];
        _team = WorkerTeam.Of(threads);
        _work = Work;
    }

    /// <summary>[column][step] diagonals of the tridiagonal matrices.</summary>
    public double[][] Diagonals { get; } = [.. Enumerable.Range(0, Width).Select(_ => new double[MostSteps])];

    /// <summary>[column][step] entries beside the diagonals.</summary>
    public double[][] Besides { get; } = [.. Enumerable.Range(0, Width).Select(_ => new double[MostSteps])];

    /// <summary>[column] steps until the space was exhausted.</summary>
    public int[] Steps { get; } = new int[Width];

    /// <summary>For each column from <see cref="Centred"/> on, its orthonormal basis: a vector of R^d for each step, and the next unless the space was exhausted.</summary>
    public IReadOnlyList<IReadOnlyList<double[]>> Bases => _bases[^CentredColumns..];

    /// <summary>Runs up to <see cref="MostSteps"/> steps of every column.</summary>
    /// <param name="rawMean">[d] start of column 0.</param>
    /// <param name="unitMean">[d] start of column 8.</param>
    /// <param name="seed">Of the random signs.</param>
    public void Run(ReadOnlySpan<double> rawMean, ReadOnlySpan<double> unitMean, ulong seed)
    {
        Start(rawMean, unitMean, seed);
        Span<double> inverse = stackalloc double[Width];
        for (int step = 0; step < Math.Min(MostSteps, _dimension); step++)
        {
            Keep();
            Apply();
            Centre(unitMean);
            Recur(step);
            Reorthogonalize();
            for (int c = 0; c < Width; c++)
            {
                inverse[c] = 0;
                if (!_runs[c]) continue;
                double norm = Norm(_products[0].Span, c);
                _largest[c] = Math.Max(_largest[c], Math.Max(norm, Diagonals[c][step]));
                Steps[c] = step + 1;
                _runs[c] = norm > Exhausted * _largest[c];
                Besides[c][step] = _runs[c] ? norm : 0;
                if (_runs[c]) inverse[c] = 1 / norm;
            }
            Advance(inverse);
        }
        Keep();
    }

    private void Keep()
    {
        for (int i = 0; i < Kept.Length; i++)
            if (_runs[Kept[i]]) _bases[i].Add(Column(_vectors.Span, Kept[i]));
    }

    private void Start(ReadOnlySpan<double> rawMean, ReadOnlySpan<double> unitMean, ulong seed)
    {
        var random = new RandomNumbers(seed);
        Span<double> vectors = _vectors.Span;
        for (int k = 0; k < _dimension; k++)
        {
            (vectors[k * Width], vectors[k * Width + Width / 2]) = (rawMean[k], unitMean[k]);
            for (int c = 1; c < Width / 2; c++) vectors[k * Width + c] = vectors[k * Width + Width / 2 + c] = random.NextUniform() < 0.5 ? -1 : 1;
        }
        Array.Clear(_previous);
        Array.Clear(_largest);
        Array.Clear(Steps);
        foreach (List<double[]> basis in _bases) basis.Clear();
        for (int c = 0; c < Width; c++)
        {
            double norm = Norm(vectors, c);
            _runs[c] = norm > 0;
            for (int k = c; k < vectors.Length && _runs[c]; k += Width) vectors[k] /= norm;
        }
    }

    // w = A q − b q₋₁, a = q·w, w −= a q; w stays in the first sum.
    private void Recur(int step)
    {
        Span<double> w = _products[0].Span, q = _vectors.Span, along = stackalloc double[Width], beside = stackalloc double[Width];
        for (int c = 0; c < Width; c++) beside[c] = step > 0 ? Besides[c][step - 1] : 0;
        along.Clear();
        for (int k = 0; k < w.Length; k += Width)
        {
            for (int c = 0; c < Width; c++)
            {
                w[k + c] -= beside[c] * _previous[k + c];
                along[c] += w[k + c] * q[k + c];
            }
        }
        for (int k = 0; k < w.Length; k += Width)
            for (int c = 0; c < Width; c++) w[k + c] -= along[c] * q[k + c];
        for (int c = 0; c < Width; c++) Diagonals[c][step] = along[c];
    }

    // XᵀX − T m mᵀ in the centred columns, once the sums of all tokens are in the first.
    private void Centre(ReadOnlySpan<double> mean)
    {
        Span<double> w = _products[0].Span, q = _vectors.Span;
        foreach (AlignedBuffer other in _products.AsSpan(1)) TensorPrimitives.Add(w, other.Span, w);
        for (int c = Centred; c < Centred + CentredColumns; c++)
        {
            double along = 0;
            for (int k = 0; k < _dimension; k++) along += mean[k] * q[k * Width + c];
            for (int k = 0; k < _dimension; k++) w[k * Width + c] -= _panels.Count * along * mean[k];
        }
    }

    private void Reorthogonalize()
    {
        Span<double> w = _products[0].Span;
        for (int i = 0; i < Kept.Length; i++)
        {
            foreach (double[] vector in _bases[i])
            {
                double along = 0;
                for (int k = 0; k < _dimension; k++) along += vector[k] * w[k * Width + Kept[i]];
                for (int k = 0; k < _dimension; k++) w[k * Width + Kept[i]] -= along * vector[k];
            }
        }
    }

    private void Advance(ReadOnlySpan<double> inverse)
    {
        Span<double> q = _vectors.Span, w = _products[0].Span;
        q.CopyTo(_previous);
        for (int k = 0; k < q.Length; k += Width)
            for (int c = 0; c < Width; c++) q[k + c] = inverse[c] * w[k + c];
    }

    private void Apply()
    {
        foreach (AlignedBuffer product in _products) product.Span.Clear();
        _next = 0;
        _team.Run(_work);
    }

    private void Work(int member)
    {
        for (int slot; (slot = Interlocked.Increment(ref _next) - 1) < Slots;)
        {
            int groups = (_panels.Panels + Group - 1) / Group;
            for (int g = slot; g < groups; g += Slots) Multiply(g * Group, Math.Min(Group, _panels.Panels - g * Group), slot);
        }
    }

    // product += XᵀD²X q for a few panels: the image y = X q, its raw half times |x|², then Xᵀ y.
    private void Multiply(int first, int panels, int slot)
    {
        double* y = _images[slot].Pointer, q = _vectors.Pointer, product = _products[slot].Pointer;
        _images[slot].Span.Clear();
        PanelProducts.Multiply(_panels.Panel(first), panels, q, 1, _dimension, y, Width);
        for (int t = 0; t < panels * Width && first * Width + t < _panels.Count; t++)
        {
            double norm = _panels.Norms[first * Width + t];
            for (int c = 0; c < Width / 2; c++) y[t * Width + c] *= norm * norm;
        }
        for (int k = 0; k < _dimension; k += Depth)
        {
            for (int p = 0; p < panels; p++)
                PanelProducts.AddOuter(_panels.Panel(first + p) + k * Width, y + p * Width * Width, Math.Min(Depth, _dimension - k), product + k * Width);
        }
    }

    private static double Norm(ReadOnlySpan<double> block, int column)
    {
        double sum = 0;
        for (int k = column; k < block.Length; k += Width) sum += block[k] * block[k];
        return Math.Sqrt(sum);
    }

    private double[] Column(ReadOnlySpan<double> block, int column)
    {
        var vector = new double[_dimension];
        for (int k = 0; k < _dimension; k++) vector[k] = block[k * Width + column];
        return vector;
    }
}
