namespace Meanfield.Spectral;

/// <summary>P_ℓm/sin θ for m ≥ 1 and P_ℓ0 along a meridian, in twice the usual precision: used once, to set up local expansions.</summary>
/// <remarks>
/// ε_ℓ P_ℓ = cos θ P_{ℓ−1} − ε_{ℓ−1} P_{ℓ−2}, ε_ℓm = √((ℓ²−m²)/(4ℓ²−1)). In double the rounding of cos θ alone would cost ℓ² units
/// near a pole, and the derivative of an interpolant magnifies what differs from node to node.
/// </remarks>
internal sealed class MeridianFunctions
{
    private readonly DoubleDouble[] _epsilon; // of pairs ordered by m, then ℓ
    private readonly double[] _values;

    /// <summary>Functions up to a bandlimit.</summary>
    public MeridianFunctions(int bandlimit)
    {
        Bandlimit = bandlimit;
        _values = new double[(bandlimit + 1) * (bandlimit + 2) / 2];
        _epsilon = new DoubleDouble[_values.Length];
        for (int m = 0; m <= bandlimit; m++)
        {
            for (int l = m + 1; l <= bandlimit; l++)
            {
                DoubleDouble ratio = (DoubleDouble)((double)(l - m) * (l + m)) / (DoubleDouble)((2.0 * l - 1) * (2.0 * l + 1));
                _epsilon[SphereBand.Pair(l, m, bandlimit)] = ratio.SquareRoot();
            }
        }
    }

    /// <summary>L.</summary>
    public int Bandlimit { get; }

    /// <summary>The functions at θ = θ_b + arcsin s.</summary>
    /// <param name="sineCentre">sin θ_b, θ_b ≤ π/2.</param>
    /// <param name="s">s.</param>
    /// <param name="sine">Receives sin θ; negative beyond the pole.</param>
    /// <returns>[pair] values, by m, then ℓ, valid until the next call.</returns>
    public ReadOnlySpan<double> Evaluate(double sineCentre, double s, out double sine)
    {
        DoubleDouble one = 1, cosineCentre = (one - (DoubleDouble)sineCentre * sineCentre).SquareRoot();
        DoubleDouble c = (one - (DoubleDouble)s * s).SquareRoot();
        DoubleDouble height = cosineCentre * c - (DoubleDouble)sineCentre * s, width = cosineCentre * s + c * sineCentre;
        sine = (double)width;
        DoubleDouble sectoral = 1;
        for (int m = 0; m <= Bandlimit; m++)
        {
            if (m > 0)
                sectoral *= (m == 1 ? one : width) * ((DoubleDouble)(2.0 * m + 1) / (m == 1 ? 1 : 2.0 * m)).SquareRoot();
            DoubleDouble below = 0, value = sectoral, epsilonBelow = 0;
            for (int l = m; ; l++)
            {
                _values[SphereBand.Pair(l, m, Bandlimit)] = (double)value;
                if (l == Bandlimit)
                    break;
                DoubleDouble epsilon = _epsilon[SphereBand.Pair(l + 1, m, Bandlimit)];
                DoubleDouble next = (height * value - epsilonBelow * below) / epsilon;
                (below, value, epsilonBelow) = (value, next, epsilon);
            }
        }
        return _values;
    }
}
