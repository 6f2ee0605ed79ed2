using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Meanfield.Spectral;

/// <summary>Sums over points of the sphere by local polynomials: the chunks of a cloud and the bands of the sphere, over threads.</summary>
/// <remarks>Chunk c adds to part c mod P; parts, bands and orders are summed in fixed order, so the bits do not depend on the threads.</remarks>
internal sealed unsafe class SphereSums
{
    private const int Chunk = 1 << 18;
    private const int Ahead = 24; // results are fetched that many points before they are handed out
    private const int SmallestPart = 1 << 16;
    private const int MostParts = 4;

    private readonly SphereCells _cells;
    private readonly BandSynthesis _synthesis;
    private readonly BandAnalysis _analysis;
    private readonly WorkerTeam _team;
    private readonly BandWorkspace[] _work;
    private CellOrder[] _orders = []; // of every chunk
    private readonly CellMoments[] _sums;
    private readonly AlignedBuffer[] _results;
    private readonly AlignedBuffer[] _scratch;
    private readonly Action<int> _gatherPoints, _gatherBands, _contract, _fillBands, _evaluate;
    private int _item, _count, _chunk, _chunks, _parts;
    private double* _positions, _weights, _coefficients, _values, _gradients;

    /// <summary>Work space for some threads.</summary>
    public SphereSums(SphereCells cells, int threads)
    {
        _cells = cells;
        _synthesis = new BandSynthesis(cells);
        _analysis = new BandAnalysis(cells, MostParts);
        _team = WorkerTeam.Of(threads);
        _work = new BandWorkspace[threads];
        _sums = new CellMoments[threads];
        _results = new AlignedBuffer[threads];
        _scratch = new AlignedBuffer[threads];
        for (int i = 0; i < threads; i++)
            (_work[i], _sums[i], _results[i], _scratch[i]) = (new(cells), new(cells), new(0), new(64));
        (_gatherPoints, _gatherBands, _contract) = (GatherPoints, GatherBands, ContractOrders);
        (_fillBands, _evaluate) = (FillBands, EvaluateChunks);
    }

    /// <summary>Moments of a cloud; see <see cref="ScatteredHarmonics.Moments"/>.</summary>
    public void Moments(ReadOnlySpan<double> positions, ReadOnlySpan<double> weights, Span<double> coefficients)
    {
        fixed (double* x = positions, w = weights, a = coefficients)
        {
            _positions = x;
            _weights = weights.IsEmpty ? null : w;
            _coefficients = a;
            Divide(positions.Length / 3);
            for (int part = 0; part < _parts; part++)
                _analysis.Part(part);
            Run(_gatherPoints);
            Run(_gatherBands);
            Run(_contract);
        }
        GC.KeepAlive(this);
    }

    /// <summary>Values and gradients; see <see cref="ScatteredHarmonics.Evaluate"/>.</summary>
    public void Evaluate(ReadOnlySpan<double> positions, ReadOnlySpan<double> coefficients, Span<double> values, Span<double> gradients)
    {
        fixed (double* x = positions, f = values, g = gradients)
        {
            _positions = x;
            _weights = null;
            _values = values.IsEmpty ? null : f;
            _gradients = gradients.IsEmpty ? null : g;
            Divide(positions.Length / 3);
            _synthesis.Load(coefficients);
            Run(_fillBands);
            Run(_evaluate);
        }
        GC.KeepAlive(this);
    }

    private void Divide(int count)
    {
        _count = count;
        _parts = Math.Clamp(count / SmallestPart, 1, MostParts);
        _chunk = Math.Min(Chunk, ((count + _parts - 1) / _parts + 7) & ~7);
        _chunks = (count + _chunk - 1) / Math.Max(1, _chunk);
        for (int i = _orders.Length; i < _chunks; i++)
        {
            Array.Resize(ref _orders, i + 1);
            _orders[i] = new CellOrder(_cells);
        }
        for (int i = 0; i < _chunks; i++)
            _orders[i].Reserve(_chunk);
        for (int i = 0; i < _results.Length; i++)
        {
            if (_results[i].Length < 4L * (_chunk + 16))
                _results[i] = new AlignedBuffer(4L * (_chunk + 16));
        }
    }

    private void Run(Action<int> phase)
    {
        _item = -1;
        _team.Run(phase);
    }

    private bool Next(int items, out int item) => (item = Interlocked.Increment(ref _item)) < items;

    private void GatherPoints(int member)
    {
        while (Next(_parts, out int part))
        {
            AlignedBuffer moments = _analysis.Parts[part];
            moments.Span.Clear();
            for (int chunk = part; chunk < _chunks; chunk += _parts)
            {
                Sort(chunk);
                AddCells(_orders[chunk], _sums[member], moments.Pointer);
            }
        }
    }

