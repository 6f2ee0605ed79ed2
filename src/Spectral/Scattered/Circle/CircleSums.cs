using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Meanfield.Spectral;

/// <summary>Sums over points of the circle by local polynomials, eight points at a time, over threads.</summary>
/// <remarks>The cloud falls into at most four parts with moments of their own, added in order: the bits do not depend on the threads.</remarks>
internal sealed unsafe class CircleSums
{
    private const int SmallestPart = 1 << 16;
    private const int MostParts = 4;
    private const int Chunk = 1 << 14; // points evaluated by one thread at a time

    private readonly CircleCells _cells;
    private readonly WorkerTeam _team;
    private readonly AlignedBuffer[] _moments = new AlignedBuffer[MostParts];
    private readonly Action<int> _gather, _evaluate;
    private int _item, _count, _parts;
    private double* _positions, _weights, _values, _gradients;

    /// <summary>Sums with some threads.</summary>
    public CircleSums(CircleCells cells, int threads)
    {
        _cells = cells;
        _team = WorkerTeam.Of(threads);
        (_gather, _evaluate) = (Gather, Evaluate);
    }

    /// <summary>Moments of a cloud; see <see cref="ScatteredHarmonics.Moments"/>.</summary>
    public void Moments(ReadOnlySpan<double> positions, ReadOnlySpan<double> weights, Span<double> coefficients)
    {
        fixed (double* x = positions, w = weights)
        {
            _positions = x;
            _weights = weights.IsEmpty ? null : w;
            _count = positions.Length / 2;
            _parts = Math.Clamp(_count / SmallestPart, 1, MostParts);
            for (int i = 0; i < _parts; i++)
                _moments[i] ??= new AlignedBuffer(_cells.Polynomials.Length);
            Run(_gather);
        }
        double* sum = _moments[0].Pointer;
        for (int part = 1; part < _parts; part++)
        {
            double* other = _moments[part].Pointer;
            for (int i = 0; i < _moments[0].Length; i += 8)
                (Vector512.Load(sum + i) + Vector512.Load(other + i)).Store(sum + i);
        }
        _cells.Gather(sum, coefficients);
        GC.KeepAlive(this);
    }

    /// <summary>Values and gradients; see <see cref="ScatteredHarmonics.Evaluate"/>.</summary>
    public void Evaluate(ReadOnlySpan<double> positions, ReadOnlySpan<double> coefficients, Span<double> values, Span<double> gradients)
    {
        _cells.Load(coefficients);
        fixed (double* x = positions, f = values, g = gradients)
        {
            _positions = x;
            _values = values.IsEmpty ? null : f;
            _gradients = gradients.IsEmpty ? null : g;
            _count = positions.Length / 2;
            Run(_evaluate);
        }
        GC.KeepAlive(this);
    }

    private void Run(Action<int> phase)
    {
        _item = -1;
        _team.Run(phase);
    }

    private bool Next(int items, out int item) => (item = Interlocked.Increment(ref _item)) < items;

    private void Gather(int member)
    {
        while (Next(_parts, out int part))
        {
            _moments[part].Span.Clear();
            int first = (int)((long)part * _count / _parts), end = (int)((part + 1L) * _count / _parts);
            AddPart(first, end, _moments[part].Pointer);
        }
    }

    private void Evaluate(int member)
    {
        while (Next((_count + Chunk - 1) / Chunk, out int chunk))
            EvaluateChunk(chunk * Chunk, Math.Min(_count, (chunk + 1) * Chunk));
    }

    [SkipLocalsInit]
    private void AddPart(int first, int end, double* moments)
    {
        double* scratch = stackalloc double[3 * 64 + 8];
        double* powers = (double*)(((nuint)scratch + 63) & ~(nuint)63), lines = powers + 64, tail = lines + 64;
        double cells = _cells.Ring.Cells;
        Vector512<double> equal = Vector512.Create(1.0 / _count);
        for (int i = first; i < end; i += 8)
        {
            int length = Math.Min(8, end - i);
            double* x = _positions + i, y = x + _count, w = _weights == null ? null : _weights + i;
            if (length < 8)
            {
                for (int k = 0; k < 8; k++)
                {
                    (tail[k], tail[8 + k]) = k < length ? (x[k], y[k]) : (1, 0);
                    tail[16 + k] = k < length ? w == null ? 1.0 / _count : w[k] : 0;
                }
                x = tail;
                y = tail + 8;
                w = tail + 16;
            }
            Vector512<double> cell = CircleAngle.Locate(Vector512.Load(x), Vector512.Load(y), cells, out Vector512<double> t);
            Vector512<double> p = w == null ? equal : Vector512.Load(w);
            for (int power = 0; power < CircleCells.Terms; power++)
            {
                p.Store(powers + 8 * power);
                p *= t;
            }
            LaneTranspose.Copy(powers, 8, lines, 8);
            cell.Store(powers);
            for (int k = 0; k < 8; k++)
            {
                double* target = moments + CircleCells.Stride * (nint)powers[k];
                (Vector512.Load(target) + Vector512.Load(lines + 8 * k)).Store(target);
            }
        }
    }

    [SkipLocalsInit]
    private void EvaluateChunk(int first, int end)
    {
        double* scratch = stackalloc double[4 * 64 + 8];
        double* index = (double*)(((nuint)scratch + 63) & ~(nuint)63), lines = index + 64, tail = lines + 128;
        double cells = _cells.Ring.Cells;
        for (int i = first; i < end; i += 8)
        {
            int length = Math.Min(8, end - i);
            double* x = _positions + i, y = x + _count;
            if (length < 8)
            {
                for (int k = 0; k < 8; k++)
                    (tail[k], tail[8 + k]) = k < length ? (x[k], y[k]) : (1, 0);
                x = tail;
                y = tail + 8;
            }
            Vector512<double> c = Vector512.Load(x), s = Vector512.Load(y);
            CircleAngle.Locate(c, s, cells, out Vector512<double> t).Store(index);
            if (_values != null)
                Write(Polynomial(index, 0, lines, t), _values + i, length, tail);
            if (_gradients == null)
                continue;
            Vector512<double> slope = Polynomial(index, CircleCells.Terms, lines, t);
            Write(-(s * slope), _gradients + i, length, tail);
            Write(c * slope, _gradients + _count + i, length, tail);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<double> Polynomial(double* index, int offset, double* lines, Vector512<double> t)
    {
        double* polynomials = _cells.Polynomials.Pointer + offset;
        for (int k = 0; k < 8; k++)
            Vector512.Load(polynomials + CircleCells.Stride * (nint)index[k]).Store(lines + 8 * k);
        double* turned = lines + 64;
        LaneTranspose.Copy(lines, 8, turned, 8);
        Vector512<double> sum = Vector512.Load(turned + 56);
        for (int power = 6; power >= 0; power--)
            sum = Vector512.FusedMultiplyAdd(sum, t, Vector512.Load(turned + 8 * power));
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(Vector512<double> result, double* target, int length, double* tail)
    {
        if (length == 8)
        {
            result.Store(target);
            return;
        }
        result.Store(tail);
        for (int k = 0; k < length; k++)
            target[k] = tail[k];
    }
}
