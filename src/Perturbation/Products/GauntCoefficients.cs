using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Perturbation;

/// <summary>G_ABC = ∫Y_A Y_B Y_C dσ of the real harmonics of the project, and the couplings of the quadratic flow that they give.</summary>
/// <remarks>
/// On the sphere with θ-parts I = (−1)^{m3} √((2ℓ1+1)(2ℓ2+1)(2ℓ3+1)) (ℓ1 ℓ2 ℓ3; 0 0 0)(ℓ1 ℓ2 ℓ3; m1 m2 −m3), m3 = m1 + m2 ≥ m1, m2 ≥ 0, times the
/// mean over φ of three of 1, √2 cos mφ, √2 sin mφ. Families of 3j symbols are kept (<see cref="Wigner3j"/>). One instance serves one thread at a time.
/// Series are not built from these sums but on grids, which is faster: they serve single couplings and as an independent route to order 2.
/// Source: THEORY 1.6.
/// </remarks>
public sealed class GauntCoefficients
{
    private readonly Dictionary<(int, int, int, int), double[]> _families = [];

    /// <summary>∫Y_A Y_B Y_C dσ on S².</summary>
    /// <param name="a">Degree and order of A, |order| ≤ degree; order &gt; 0 cosine, &lt; 0 sine.</param>
    /// <param name="b">Degree and order of B.</param>
    /// <param name="c">Degree and order of C.</param>
    /// <exception cref="ArgumentOutOfRangeException">An order exceeds its degree.</exception>
    public double Of((int Degree, int Order) a, (int Degree, int Order) b, (int Degree, int Order) c)
    {
        Span<(int Degree, int Order)> harmonics = [a, b, c];
        int sines = 0, sum = 0;
        foreach ((int degree, int order) in harmonics)
        {
            if (Math.Abs(order) > degree) throw new ArgumentOutOfRangeException(nameof(a), $"no harmonic of degree {degree} and order {order}");
            sines += order < 0 ? 1 : 0;
            sum += degree;
        }
        // the largest |order| last
        if (Math.Abs(harmonics[0].Order) > Math.Abs(harmonics[2].Order)) (harmonics[0], harmonics[2]) = (harmonics[2], harmonics[0]);
        if (Math.Abs(harmonics[1].Order) > Math.Abs(harmonics[2].Order)) (harmonics[1], harmonics[2]) = (harmonics[2], harmonics[1]);
        (int l1, int l2, int l3) = (harmonics[0].Degree, harmonics[1].Degree, harmonics[2].Degree);
        (int m1, int m2, int m3) = (Math.Abs(harmonics[0].Order), Math.Abs(harmonics[1].Order), Math.Abs(harmonics[2].Order));
        if (m3 != m1 + m2 || sines % 2 != 0 || sum % 2 != 0 || l1 > l2 + l3 || l2 > l1 + l3 || l3 > l1 + l2) return 0;
        double azimuth = m3 == 0 || m1 == 0 || m2 == 0 ? 1 : Math.Sqrt(0.5);
        if (sines == 2 && harmonics[2].Order > 0 && azimuth < 1) azimuth = -azimuth; // mean of sin m1φ sin m2φ cos m3φ = −1/4
        double root = Math.Sqrt((2.0 * l1 + 1) * (2.0 * l2 + 1) * (2.0 * l3 + 1));
        return ((m3 & 1) == 0 ? 1 : -1) * azimuth * root * Symbol(l1, l2, l3, 0, 0) * Symbol(l1, l2, l3, m2, -m3);
    }

    /// <summary>∫π_k π_l π_m dσ of zonal harmonics π_ℓ = √N(ℓ,d) P_ℓ(t) in any dimension, by exact quadrature; on the circle of √2 cos kθ.</summary>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="k">Degree ≥ 0.</param>
    /// <param name="l">Degree ≥ 0.</param>
    /// <param name="m">Degree ≥ 0.</param>
    public static double Zonal(int dimension, int k, int l, int m)
    {
        var transform = new ZonalTransform(dimension, Math.Max(k, Math.Max(l, m)), ZonalTransform.NodesForDegree(k + l + m));
        double[] product = transform.Weights.ToArray();
        var values = new double[transform.GridSize];
        foreach (int degree in new[] { k, l, m })
        {
            var unit = new double[transform.Basis.Count];
            unit[degree] = 1;
            transform.Synthesize(unit, values);
            TensorPrimitives.Multiply(product, values, product);
        }
        return TensorPrimitives.Sum<double>(product);
    }

    /// <summary>
    /// X of ȧ_A = … + Σ_BC X_ABC a_B a_C: ½ m_B (ℓ_A + ℓ_B − ℓ_C) G_ABC, less (β/2) m_B m_C ℓ_A G_ABC with softmax, where ℓ = degree·(degree + 1) (THEORY 1.6, exact to second order).
    /// </summary>
    /// <param name="attention">The model.</param>
    /// <param name="kernel">Its kernel for d = 3, up to the degrees of B and C.</param>
    /// <param name="a">Degree and order of A.</param>
    /// <param name="b">Degree and order of B.</param>
    /// <param name="c">Degree and order of C.</param>
    public double Coupling(Attention attention, AttentionKernel kernel, (int Degree, int Order) a, (int Degree, int Order) b, (int Degree, int Order) c)
    {
        double gaunt = Of(a, b, c);
        if (gaunt == 0) return 0;
        double first = kernel.Multiplier(attention.Normalization, b.Degree), second = kernel.Multiplier(attention.Normalization, c.Degree);
        double factor = 0.5 * first * (Eigenvalue(a) + Eigenvalue(b) - Eigenvalue(c));
        if (attention.Normalization == Normalization.Softmax) factor -= 0.5 * attention.Beta * first * second * Eigenvalue(a);
        return factor * gaunt;

        static double Eigenvalue((int Degree, int Order) harmonic) => HarmonicBasis.LaplaceEigenvalue(harmonic.Degree, 3);
    }

    private double Symbol(int l1, int l2, int l3, int m2, int m3)
    {
        if (!_families.TryGetValue((l2, l3, m2, m3), out double[]? family))
            _families.Add((l2, l3, m2, m3), family = Wigner3j.Family(l2, l3, m2, m3));
        int first = Math.Max(Math.Abs(l2 - l3), Math.Abs(m2 + m3));
        return family[l1 - first];
    }
}
