using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>Adaptive steps of order 8 for tokens on the sphere.</summary>
/// <remarks>
/// The field is extended to R^d by v(x/|x|), whose flow keeps |x|: <see cref="DormandPrinceEight"/> integrates it, every stage and every new state
/// is brought back to unit length, and the order stays 8. The error of a step is relative to the motion that is left:
/// (Σ w_i |e_i|² / (σ + δ)² + Σ w_i (e_i^r/r_i)²)^½, σ² = Σ w_i |x_i − m|² the variance of the cloud, δ the rounding floor 1e−15/tolerance,
/// so a cloud is followed into its Dirac, with steps of the size of the contraction rate, until rounding of the positions ends it.
/// Tokens are worked on in blocks of 1024 by a team of threads; no bits depend on it. A step allocates nothing.
/// </remarks>
public sealed class TokenStepper
{
    private const int Block = 1024;
    private const int SmallestForThreads = 1 << 16; // numbers in a state

    /// <summary>Rounding of a position: below it, over the tolerance, a cloud's spread does not count.</summary>
    public const double RoundingFloor = 1e-15;

    private readonly TokenDynamics _dynamics;
    private readonly double[][] _slopes = new double[DormandPrinceEight.Stages][];
    private readonly double[] _stage;
    private readonly double[] _squares; // per block: fifth and third of the positions, fifth and third of the sizes
    private readonly CloudMean _spread;
    private readonly WorkerTeam _team;
    private readonly Action<int> _combine;
    private readonly Action<int> _compare;
    private readonly int _blocks;
    private readonly double _floor;
    private double[] _state;
    private double[] _candidate;
    private double[] _target = [];
    private double _step;
    private double _candidateTime;
    private int _row;
    private int _next;

    /// <summary>Starts at a state; evaluates its slope.</summary>
    /// <param name="dynamics">The equation.</param>
    /// <param name="time">t.</param>
    /// <param name="state">[<see cref="TokenDynamics.Length"/>].</param>
    /// <param name="tolerance">Largest accepted error per step.</param>
    public TokenStepper(TokenDynamics dynamics, double time, ReadOnlySpan<double> state, double tolerance)
    {
        _dynamics = dynamics;
        for (int i = 0; i < _slopes.Length; i++) _slopes[i] = new double[dynamics.Length];
        _state = state.ToArray();
        _candidate = new double[dynamics.Length];
        _stage = new double[dynamics.Length];
        _spread = new CloudMean(dynamics.Force.Model.Dimension);
        _blocks = (dynamics.Force.Count + Block - 1) / Block;
        _squares = new double[4 * _blocks];
        _floor = RoundingFloor / tolerance;
        _team = WorkerTeam.Of(dynamics.Length < SmallestForThreads ? 1 : ThreadCount.For(ThreadCount.SmallestBandlimit));
        _combine = CombineBlocks;
        _compare = CompareBlocks;
        Restart(time);
    }

    /// <summary>The last accepted state.</summary>
    public ReadOnlySpan<double> State => _state;

    /// <summary>d/dt at <see cref="State"/>.</summary>
    public ReadOnlySpan<double> Slope => _slopes[0];

    /// <summary>The time at which <see cref="Slope"/> was evaluated: that of the state, up to the rounding of t + h.</summary>
    public double SlopeTime { get; private set; }

    /// <summary>Forces evaluated so far.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Numbers that a stepper holds per number of the state: slopes, states, stage.</summary>
    public static int Vectors => DormandPrinceEight.Stages + 3;

    /// <summary>Evaluates the slope anew, as at the start or where the equation changes.</summary>
    public void Restart(double time)
    {
        _dynamics.Evaluate(time, _state, _slopes[0]);
        SlopeTime = time;
        Evaluations++;
    }

    /// <summary>A first step to try: a hundredth of the time in which the cloud would cross its own spread.</summary>
    public double FirstStep(double longest)
    {
        _spread.Measure(_dynamics.Cloud(_state));
        double speed = 0;
        foreach (double v in _dynamics.Positions(_slopes[0])) speed += v * v;
        speed = Math.Sqrt(speed / _dynamics.Force.Count);
        double step = 0.01 * Math.Sqrt(_spread.Variance) / speed;
        return step > 0 && step < longest ? step : longest; // NaN: nothing moves
    }

