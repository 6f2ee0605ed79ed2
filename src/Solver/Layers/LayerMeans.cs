using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>What is summed over all tokens of a layer as they come: norms, means, displacements, sequence by sequence.</summary>
internal sealed class LayerMeans
{
    private const int Columns = 512; // of a sum that one thread adds

    private readonly int _dimension;
    private readonly int[] _starts;
    private readonly WorkerTeam _team;
    private readonly double[] _raw;
    private readonly double[] _unit;
    private readonly double[] _sequence;
    private readonly double[] _sequenceSquares; // |Σu|² of each sequence
    private readonly double[] _norms;
    private readonly double[] _cosines;
    private double[] _units = [];
    private double[] _rows = [];
    private double[] _previous = [];
    private bool _moves;
    private int _added;
    private int _open; // sequence that is being summed
    private int _next;

    /// <summary>Makes room.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="starts">[sequences + 1] first token of each.</param>
    /// <param name="threads">At least 1.</param>
    public LayerMeans(int dimension, int[] starts, int threads)
    {
        (_dimension, _starts) = (dimension, starts);
        _team = WorkerTeam.Of(threads);
        _raw = new double[dimension];
        _unit = new double[dimension];
        _sequence = new double[dimension];
        _sequenceSquares = new double[starts.Length - 1];
        _norms = new double[starts[^1]];
        _cosines = new double[starts[^1]];
    }

    /// <summary>Tokens added.</summary>
    public int Count { get; private set; }

    /// <summary>[n·d] unit vectors of the tokens added last.</summary>
    public ReadOnlySpan<double> Units => _units;

    /// <summary>[N] norms.</summary>
    public ReadOnlySpan<double> Norms => _norms;

    /// <summary>Starts a layer.</summary>
    public void Clear(bool moves)
    {
        Array.Clear(_raw);
        Array.Clear(_unit);
        Array.Clear(_sequence);
        (Count, _open, _moves) = (0, 0, moves);
    }

    /// <summary>Adds tokens.</summary>
    /// <exception cref="DegenerateTokenException">A token without a direction.</exception>
    public void Add(ReadOnlySpan<double> rows, ReadOnlySpan<double> before)
    {
        if (_units.Length < rows.Length) (_units, _rows, _previous) = (new double[rows.Length], new double[rows.Length], new double[rows.Length]);
        rows.CopyTo(_rows);
        before.CopyTo(_previous);
        _added = rows.Length / _dimension;
        _next = 0;
        _team.Run(Normalize);
        for (int i = 0; i < _added; i++)
        {
            double norm = _norms[Count + i];
            if (norm == 0) throw new DegenerateTokenException(Count + i, "is zero");
            if (!double.IsFinite(norm)) throw new DegenerateTokenException(Count + i, "is too large");
        }
        int end = Count + _added;
        for (int from = Count; from < end;)
        {
            int to = Math.Min(end, _starts[_open + 1]), first = from;
            _next = 0;
            _team.Run(_ => Sum(first, to));
            if (to == _starts[_open + 1])
            {
                _sequenceSquares[_open++] = TensorPrimitives.Dot<double>(_sequence, _sequence);
                Array.Clear(_sequence);
            }
            from = to;
        }
        Count = end;
    }

    /// <summary>Mean of the tokens.</summary>
    public double[] RawMean() => [.. _raw.Select(sum => sum / Count)];

    /// <summary>Mean of the unit tokens.</summary>
    public double[] UnitMean() => [.. _unit.Select(sum => sum / Count)];

    /// <summary>Means of the tokens in panels, as they are and of the unit tokens.</summary>
    public static (double[] Raw, double[] Unit) Of(TokenPanels panels)
    {
        double[] raw = new double[panels.Dimension], unit = new double[panels.Dimension], token = new double[panels.Dimension];
        for (int i = 0; i < panels.Count; i++)
        {
            panels.Get(i, token);
            TensorPrimitives.Add(unit, token, unit);
            TensorPrimitives.MultiplyAdd(token, panels.Norms[i], raw, raw);
        }
        TensorPrimitives.Divide(raw, panels.Count, raw);
        TensorPrimitives.Divide(unit, panels.Count, unit);
        return (raw, unit);
    }

    /// <summary>(|Σu|² − n)/(n(n − 1)); NaN for a single token.</summary>
    public static double MeanCosine(double square, int count) => count > 1 ? (square - count) / (count * (count - 1.0)) : double.NaN;

    /// <summary>The norms.</summary>
    public NormSummary NormSummary()
    {
        double mean = _norms.Average(), squares = 0;
        foreach (double norm in _norms) squares += (norm - mean) * (norm - mean);
        return new NormSummary(mean, Math.Sqrt(squares / _norms.Length), _norms.Min(), _norms.Max());
    }

    /// <summary>Mean over sequences of the mean cosine within them; NaN if all hold a single token.</summary>
    public double MeanCosineWithin()
    {
        double[] cosines = [.. Sequences().Select(sequence => sequence.MeanCosine).Where(cosine => !double.IsNaN(cosine))];
        return cosines.Length > 0 ? cosines.Average() : double.NaN;
    }

    /// <summary>Every sequence.</summary>
    public SequenceMeasures[] Sequences() =>
    [
        .. _sequenceSquares.Select((square, s) =>
        {
            int count = _starts[s + 1] - _starts[s];
            ReadOnlySpan<double> norms = _norms.AsSpan(_starts[s], count), cosines = _cosines.AsSpan(_starts[s], count);
            return new SequenceMeasures(
                count, TensorPrimitives.Sum(norms) / count, MeanCosine(square, count), 1 - square / ((double)count * count),
                _moves ? 1 - TensorPrimitives.Sum(cosines) / count : double.NaN);
        }),
    ];

    /// <summary>How all tokens moved.</summary>
    public LayerDisplacement Displacement() =>
        new(1 - _cosines.Average(), _cosines.Average(cosine => Math.Acos(Math.Clamp(cosine, -1, 1))) / Math.PI, [.. _cosines]);

    private void Normalize(int member)
    {
        int d = _dimension;
        for (int i; (i = Interlocked.Increment(ref _next) - 1) < _added;)
        {
            ReadOnlySpan<double> row = _rows.AsSpan(i * d, d), previous = _previous.AsSpan(i * d, d);
            double norm = TensorPrimitives.Norm(row);
            _norms[Count + i] = norm;
            TensorPrimitives.Divide(row, norm, _units.AsSpan(i * d, d));
            if (_moves) _cosines[Count + i] = TensorPrimitives.Dot(_units.AsSpan(i * d, d), previous) / TensorPrimitives.Norm(previous);
        }
    }

    // Each thread adds some columns of all tokens, in the tokens' order.
    private void Sum(int from, int to)
    {
        int d = _dimension;
        for (int block; (block = Interlocked.Increment(ref _next) - 1) * Columns < d;)
        {
            int start = block * Columns, length = Math.Min(Columns, d - start);
            Span<double> raw = _raw.AsSpan(start, length), unit = _unit.AsSpan(start, length), sequence = _sequence.AsSpan(start, length);
            for (int i = from - Count; i < to - Count; i++)
            {
                TensorPrimitives.Add(raw, _rows.AsSpan(i * d + start, length), raw);
                TensorPrimitives.Add(unit, _units.AsSpan(i * d + start, length), unit);
                TensorPrimitives.Add(sequence, _units.AsSpan(i * d + start, length), sequence);
            }
        }
    }
}