    private void Sort(int chunk)
    {
        int first = chunk * _chunk, length = Math.Min(_chunk, _count - first);
        double* x = _positions + first, y = x + _count, z = y + _count;
        _orders[chunk].Sort(x, y, z, _weights == null ? null : _weights + first, 1.0 / _count, length);
    }

    private void AddCells(CellOrder order, CellMoments sums, double* moments)
    {
        if (SimdVariant.Lanes == EightLanes.Lanes)
            AddCells<EightLanes>(order, sums, moments);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            AddCells<FourLanes>(order, sums, moments);
        else
            AddCells<OneLane>(order, sums, moments);
    }

    private void AddCells<T>(CellOrder order, CellMoments sums, double* moments) where T : struct, ISimd<T>
    {
        ReadOnlySpan<int> starts = order.Starts;
        double* points = order.Points.Pointer;
        for (int band = 0; band + 1 < _cells.Starts.Length; band++)
        {
            for (int c = _cells.Starts[band]; c < _cells.Starts[band + 1]; c++)
            {
                int length = starts[c + 1] - starts[c];
                if (length == 0)
                    continue;
                var cell = new SphereCell(_cells, band, c - _cells.Starts[band]);
                sums.Add<T>(cell, points + 4L * starts[c], length, moments + (long)c * _cells.Stride);
            }
        }
    }

    private void GatherBands(int member)
    {
        while (Next(_cells.Bands.Length, out int band))
            _analysis.Gather(band, _parts, _work[member]);
    }

    private void ContractOrders(int member)
    {
        while (Next(_cells.Basis.Bandlimit + 1, out int order))
            _analysis.Contract(order, _coefficients);
    }

    private void FillBands(int member)
    {
        while (Next(_cells.Bands.Length, out int band))
            _synthesis.Fill(band, _work[member]);
    }

    // The order of the last call serves again if the points are the same: moments, then values, of one state. That they are is
    // found while the results are handed out.
    private void EvaluateChunks(int member)
    {
        double* results = _results[member].Pointer, scratch = _scratch[member].Pointer;
        while (Next(_chunks, out int chunk))
        {
            int first = chunk * _chunk, length = Math.Min(_chunk, _count - first);
            CellOrder order = _orders[chunk];
            double* x = _positions + first;
            if (order.MayHold(x, x + _count, x + 2L * _count, length))
            {
                EvaluateCells(order, results, scratch);
                if (Scatter(order, results, first, length))
                    continue;
            }
            Sort(chunk);
            EvaluateCells(order, results, scratch);
            Scatter(order, results, first, length);
        }
    }

    private void EvaluateCells(CellOrder order, double* results, double* scratch)
    {
        if (SimdVariant.Lanes == EightLanes.Lanes)
            EvaluateCells<EightLanes>(order, results, scratch);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            EvaluateCells<FourLanes>(order, results, scratch);
        else
            EvaluateCells<OneLane>(order, results, scratch);
    }

    private void EvaluateCells<T>(CellOrder order, double* results, double* scratch) where T : struct, ISimd<T>
    {
        ReadOnlySpan<int> starts = order.Starts;
        double* points = order.Points.Pointer;
        for (int band = 0; band + 1 < _cells.Starts.Length; band++)
        {
            for (int c = _cells.Starts[band]; c < _cells.Starts[band + 1]; c++)
            {
                int length = starts[c + 1] - starts[c];
                if (length == 0)
                    continue;
                var cell = new SphereCell(_cells, band, c - _cells.Starts[band]);
                long at = 4L * starts[c], polynomial = (long)c * _cells.Stride;
                CellPolynomials.Evaluate<T>(
                    cell, _cells.Terms, _synthesis.Values.Pointer + polynomial, _synthesis.Slopes.Pointer + polynomial,
                    points + at, length, results + at, scratch);
            }
        }
    }

    // false as soon as a point is met that is not the one that was sorted
    private bool Scatter(CellOrder order, double* results, int first, int length)
    {
        double* x = _positions + first, y = x + _count, z = y + _count, f = _values == null ? null : _values + first;
        double* gx = _gradients == null ? null : _gradients + first, gy = gx + _count, gz = gy + _count;
        ReadOnlySpan<int> places = order.Places;
        for (int i = 0; i < length; i++)
        {
            Fetch(order, results, places[Math.Min(i + Ahead, length - 1)]);
            if (!order.Holds(i, x, y, z))
                return false;
            double* result = results + 4L * places[i];
            if (f != null)
                f[i] = result[0];
            if (gx == null)
                continue;
            (gx[i], gy[i], gz[i]) = (result[1], result[2], result[3]);
        }
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch(CellOrder order, double* results, int place)
    {
        if (!Sse.IsSupported)
            return;
        Sse.Prefetch0(order.Points.Pointer + 4L * place);
        Sse.Prefetch0(results + 4L * place);
    }
}
