namespace Meanfield.Spectral;

/// <summary>
/// Real harmonics on S^(d−1) up to a bandlimit, orthonormal in L²(σ) for the normalized uniform measure σ, so Y₀ = 1.
/// </summary>
/// <remarks>
/// Coefficients are stored by rising degree, so the coefficients of degree ≤ K are a prefix of every longer array:
/// <list type="bullet">
///   <item>d = 2 (circle): 1, then √2 cos kθ (order +1) at 2k − 1 and √2 sin kθ (order −1) at 2k;</item>
///   <item>d = 3 (sphere): 4π-normalized Y_ℓm without Condon–Shortley phase, m &gt; 0 cosine, m &lt; 0 sine, at ℓ² + ℓ + m;</item>
///   <item>d ≥ 4 (zonal about the last axis): √N(ℓ,d) P_ℓ(t) with P_ℓ(1) = 1 and t = x_d, order 0, at ℓ.</item>
/// </list>
/// </remarks>
public sealed record HarmonicBasis
{
    /// <summary>Creates the basis of degrees 0 … <paramref name="bandlimit"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">dimension &lt; 2 or bandlimit &lt; 0.</exception>
    public HarmonicBasis(int dimension, int bandlimit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(bandlimit);
        Dimension = dimension;
        Bandlimit = bandlimit;
    }

    /// <summary>Ambient dimension d: the tokens live on S^(d−1).</summary>
    public int Dimension { get; }

    /// <summary>Largest degree L.</summary>
    public int Bandlimit { get; }

    /// <summary>Number of coefficients: 2L + 1 on the circle, (L + 1)² on the sphere, L + 1 zonal.</summary>
    public int Count => Start(Bandlimit + 1);

    /// <summary>Index of the first coefficient of a degree; equally the number of coefficients of lower degree.</summary>
    public int Start(int degree) => Dimension switch
    {
        2 => degree == 0 ? 0 : 2 * degree - 1,
        3 => degree * degree,
        _ => degree,
    };

    /// <summary>Index of the harmonic of given degree and order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The basis has no such harmonic.</exception>
    public int IndexOf(int degree, int order)
    {
        if (degree < 0 || degree > Bandlimit || !HasOrder(degree, order))
            throw new ArgumentOutOfRangeException(nameof(order), $"no harmonic of degree {degree} and order {order} in {this}");
        return Dimension switch
        {
            2 => degree == 0 ? 0 : order > 0 ? 2 * degree - 1 : 2 * degree,
            3 => degree * degree + degree + order,
            _ => degree,
        };
    }

    /// <summary>Whether a harmonic of this degree has this order.</summary>
    public bool HasOrder(int degree, int order) => Dimension switch
    {
        2 => degree == 0 ? order == 0 : Math.Abs(order) == 1,
        3 => Math.Abs(order) <= degree,
        _ => order == 0,
    };

    /// <summary>Degree of the coefficient at an index.</summary>
    public int DegreeOf(int index) => Dimension switch
    {
        2 => (index + 1) / 2,
        3 => (int)Math.Sqrt(index),
        _ => index,
    };

    /// <summary>Order of the coefficient at an index.</summary>
    public int OrderOf(int index)
    {
        int degree = DegreeOf(index);
        return Dimension switch
        {
            2 => degree == 0 ? 0 : index == 2 * degree - 1 ? 1 : -1,
            3 => index - degree * degree - degree,
            _ => 0,
        };
    }

    /// <summary>Eigenvalue ℓ(ℓ + d − 2) of −Δ on harmonics of degree ℓ.</summary>
    public double LaplaceEigenvalue(int degree) => LaplaceEigenvalue(degree, Dimension);

    /// <summary>Eigenvalue ℓ(ℓ + d − 2) of −Δ on harmonics of degree ℓ in dimension d.</summary>
    public static double LaplaceEigenvalue(int degree, int dimension) => (double)degree * (degree + dimension - 2);

    /// <summary>The same domain with another bandlimit.</summary>
    public HarmonicBasis WithBandlimit(int bandlimit) => new(Dimension, bandlimit);

    /// <inheritdoc/>
    public override string ToString() => $"harmonics of degree ≤ {Bandlimit} on S^{Dimension - 1}";
}
