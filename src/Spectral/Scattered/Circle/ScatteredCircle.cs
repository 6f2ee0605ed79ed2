namespace Meanfield.Spectral;

/// <summary>Harmonics at scattered points of S¹.</summary>
internal sealed unsafe class ScatteredCircle : ScatteredHarmonics
{
    private const int Block = 256; // points that one pass of the recurrence takes

    private readonly CircleRecurrence _recurrence;
    private readonly AlignedBuffer _block = new(5 * Block);
    private readonly AlignedBuffer _lanes;
    private readonly double _tolerance;
    private readonly int _threads;
    private CircleSums? _sums;

    /// <summary>Harmonics up to a bandlimit.</summary>
    /// <param name="bandlimit">L.</param>
    /// <param name="tolerance">Truncation of the local polynomials.</param>
    /// <param name="threads">Threads, or null for the usual number.</param>
    public ScatteredCircle(int bandlimit, double tolerance, int? threads)
        : base(new HarmonicBasis(2, bandlimit))
    {
        (_tolerance, _threads) = (tolerance, threads ?? ThreadCount.ForPoints());
        _recurrence = new CircleRecurrence(bandlimit);
        _lanes = new AlignedBuffer(8 * Basis.Count);
    }

    /// <inheritdoc/>
    public override void Moments(ReadOnlySpan<double> positions, ReadOnlySpan<double> weights, Span<double> coefficients)
    {
        int count = RequireMoments(positions, weights, coefficients);
        if (IsLarge(count))
        {
            Sums().Moments(positions, weights, coefficients);
            return;
        }
        double* x = _block.Pointer, y = x + Block, w = y + Block;
        _lanes.Span.Clear();
        for (int first = 0; first < count; first += Block)
        {
            int length = Math.Min(Block, count - first);
            Copy(positions, count, first, length);
            var masses = new Span<double>(w, Block);
            masses[length..].Clear();
            if (weights.IsEmpty)
                masses[..length].Fill(1.0 / count);
            else
                weights.Slice(first, length).CopyTo(masses);
            _recurrence.AddMoments(x, y, w, (length + 7) / 8, _lanes.Pointer);
        }
        for (int i = 0; i < coefficients.Length; i++)
        {
            double* v = _lanes.Pointer + 8 * i;
            coefficients[i] = ((v[0] + v[1]) + (v[2] + v[3])) + ((v[4] + v[5]) + (v[6] + v[7]));
        }
    }

    /// <inheritdoc/>
    public override void Evaluate(
        ReadOnlySpan<double> positions, ReadOnlySpan<double> coefficients, Span<double> values, Span<double> gradients)
    {
        int count = RequireEvaluation(positions, coefficients, values, gradients);
        if (IsLarge(count))
        {
            Sums().Evaluate(positions, coefficients, values, gradients);
            return;
        }
        double* x = _block.Pointer, y = x + Block, value = y + Block, slope = value + Block;
        fixed (double* a = coefficients)
        {
            for (int first = 0; first < count; first += Block)
            {
                int length = Math.Min(Block, count - first);
                Copy(positions, count, first, length);
                _recurrence.Evaluate(x, y, (length + 7) / 8, a, value, slope);
                if (!values.IsEmpty)
                    new Span<double>(value, length).CopyTo(values[first..]);
                for (int i = 0; i < length && !gradients.IsEmpty; i++)
                    (gradients[first + i], gradients[count + first + i]) = (-y[i] * slope[i], x[i] * slope[i]);
            }
        }
    }

    // Local polynomials cost about 26 cells per mode to set up, whatever the number of points.
    private bool IsLarge(int count) => count >= 512 + 32 * Basis.Bandlimit;

    private CircleSums Sums() => _sums ??= new CircleSums(new CircleCells(Basis.Bandlimit, _tolerance), _threads);

    private void Copy(ReadOnlySpan<double> positions, int count, int first, int length)
    {
        for (int axis = 0; axis < 2; axis++)
        {
            var target = new Span<double>(_block.Pointer + axis * Block, Block);
            positions.Slice(axis * count + first, length).CopyTo(target);
            target[length..].Clear();
        }
    }
}
