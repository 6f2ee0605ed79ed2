using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>The attention of all pairs of tokens, summed directly: any dimension, matrices, masses and the causal mask; β ≠ 0.</summary>
/// <remarks>
/// Z_i and Σ_j w_j e^{β⟨Qx_i,Kx_j⟩}V x_j are summed for sixteen tokens i at a time over blocks of 512 tokens j, so rounding grows with 512 + N/512
/// instead of N. The exponent of token i is lowered by s_i: β for the plain softmax with β &gt; 0 (it is the largest, since token i sees itself),
/// max_j β⟨Qx_i,Kx_j⟩ from a pass of its own for other softmax sums whose exponents may exceed 277, else 0.
/// A weight below 2^−1021 of the largest counts as that. Cost: N² pairs. Threads take sixteen rows at a time.
/// </remarks>
public sealed unsafe class DirectForce : TokenForce
{
    private const int Block = 512; // tokens j per partial sum
    private const double BinaryDigits = 1.4426950408889634; // log₂e
    private const double PlainRange = 400; // |t| ≤ this needs no shift
    private const double Hidden = -1e6; // added to the exponent of a token that is not seen
    private const long SmallestForThreads = 40_000; // pairs

    private readonly int _width; // coordinates in the sums: the circle is the equator of the sphere
    private readonly int _blocks;
    private readonly AlignedBuffer _rows; // [block][width][16]
    private readonly AlignedBuffer _records; // [N][2 width + 1]
    private readonly AlignedBuffer[] _scratch; // per thread: sums and totals [width + 1][16], shifts [16], one token [2 d]
    private readonly double[] _partitions; // Σ_j w_j 2^t
    private readonly double[] _shifts; // s_i in binary digits, ≤ 0
    private readonly double[]? _seen; // Σ_{k≤i} w_k, for the causal unnormalized sums
    private readonly WorkerTeam _team;
    private readonly Action<int> _prepare;
    private readonly Action<int> _sweep;
    private readonly bool _searches;
    private readonly double _shift;
    private double* _positions;
    private double* _output;
    private bool _tangent;
    private int _next;

    /// <summary>Allocates rows and records.</summary>
    /// <param name="model">The model, β ≠ 0.</param>
    /// <param name="count">N ≥ 1.</param>
    /// <param name="threads">Threads; 0 for <see cref="ThreadCount"/>'s, one for fewer than 40,000 pairs.</param>
    /// <exception cref="ArgumentException">What <see cref="TokenModel.Check"/> refuses, or β = 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Unnormalized weights that overflow: |β|‖Q‖‖K‖ above 690.</exception>
    public DirectForce(TokenModel model, int count, int threads = 0)
        : base(model, count)
    {
        Attention attention = model.Attention;
        if (attention.Beta == 0) throw new ArgumentException("at β = 0 the force is that of the mean: use MeanForce", nameof(model));
        bool softmax = attention.Normalization == Normalization.Softmax;
        double range = Math.Abs(attention.Beta) * Norm(model.Query) * Norm(model.Key) * BinaryDigits;
        if (!softmax && range > 1000)
            throw new ArgumentOutOfRangeException(nameof(model), attention.Beta, "e^β overflows without normalization: take softmax or a smaller β");
        bool selfIsLargest = model.Query is null && model.Key is null && attention.Beta > 0;
        _shift = softmax && selfIsLargest ? -range : 0;
        _searches = softmax && !selfIsLargest && range > PlainRange;
        _width = Math.Max(3, model.Dimension);
        _blocks = (count + PairSums.Rows - 1) / PairSums.Rows;
        _rows = new AlignedBuffer((long)_blocks * _width * PairSums.Rows);
        _records = new AlignedBuffer((long)count * PairSums.RecordLength(_width));
        _partitions = new double[count];
        _shifts = new double[count];
        if (model.Causal && !softmax) _seen = Accumulated(model, count);
        Threads = threads > 0 ? threads : (long)count * count < SmallestForThreads ? 1 : ThreadCount.For(ThreadCount.SmallestBandlimit);
        _team = WorkerTeam.Of(Threads);
        _scratch = new AlignedBuffer[Threads];
        for (int i = 0; i < Threads; i++) _scratch[i] = new AlignedBuffer(2L * (_width + 1) * PairSums.Rows + PairSums.Rows + 2 * model.Dimension);
        _prepare = PrepareAll;
        _sweep = SweepAll;
    }

    /// <summary>Threads used.</summary>
    public int Threads { get; }

    /// <inheritdoc/>
    public override string Description => $"direct sums over {Count} tokens";

    /// <inheritdoc/>
    public override bool HasOutput => true;

    /// <inheritdoc/>
    public override void Velocity(ReadOnlySpan<double> positions, Span<double> velocity) => Evaluate(positions, velocity, tangent: true);

    /// <inheritdoc/>
    public override void Attend(ReadOnlySpan<double> positions, Span<double> output) => Evaluate(positions, output, tangent: false);