    /// <summary>Tries a step from <see cref="State"/>.</summary>
    /// <returns>The error as the remarks say; NaN if the state is no longer finite.</returns>
    public double TryStep(double time, double step)
    {
        _step = step;
        for (int stage = 1; stage < DormandPrinceEight.Stages; stage++)
        {
            _row = stage;
            _target = stage == DormandPrinceEight.Stages - 1 ? _candidate : _stage;
            Spread(_combine);
            _candidateTime = time + DormandPrinceEight.Node(stage) * step;
            _dynamics.Evaluate(_candidateTime, _target, _slopes[stage]);
            Evaluations++;
        }
        Spread(_compare);
        double fifth = 0, third = 0, sizeFifth = 0, sizeThird = 0;
        for (int i = 0; i < _squares.Length; i += 4)
        {
            (fifth, third) = (fifth + _squares[i], third + _squares[i + 1]);
            (sizeFifth, sizeThird) = (sizeFifth + _squares[i + 2], sizeThird + _squares[i + 3]);
        }
        _spread.Measure(_dynamics.Cloud(_candidate));
        double scale = Math.Sqrt(_spread.Variance) + _floor;
        return DormandPrinceEight.Estimate(fifth / (scale * scale) + sizeFifth, third / (scale * scale) + sizeThird);
    }

    /// <summary>Makes the step tried last the state.</summary>
    public void Accept()
    {
        (_state, _candidate) = (_candidate, _state);
        (_slopes[0], _slopes[^1]) = (_slopes[^1], _slopes[0]);
        SlopeTime = _candidateTime;
    }

    private void Spread(Action<int> work)
    {
        _next = 0;
        _team.Run(work);
    }

    private void CombineBlocks(int member)
    {
        for (int block; (block = Interlocked.Increment(ref _next) - 1) < _blocks;) Combine(block * Block, Math.Min(Block, _dynamics.Force.Count - block * Block));
    }

    private void CompareBlocks(int member)
    {
        for (int block; (block = Interlocked.Increment(ref _next) - 1) < _blocks;)
            Compare(block * Block, Math.Min(Block, _dynamics.Force.Count - block * Block), _squares.AsSpan(4 * block, 4));
    }

    // target = x + h Σ a_ij k_j on a block of tokens, positions made unit vectors
    private void Combine(int first, int length)
    {
        int count = _dynamics.Force.Count, d = _dynamics.Force.Model.Dimension;
        ReadOnlySpan<double> weights = DormandPrinceEight.Row(_row);
        Span<double> norms = stackalloc double[Block];
        norms = norms[..length];
        norms.Clear();
        for (int row = 0; row < _dynamics.Rows; row++)
        {
            int at = row * count + first;
            Span<double> target = _target.AsSpan(at, length);
            _state.AsSpan(at, length).CopyTo(target);
            for (int j = 0; j < weights.Length; j++)
                if (weights[j] != 0) TensorPrimitives.MultiplyAdd(_slopes[j].AsSpan(at, length), _step * weights[j], target, target);
            if (row < d) TensorPrimitives.MultiplyAdd<double>(target, target, norms, norms);
        }
        TensorPrimitives.Sqrt<double>(norms, norms);
        for (int row = 0; row < d; row++)
        {
            Span<double> target = _target.AsSpan(row * count + first, length);
            TensorPrimitives.Divide<double>(target, norms, target);
        }
    }

    private void Compare(int first, int length, Span<double> squares)
    {
        int count = _dynamics.Force.Count, d = _dynamics.Force.Model.Dimension;
        Span<double> buffer = stackalloc double[Block];
        Span<double> error = buffer[..length];
        squares.Clear();
        for (int row = 0; row < _dynamics.Rows; row++)
        {
            int at = row * count + first;
            for (int order = 0; order < 2; order++)
            {
                ReadOnlySpan<double> weights = order == 0 ? DormandPrinceEight.Fifth : DormandPrinceEight.Third;
                error.Clear();
                for (int j = 0; j < weights.Length; j++)
                    if (weights[j] != 0) TensorPrimitives.MultiplyAdd(_slopes[j].AsSpan(at, length), _step * weights[j], error, error);
                if (row >= d) TensorPrimitives.Divide(error, _candidate.AsSpan(at, length), error);
                squares[(row < d ? 0 : 2) + order] += WeightedSquare(error, first);
            }
        }
    }

    private double WeightedSquare(Span<double> error, int first)
    {
        if (_dynamics.Force.Model.Weights is not { } weights) return TensorPrimitives.SumOfSquares<double>(error) / _dynamics.Force.Count;
        TensorPrimitives.Multiply<double>(error, error, error);
        return TensorPrimitives.Dot<double>(error, weights.AsSpan(first, error.Length));
    }
}
