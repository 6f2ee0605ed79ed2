namespace Meanfield.IO;

/// <summary>The state at time 0: one of the records below.</summary>
public abstract record InitialState
{
    private protected InitialState()
    {
    }
}

/// <summary>The uniform density 1.</summary>
public sealed record UniformInitial : InitialState;

/// <summary>The density 1 + Σ amplitude·Y over a few harmonics.</summary>
/// <param name="Modes">At least one; repeated modes add up.</param>
public sealed record ModesInitial(ValueList<Mode> Modes) : InitialState;

/// <summary>One harmonic of an initial density, in the convention of the result files.</summary>
/// <param name="Degree">Degree ℓ ≥ 1.</param>
/// <param name="Order">Dimension 2: +1 cosine or −1 sine; dimension 3: −ℓ … ℓ; higher: 0.</param>
/// <param name="Amplitude">Coefficient of the orthonormal harmonic.</param>
public sealed record Mode(int Degree, int Order, double Amplitude);

/// <summary>A mixture of von Mises–Fisher densities.</summary>
/// <param name="Components">At least one.</param>
public sealed record VonMisesFisherInitial(ValueList<VonMisesFisher> Components) : InitialState;

/// <summary>One component proportional to exp(concentration · mean·x).</summary>
/// <param name="Mean">Unit vector of length d.</param>
/// <param name="Concentration">At least 0.</param>
/// <param name="Weight">Greater than 0; weights are relative to their sum.</param>
public sealed record VonMisesFisher(ValueList<double> Mean, double Concentration, double Weight = 1);

/// <summary>The hyperbolic-Poisson density ((1−r²)/(1−2r axis·x+r²))^(d−1).</summary>
/// <param name="Radius">r in [0, 1).</param>
/// <param name="Axis">Unit vector of length d.</param>
public sealed record PoissonInitial(double Radius, ValueList<double> Axis) : InitialState;

/// <summary>The empirical measure of independent tokens, whatever the scheme.</summary>
public sealed record TokensInitial : InitialState
{
    /// <summary>How many tokens, at least 1.</summary>
    public int Count { get; init; } = 10000;

    /// <summary>The law they are drawn from.</summary>
    public TokenLaw Law { get; init; } = TokenLaw.Uniform;

    /// <summary>Law equiangular: cosine of the angle between any two tokens, −1/(count − 1) … 1.</summary>
    public double Cosine { get; init; }

    /// <summary>Seed of the draw.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Largest degree that a scheme needing a density keeps, at least 1; null (auto): from the growth rates.</summary>
    public int? Degree { get; init; }
}

/// <summary>The law of initial tokens.</summary>
public enum TokenLaw
{
    /// <summary>Uniform on the sphere.</summary>
    Uniform,

    /// <summary>Every two tokens at the same angle.</summary>
    Equiangular,
}

/// <summary>Token positions [N, d] (.npy or .h5), or the coefficients of an earlier result.h5.</summary>
/// <param name="Path">As written in the case; <see cref="Case.Resolve"/> gives the full path.</param>
public sealed record FileInitial(string Path) : InitialState;
