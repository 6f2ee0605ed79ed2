using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>One step of Brownian motion with generator κΔ on the sphere, for every token: a geodesic in a random direction.</summary>
/// <remarks>
/// <code>
///   x ← cos R · x + sin R · ξ/|ξ|,   R = √(2κh (1 − (d−2)κh/3)) |ξ|,   ξ = P_x g,  g standard normal in R^d
/// </code>
/// E Y_ℓ(x) is multiplied by e^{−ℓ(ℓ+d−2)κh} + O(h³) for every degree ℓ, exactly for d = 2, so the step has weak order 2.
/// Token i of substep n draws the numbers of the stream from (nN + i)·b on, b = 2⌈d/2⌉: no order of work matters.
/// </remarks>
public sealed class BrownianStep
{
    /// <summary>Where the noise begins in the stream of a seed, far from what drew the initial tokens.</summary>
    public const ulong Origin = 1UL << 62;

    private const int Block = 1024;
    private const int SmallestForThreads = 1 << 13; // tokens

    private readonly int _dimension;
    private readonly int _count;
    private readonly ulong _budget;
    private readonly RandomNumbers[] _random;
    private readonly double[][] _tangents;
    private readonly WorkerTeam _team;
    private readonly Action<int> _move;
    private double[] _positions = [];
    private ulong _substep;
    private double _spread; // √(2κh (1 − (d−2)κh/3))
    private int _next;

    /// <summary>Prepares for N tokens.</summary>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="count">N.</param>
    /// <param name="seed">Seed of the noise.</param>
    /// <param name="threads">Threads; 0 for <see cref="ThreadCount"/>'s.</param>
    public BrownianStep(int dimension, int count, ulong seed, int threads = 0)
    {
        (_dimension, _count) = (dimension, count);
        _budget = (ulong)(dimension + 1) / 2 * 2;
        int members = threads > 0 ? threads : count < SmallestForThreads ? 1 : ThreadCount.For(ThreadCount.SmallestBandlimit);
        _random = new RandomNumbers[members];
        _tangents = new double[members][];
        for (int i = 0; i < members; i++) (_random[i], _tangents[i]) = (new RandomNumbers(seed), new double[dimension + 1]);
        _team = WorkerTeam.Of(members);
        _move = MoveBlocks;
    }

    /// <summary>Largest κh for which the step makes sense: (d−2)κh ≤ ½.</summary>
    public static double LargestSpread(int dimension) => 0.5 / Math.Max(1, dimension - 2);

    /// <summary>Moves every token.</summary>
    /// <param name="positions">[d·N] unit vectors, coordinate after coordinate.</param>
    /// <param name="spread">κh.</param>
    /// <param name="substep">Number n of this step in the run.</param>
    /// <exception cref="ArgumentOutOfRangeException">κh negative or above <see cref="LargestSpread"/>.</exception>
    public void Move(double[] positions, double spread, ulong substep)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(spread);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(spread, LargestSpread(_dimension) * (1 + 1e-12));
        (_positions, _substep, _next) = (positions, substep, 0);
        _spread = Math.Sqrt(2 * spread * (1 - (_dimension - 2) * spread / 3));
        _team.Run(_move);
    }

    private void MoveBlocks(int member)
    {
        for (int block; (block = Interlocked.Increment(ref _next) - 1) * (long)Block < _count;)
        {
            int first = block * Block;
            _random[member].Seek(Origin + (_substep * (ulong)_count + (ulong)first) * _budget);
            for (int i = first; i < Math.Min(_count, first + Block); i++) Move(i, _random[member], _tangents[member]);
        }
    }

    private void Move(int i, RandomNumbers random, double[] tangent)
    {
        for (int k = 0; k < _dimension; k += 2) (tangent[k], tangent[k + 1]) = random.NextNormals();
        double along = 0, square = 0, norm = 0;
        for (int k = 0; k < _dimension; k++) along += tangent[k] * _positions[k * _count + i];
        for (int k = 0; k < _dimension; k++)
        {
            tangent[k] -= along * _positions[k * _count + i];
            square += tangent[k] * tangent[k];
        }
        double length = Math.Sqrt(square);
        if (length == 0) return;
        (double sine, double cosine) = Math.SinCos(_spread * length);
        for (int k = 0; k < _dimension; k++)
        {
            ref double x = ref _positions[k * _count + i];
            x = cosine * x + sine / length * tangent[k];
            norm += x * x;
        }
        norm = 1 / Math.Sqrt(norm);
        for (int k = 0; k < _dimension; k++) _positions[k * _count + i] *= norm;
    }
}