    /// <inheritdoc/>
    public override double Energy(double logScale)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++) sum += Model.Weight(i, Count) * Partition(i, logScale);
        return Model.Causal ? double.NaN : sum / (2 * Model.Attention.Beta);
    }

    /// <inheritdoc/>
    protected override double Partition(int token, double logScale) => _partitions[token] * Math.Exp(-_shifts[token] / BinaryDigits - logScale);

    private void Evaluate(ReadOnlySpan<double> positions, Span<double> output, bool tangent)
    {
        int length = Model.Dimension * Count;
        if (positions.Length != length || output.Length != length)
            throw new ArgumentException($"{Count} tokens in dimension {Model.Dimension} need {length} numbers, not {positions.Length} and {output.Length}");
        fixed (double* x = positions, a = output)
        {
            _positions = x;
            _output = a;
            _tangent = tangent;
            _next = 0;
            _team.Run(_prepare);
            _next = 0;
            _team.Run(_sweep);
        }
    }

    private void PrepareAll(int member)
    {
        for (int block; (block = Interlocked.Increment(ref _next) - 1) < _blocks;)
        {
            for (int i = block * PairSums.Rows; i < Math.Min(Count, (block + 1) * PairSums.Rows); i++) Prepare(i, _scratch[member]);
        }
    }

    private void SweepAll(int member)
    {
        for (int block; (block = Interlocked.Increment(ref _next) - 1) < _blocks;) Sweep(block, _scratch[member]);
    }

    // Row β log₂e Q x_i, record K x_i, w_i V x_i, w_i.
    private void Prepare(int i, AlignedBuffer scratch)
    {
        int d = Model.Dimension;
        Span<double> x = scratch.Span.Slice(2 * (_width + 1) * PairSums.Rows + PairSums.Rows, d), y = scratch.Span[^d..];
        for (int k = 0; k < d; k++) x[k] = _positions[(long)k * Count + i];
        double* row = _rows.Pointer + (long)(i / PairSums.Rows) * _width * PairSums.Rows + i % PairSums.Rows;
        double* record = _records.Pointer + (long)i * PairSums.RecordLength(_width);
        double scale = Model.Attention.Beta * BinaryDigits, weight = Model.Weight(i, Count);
        ReadOnlySpan<double> query = Apply(Model.Query, x, y);
        for (int k = 0; k < d; k++) row[k * PairSums.Rows] = scale * query[k];
        Apply(Model.Key, x, y).CopyTo(new Span<double>(record, d));
        ReadOnlySpan<double> value = Apply(Model.Value, x, y);
        for (int k = 0; k < d; k++) record[_width + k] = weight * value[k];
        record[2 * _width] = weight;
    }

    private void Sweep(int block, AlignedBuffer scratch)
    {
        int sums = (_width + 1) * PairSums.Rows, first = block * PairSums.Rows;
        double* partial = scratch.Pointer, total = partial + sums, shifts = total + sums;
        double* rows = _rows.Pointer + (long)first * _width;
        int seenByAll = Model.Causal ? first : Count;
        new Span<double>(total, sums).Clear();
        new Span<double>(shifts, PairSums.Rows).Fill(_shift);
        if (_searches) Search(rows, first, seenByAll, shifts);
        for (int r = 0; r < PairSums.Rows && first + r < Count; r++) _shifts[first + r] = shifts[r];
        for (int j = 0; j < seenByAll; j += Block) Add(j, Math.Min(Block, seenByAll - j));
        for (int j = seenByAll; j < Math.Min(Count, first + PairSums.Rows); j++)
        {
            Add(j, 1); // seen by token j and those after it in the block
            shifts[j - first] += Hidden;
        }
        Finish(first, total);

        void Add(int from, int count)
        {
            PairSums.Over(_width, rows, shifts, Record(from), count, partial);
            TensorPrimitives.Add(new ReadOnlySpan<double>(total, sums), new ReadOnlySpan<double>(partial, sums), new Span<double>(total, sums));
        }
    }

    // s_i = −max_j ⟨q_i,k_j⟩ over the tokens seen.
    private void Search(double* rows, int first, int seenByAll, double* shifts)
    {
        const int Rows = PairSums.Rows;
        double* largest = stackalloc double[2 * Rows], one = largest + Rows;
        new Span<double>(largest, Rows).Fill(double.NegativeInfinity);
        PairSums.Largest(_width, rows, Record(0), seenByAll, largest);
        for (int j = seenByAll; j < Math.Min(Count, first + Rows); j++)
        {
            new Span<double>(one, Rows).Fill(double.NegativeInfinity);
            PairSums.Largest(_width, rows, Record(j), 1, one);
            for (int r = j - first; r < Rows; r++) largest[r] = Math.Max(largest[r], one[r]);
        }
        for (int r = 0; r < Rows; r++) shifts[r] = -largest[r];
    }

    private void Finish(int first, double* total)
    {
        bool softmax = Model.Attention.Normalization == Normalization.Softmax;
        int d = Model.Dimension;
        for (int r = 0; r < PairSums.Rows && first + r < Count; r++)
        {
            int i = first + r;
            double partition = total[_width * PairSums.Rows + r], along = 0;
            _partitions[i] = partition;
            double factor = softmax ? 1 / partition : _seen is null ? 1 : 1 / _seen[i];
            for (int k = 0; k < d; k++)
            {
                double a = factor * total[k * PairSums.Rows + r];
                _output[(long)k * Count + i] = a;
                along = Math.FusedMultiplyAdd(a, _positions[(long)k * Count + i], along);
            }
            if (!_tangent) continue;
            for (long at = i; at < (long)d * Count; at += Count) _output[at] = Math.FusedMultiplyAdd(-along, _positions[at], _output[at]);
        }
    }

    private double* Record(int j) => _records.Pointer + (long)j * PairSums.RecordLength(_width);

    private static ReadOnlySpan<double> Apply(double[]? matrix, ReadOnlySpan<double> x, Span<double> product)
    {
        if (matrix is null) return x;
        for (int row = 0; row < x.Length; row++) product[row] = TensorPrimitives.Dot(matrix.AsSpan(row * x.Length, x.Length), x);
        return product;
    }

    private static double Norm(double[]? matrix) => matrix is null ? 1 : TensorPrimitives.Norm<double>(matrix);

    private static double[] Accumulated(TokenModel model, int count)
    {
        var seen = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) seen[i] = sum += model.Weight(i, count);
        return seen;
    }
}
