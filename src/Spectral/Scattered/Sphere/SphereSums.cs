namespace Meanfield.Spectral;

/// <summary>Sums over points of the sphere by local polynomials: the chunks of a cloud and the bands of the sphere, over threads.</summary>
/// <remarks>Chunk c adds to part c mod P; parts, bands and orders are summed in fixed order, so the bits do not depend on the threads.</remarks>
internal sealed unsafe class SphereSums
{
    private const int Chunk = 1 << 17;
    private const int MostParts = 4;

    private readonly SphereCells _cells;
    private readonly BandSynthesis _synthesis;
    private readonly BandAnalysis _analysis;
    private readonly WorkerTeam _team;
    private readonly BandWorkspace[] _work;
    private CellOrder[] _orders = []; // of every chunk
    private readonly CellMoments[] _sums;
    private readonly AlignedBuffer[] _results;
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
        for (int i = 0; i < threads; i++)
            (_work[i], _sums[i], _results[i]) = (new(cells), new(cells), new(0));
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
        _parts = Math.Clamp(count / (Chunk / 2), 1, MostParts);
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
                Sort(chunk, keep: false);
                AddCells(_orders[chunk], _sums[member], moments.Pointer);
            }
        }
    }

    // The order of the last call serves again if the points are the same: moments, then values, of one state.
    private void Sort(int chunk, bool keep)
    {
        int first = chunk * _chunk, length = Math.Min(_chunk, _count - first);
        double* x = _positions + first, y = x + _count, z = y + _count;
        if (!keep || !_orders[chunk].Holds(x, y, z, length))
            _orders[chunk].Sort(x, y, z, _weights == null ? null : _weights + first, 1.0 / _count, length);
    }

    private void AddCells(CellOrder order, CellMoments sums, double* moments)
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
                sums.Add(cell, points + 4L * starts[c], length, moments + (long)c * _cells.Stride);
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

    private void EvaluateChunks(int member)
    {
        while (Next(_chunks, out int chunk))
        {
            Sort(chunk, keep: true);
            EvaluateCells(_orders[chunk], _results[member].Pointer);
            Scatter(_orders[chunk], _results[member].Pointer, chunk * _chunk);
        }
    }

    private void EvaluateCells(CellOrder order, double* results)
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
                CellPolynomials.Evaluate(
                    cell, _cells.Terms, _synthesis.Values.Pointer + polynomial, _synthesis.Slopes.Pointer + polynomial,
                    points + at, length, results + at);
            }
        }
    }

    private void Scatter(CellOrder order, double* results, int first)
    {
        ReadOnlySpan<int> places = order.Places;
        int length = Math.Min(_chunk, _count - first);
        for (int i = 0; i < length; i++)
        {
            double* result = results + 4L * places[i];
            if (_values != null)
                _values[first + i] = result[0];
            if (_gradients == null)
                continue;
            _gradients[first + i] = result[1];
            _gradients[(long)_count + first + i] = result[2];
            _gradients[2L * _count + first + i] = result[3];
        }
    }
}
