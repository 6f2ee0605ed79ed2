namespace Meanfield.Solver;

/// <summary>Tokens of no mass that are carried along with a density to be recorded.</summary>
/// <remarks>For zonal data a token stays on its meridian: its height and distance from the axis are carried, its direction around the axis is kept.</remarks>
public sealed class CarriedTokens
{
    private readonly int _dimension;

    private CarriedTokens(int dimension, int count, double[] positions, double[] directions)
    {
        _dimension = dimension;
        Count = count;
        Positions = positions;
        Directions = directions;
    }

    /// <summary>Number of tokens n.</summary>
    public int Count { get; }

    /// <summary>[Coordinates·n] where they start, coordinate after coordinate.</summary>
    public double[] Positions { get; }

    /// <summary>[n·(d−1)] unit vectors around the axis, zonal data only; else empty.</summary>
    public double[] Directions { get; }

    /// <summary>Draws tokens from a density.</summary>
    public static CarriedTokens Of(CarriedMesh mesh, int count, ulong seed)
    {
        double[] directions = mesh.Dimension <= 3 || count == 0 ? [] : TokenSample.Uniform(mesh.Dimension - 1, count, seed).Positions.ToArray();
        return new CarriedTokens(mesh.Dimension, count, mesh.Draw(count, seed), directions);
    }

    /// <summary>Takes n of given tokens, spread evenly over their indices.</summary>
    /// <param name="sample">On the circle or the sphere, where a density in harmonics can come from tokens.</param>
    /// <param name="count">At most how many.</param>
    public static CarriedTokens Of(TokenSample sample, int count)
    {
        int d = sample.Dimension, n = Math.Min(count, sample.Count);
        var positions = new double[d * n];
        for (int k = 0; k < n; k++)
        {
            ReadOnlySpan<double> x = sample.Positions.Slice(TokenObserver.RecordedToken(k, n, sample.Count) * d, d);
            for (int c = 0; c < d; c++) positions[c * n + k] = x[c];
        }
        return new CarriedTokens(d, n, positions, []);
    }

    /// <summary>Tokens that go on from where they were left.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="state">[Coordinates·stride] positions of nodes and, last, the tokens.</param>
    /// <param name="stride">Number of nodes and tokens.</param>
    /// <param name="count">Number of tokens n.</param>
    /// <param name="directions"><see cref="Directions"/>.</param>
    public static CarriedTokens Of(int dimension, ReadOnlySpan<double> state, int stride, int count, double[] directions)
    {
        var positions = new double[state.Length / stride * count];
        for (int c = 0; c * stride < state.Length; c++)
            state.Slice((c + 1) * stride - count, count).CopyTo(positions.AsSpan(c * count));
        return new CarriedTokens(dimension, count, positions, directions);
    }

    /// <summary>Positions [n·d], token after token, from the last n of all carried points.</summary>
    /// <param name="state">[Coordinates·stride] positions of nodes and tokens.</param>
    /// <param name="stride">Number of nodes and tokens.</param>
    public double[] Place(ReadOnlySpan<double> state, int stride)
    {
        var tokens = new double[Count * _dimension];
        for (int i = 0; i < Count; i++)
        {
            int at = stride - Count + i;
            Span<double> x = tokens.AsSpan(i * _dimension, _dimension);
            if (Directions.Length == 0)
            {
                for (int c = 0; c < _dimension; c++) x[c] = state[c * stride + at];
                continue;
            }
            for (int c = 0; c < _dimension - 1; c++) x[c] = state[at] * Directions[i * (_dimension - 1) + c];
            x[^1] = state[stride + at];
        }
        return tokens;
    }
}
