using System.Runtime.CompilerServices;

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
            for (int i = 0; i < _moments[0].Length; i++)
                sum[i] += other[i];
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

    private void AddPart(int first, int end, double* moments)
    {
        if (SimdVariant.Lanes == EightLanes.Lanes)
            AddPart<EightLanes>(first, end, moments);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            AddPart<FourLanes>(first, end, moments);
        else
            AddPart<OneLane>(first, end, moments);
    }

    [SkipLocalsInit]
    private void AddPart<T>(int first, int end, double* moments) where T : struct, ISimd<T>
    {
        double* scratch = stackalloc double[3 * 64 + 8], powers = Align(scratch), lines = powers + 64, tail = lines + 64;
        nint* rows = stackalloc nint[8];
        double cells = _cells.Count, equal = 1.0 / _count;
        for (int i = first; i < end; i += 8)
        {
            double* x = _positions + i, y = x + _count, w = _weights == null ? null : _weights + i;
            if (end - i < 8)
            {
                Fill(x, y, w, end - i, tail);
                x = tail;
                y = tail + 8;
                w = tail + 16;
            }
            for (int lane = 0; lane < 8; lane += T.Lanes)
            {
                T cell = CircleAngle.Locate(T.Load(x + lane), T.Load(y + lane), cells, out T t);
                T p = w == null ? T.Broadcast(equal) : T.Load(w + lane);
                cell.Store(lines + lane);
                for (int power = 0; power < CircleCells.Terms; power++)
                {
                    p.Store(powers + 8 * power + lane);
                    p *= t;
                }
            }
            SetRows(lines, rows);
            LaneTranspose.Spread(powers, moments, rows, lines);
        }
    }

    private void EvaluateChunk(int first, int end)
    {
        if (SimdVariant.Lanes == EightLanes.Lanes)
            EvaluateChunk<EightLanes>(first, end);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            EvaluateChunk<FourLanes>(first, end);
        else
            EvaluateChunk<OneLane>(first, end);
    }

    [SkipLocalsInit]
    private void EvaluateChunk<T>(int first, int end) where T : struct, ISimd<T>
    {
        double* scratch = stackalloc double[2 * 64 + 8], turned = Align(scratch), lines = turned + 64, tail = lines + 16;
        nint* rows = stackalloc nint[8];
        double cells = _cells.Count, perStep = cells / Math.PI;
        for (int i = first; i < end; i += 8)
        {
            int length = Math.Min(8, end - i);
            double* x = _positions + i, y = x + _count, f = _values == null ? null : _values + i;
            double* gx = _gradients == null ? null : _gradients + i, gy = gx + _count;
            if (length < 8)
            {
                Fill(x, y, null, length, tail);
                x = tail;
                y = tail + 8;
            }
            for (int lane = 0; lane < 8; lane += T.Lanes)
            {
                CircleAngle.Locate(T.Load(x + lane), T.Load(y + lane), cells, out T t).Store(lines + lane);
                t.Store(lines + 8 + lane);
            }
            SetRows(lines, rows);
            LaneTranspose.Gather(_cells.Polynomials.Pointer, rows, turned);
            if (length < 8)
            {
                for (int lane = 0; lane < 8; lane += T.Lanes)
                    EvaluateLanes<T>(turned + lane, x + lane, y + lane, lines + 8 + lane, perStep, tail + lane, tail + 8 + lane, tail + 16 + lane);
                for (int k = 0; k < length; k++)
                {
                    if (f != null)
                        f[k] = tail[k];
                    if (gx != null)
                        (gx[k], gy[k]) = (tail[8 + k], tail[16 + k]);
                }
                continue;
            }
            for (int lane = 0; lane < 8; lane += T.Lanes)
            {
                EvaluateLanes<T>(
                    turned + lane, x + lane, y + lane, lines + 8 + lane, perStep,
                    f == null ? tail : f + lane, gx == null ? tail : gx + lane, gx == null ? tail : gy + lane);
            }
        }
    }

    // f = P(t) and f′ (−sin θ, cos θ), f′ = P′(t)/h
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EvaluateLanes<T>(double* polynomials, double* x, double* y, double* at, double perStep, double* f, double* gx, double* gy)
        where T : struct, ISimd<T>
    {
        T t = T.Load(at), value = T.Load(polynomials + 56), slope = T.Broadcast(0), cosine = T.Load(x), sine = T.Load(y);
        for (int power = 6; power >= 0; power--)
        {
            slope = T.MultiplyAdd(slope, t, value);
            value = T.MultiplyAdd(value, t, T.Load(polynomials + 8 * power));
        }
        slope *= T.Broadcast(perStep);
        value.Store(f);
        (T.Broadcast(0) - sine * slope).Store(gx);
        (cosine * slope).Store(gy);
    }

    // x, y and w of fewer than eight points, then points of no mass
    private void Fill(double* x, double* y, double* w, int length, double* target)
    {
        for (int k = 0; k < 8; k++)
        {
            (target[k], target[8 + k]) = k < length ? (x[k], y[k]) : (1, 0);
            target[16 + k] = k < length ? w == null ? 1.0 / _count : w[k] : 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetRows(double* cells, nint* rows)
    {
        for (int k = 0; k < 8; k++)
            rows[k] = CircleCells.Terms * double.ConvertToIntegerNative<nint>(cells[k]);
    }

    private static double* Align(double* scratch) => (double*)(((nuint)scratch + 63) & ~(nuint)63);
}
