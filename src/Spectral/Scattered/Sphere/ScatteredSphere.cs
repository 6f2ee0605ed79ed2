namespace Meanfield.Spectral;

/// <summary>Harmonics at scattered points of S².</summary>
internal sealed unsafe class ScatteredSphere : ScatteredHarmonics
{
    private const int Block = 256; // points that one pass of the recurrence takes
    private const int Few = 16_000; // fewer points go through the recurrence: cells cost as much to set up, whatever their number
    private const int Terms = SphereBand.Row;

    private readonly SphereRecurrence _recurrence;
    private readonly AlignedBuffer _block = new(5 * Block);
    private readonly double _tolerance;
    private readonly int _threads;
    private SphereSums? _sums;

    /// <summary>Harmonics up to a bandlimit.</summary>
    /// <param name="bandlimit">L.</param>
    /// <param name="tolerance">Truncation of the local polynomials.</param>
    /// <param name="threads">Threads, or null for the usual number.</param>
    public ScatteredSphere(int bandlimit, double tolerance, int? threads)
        : base(new HarmonicBasis(3, bandlimit))
    {
        (_tolerance, _threads) = (tolerance, threads ?? ThreadCount.ForPoints());
        _recurrence = new SphereRecurrence(bandlimit);
    }

    /// <inheritdoc/>
    public override void Moments(ReadOnlySpan<double> positions, ReadOnlySpan<double> weights, Span<double> coefficients)
    {
        int count = RequireMoments(positions, weights, coefficients);
        if (count >= Few)
        {
            Sums().Moments(positions, weights, coefficients);
            return;
        }
        coefficients.Clear();
        fixed (double* moments = coefficients)
        {
            for (int first = 0; first < count; first += Block)
            {
                int length = Math.Min(Block, count - first), padded = (length + 7) & ~7;
                double* x = _block.Pointer, y = x + padded, z = y + padded, w = z + padded;
                Copy(positions, count, first, length, padded);
                var masses = new Span<double>(w, padded);
                masses[length..].Clear();
                if (weights.IsEmpty)
                    masses[..length].Fill(1.0 / count);
                else
                    weights.Slice(first, length).CopyTo(masses);
                _recurrence.AddMoments(x, y, z, w, padded / 8, moments);
            }
        }
    }

    /// <inheritdoc/>
    public override void Evaluate(
        ReadOnlySpan<double> positions, ReadOnlySpan<double> coefficients, Span<double> values, Span<double> gradients)
    {
        int count = RequireEvaluation(positions, coefficients, values, gradients);
        if (count >= Few)
        {
            Sums().Evaluate(positions, coefficients, values, gradients);
            return;
        }
        _recurrence.Load(coefficients);
        double* result = stackalloc double[32];
        for (int first = 0; first < count; first += 8)
        {
            int length = Math.Min(8, count - first);
            double* x = _block.Pointer;
            Copy(positions, count, first, length, 8);
            _recurrence.Evaluate(x, result);
            if (!values.IsEmpty)
                new Span<double>(result, length).CopyTo(values[first..]);
            for (int axis = 0; axis < 3 && !gradients.IsEmpty; axis++)
                new Span<double>(result + 8 * (axis + 1), length).CopyTo(gradients[(axis * count + first)..]);
        }
    }

    private SphereSums Sums() => _sums ??= new SphereSums(new SphereCells(new MeridianFunctions(Basis.Bandlimit), Terms, _tolerance), _threads);

    private void Copy(ReadOnlySpan<double> positions, int count, int first, int length, int padded)
    {
        for (int axis = 0; axis < 3; axis++)
        {
            var target = new Span<double>(_block.Pointer + axis * padded, padded);
            positions.Slice(axis * count + first, length).CopyTo(target);
            target[length..].Clear();
        }
    }
}
