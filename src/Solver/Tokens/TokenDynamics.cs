namespace Meanfield.Solver;

/// <summary>The equation that tokens obey without noise: their force, slowed as layer normalization says.</summary>
/// <remarks>
/// The state is [rows·N]: the d coordinates, then (Pre, Mix, Peri) the sizes r_i. ẋ_i = P_{x_i}A_i/s_i, ṙ_i as in <see cref="NormPlacement"/>.
/// Source: THEORY 6.10.
/// </remarks>
public sealed class TokenDynamics
{
    private readonly bool _needsOutput;

    /// <summary>Joins a force and a normalization.</summary>
    /// <exception cref="ArgumentException">The placement needs the attention output, which the force does not have.</exception>
    public TokenDynamics(TokenForce force, NormSettings norm)
    {
        if (norm.NeedsOutput && !force.HasOutput)
            throw new ArgumentException($"normalization {norm.Placement} needs the attention output itself: take direct sums, not {force.Description}", nameof(force));
        Force = force;
        Norm = norm;
        _needsOutput = norm.NeedsOutput;
    }

    /// <summary>The force.</summary>
    public TokenForce Force { get; }

    /// <summary>Layer normalization.</summary>
    public NormSettings Norm { get; }

    /// <summary>Numbers per token: d, and one more where sizes belong to the state.</summary>
    public int Rows => Force.Model.Dimension + (Norm.HasSizes ? 1 : 0);

    /// <summary>Numbers in a state.</summary>
    public int Length => Rows * Force.Count;

    /// <summary>Mix has passed its switch.</summary>
    public bool Switched { get; set; }

    /// <summary>The state of tokens at the start: positions, sizes <see cref="NormSettings.InitialSize"/>.</summary>
    public double[] Start(ReadOnlySpan<double> positions)
    {
        var state = new double[Length];
        positions.CopyTo(state);
        state.AsSpan(positions.Length).Fill(Norm.InitialSize);
        return state;
    }

    /// <summary>The positions [d·N] in a state.</summary>
    public ReadOnlySpan<double> Positions(ReadOnlySpan<double> state) => state[..(Force.Model.Dimension * Force.Count)];

    /// <summary>The cloud of tokens and masses in a state.</summary>
    public Cloud Cloud(ReadOnlySpan<double> state) => new(Force.Model.Dimension, Positions(state), Force.Model.Weights);

    /// <summary>d/dt of a state.</summary>
    /// <param name="time">t.</param>
    /// <param name="state">[<see cref="Length"/>], positions of unit length.</param>
    /// <param name="slope">[<see cref="Length"/>] receives the derivative.</param>
    public void Evaluate(double time, ReadOnlySpan<double> state, Span<double> slope)
    {
        int count = Force.Count, coordinates = Force.Model.Dimension * count;
        ReadOnlySpan<double> x = state[..coordinates];
        Span<double> v = slope[..coordinates];
        if (!_needsOutput)
        {
            Force.Velocity(x, v);
            if (Norm.Placement == NormPlacement.Cod) Scale(v, 1 / Math.Sqrt(time + 1));
            return;
        }
        Force.Attend(x, v);
        for (int i = 0; i < count; i++)
        {
            double along = 0, square = 0;
            for (int at = i; at < coordinates; at += count)
            {
                along = Math.FusedMultiplyAdd(x[at], v[at], along);
                square = Math.FusedMultiplyAdd(v[at], v[at], square);
            }
            double size = Norm.HasSizes ? state[coordinates + i] : 1, output = Math.Sqrt(square);
            double growth = 0, slowness = 1; // ṙ and s
            switch (Norm.Placement)
            {
                case NormPlacement.Pre:
                case NormPlacement.Mix when Switched:
                    (growth, slowness) = (along, size);
                    break;
                case NormPlacement.Peri:
                    (growth, slowness) = (along / output, size * output);
                    break;
                case NormPlacement.Ngpt:
                    slowness = output / Norm.Rate;
                    break;
            }
            if (Norm.HasSizes) slope[coordinates + i] = growth;
            for (int at = i; at < coordinates; at += count) v[at] = Math.FusedMultiplyAdd(-along, x[at], v[at]) / slowness;
        }
    }

    private static void Scale(Span<double> values, double factor)
    {
        for (int i = 0; i < values.Length; i++) values[i] *= factor;
    }
}
