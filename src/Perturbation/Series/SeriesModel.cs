using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Perturbation;

/// <summary>What all orders of an expansion share: the model, its rates and multipliers, and a grid on which every product is exact.</summary>
/// <remarks>
/// Order n has degree ≤ nK, K the degree of the data, and is kept up to the bandlimit L. Its forcing is analyzed up to
/// min(M·K, L + L_Φ), so that what the bandlimit drops can be measured. The quadrature integrates all products exactly: flux
/// G∇Ψ of degree ≤ min(M·K, L + L_Φ) without normalization, ≤ min(M·K, L + (M−1)L_Φ) with softmax, where G holds up to M−1 potentials.
/// </remarks>
internal sealed class SeriesModel
{
    private const double PotentialTolerance = 1e-18;

    private readonly double[] _rates;
    private readonly double[] _multipliers;

    /// <summary>Prepares the expansion of given data.</summary>
    /// <param name="attention">The model.</param>
    /// <param name="selection">Degrees of the data.</param>
    /// <param name="basis">Degrees kept.</param>
    /// <param name="orders">M, how many orders are computed.</param>
    public SeriesModel(Attention attention, SelectionRule selection, HarmonicBasis basis, int orders)
    {
        Attention = attention;
        Selection = selection;
        Basis = basis;
        Orders = orders;
        (AttentionKernel kernel, PotentialBandlimit, int work, int quadrature) = Extent(attention, basis, selection.Degree, orders);
        Transform = HarmonicTransform.Create(basis.Dimension, work, quadrature);
        _multipliers = new double[work + 1];
        for (int degree = 1; degree <= work; degree++) _multipliers[degree] = kernel.Multiplier(attention.Normalization, degree);
        _rates = Rates(attention, kernel, work);
        (SlowestRate, FastestRate) = (TensorPrimitives.Min<double>(_rates.AsSpan(1)), TensorPrimitives.Max<double>(_rates.AsSpan(1)));
    }

    /// <summary>The model.</summary>
    public Attention Attention { get; }

    /// <summary>Degrees that an order may contain.</summary>
    public SelectionRule Selection { get; }

    /// <summary>Harmonics kept: degrees ≤ L.</summary>
    public HarmonicBasis Basis { get; }

    /// <summary>M.</summary>
    public int Orders { get; }

    /// <summary>Transforms of all degrees in which a forcing is analyzed; its grid integrates every product exactly.</summary>
    public HarmonicTransform Transform { get; }

    /// <summary>Largest degree L_Φ of a potential that is not below rounding, at most L.</summary>
    public int PotentialBandlimit { get; }

    /// <summary>max γ_ℓ over the degrees analyzed.</summary>
    public double FastestRate { get; }

    /// <summary>min γ_ℓ over the degrees analyzed.</summary>
    public double SlowestRate { get; }

    /// <summary>Memory that the fields of all orders at one instant take (<see cref="OrderFields"/>), in bytes.</summary>
    /// <param name="attention">The model.</param>
    /// <param name="basis">Degrees kept.</param>
    /// <param name="degree">K.</param>
    /// <param name="orders">M.</param>
    public static long FieldBytes(Attention attention, HarmonicBasis basis, int degree, int orders)
    {
        int fields = (basis.Dimension == 3 ? 3 : 2) + (attention.Normalization == Normalization.Softmax ? 1 : 0);
        return sizeof(double) * HarmonicTransform.GridPoints(basis.Dimension, Extent(attention, basis, degree, orders).Quadrature) * fields * (orders - 1);
    }

    /// <summary>Memory that the coefficients of all orders at one instant take, in bytes.</summary>
    /// <param name="basis">Degrees kept.</param>
    /// <param name="degree">K.</param>
    /// <param name="orders">M.</param>
    public static long CoefficientBytes(HarmonicBasis basis, int degree, int orders)
    {
        long count = 0;
        for (int order = 1; order <= orders; order++) count += basis.Start((int)Math.Min((long)order * degree, basis.Bandlimit) + 1);
        return sizeof(double) * count;
    }

    /// <summary>max(0, max γ_ℓ) − min(0, min γ_ℓ) over the degrees analyzed: how fast the slowest falls behind the fastest.</summary>
    /// <param name="attention">The model.</param>
    /// <param name="basis">Degrees kept.</param>
    /// <param name="degree">K.</param>
    /// <param name="orders">M.</param>
    public static double RateSpread(Attention attention, HarmonicBasis basis, int degree, int orders)
    {
        (AttentionKernel kernel, _, int work, _) = Extent(attention, basis, degree, orders);
        double[] rates = Rates(attention, kernel, work); // the entry of degree 0 is 0
        return TensorPrimitives.Max<double>(rates) - TensorPrimitives.Min<double>(rates);
    }

    /// <summary>Whether the grid on which every product is exact exists (<see cref="ZonalTransform.LargestGrid"/>).</summary>
    /// <param name="attention">The model.</param>
    /// <param name="basis">Degrees kept.</param>
    /// <param name="degree">K.</param>
    /// <param name="orders">M.</param>
    public static bool Fits(Attention attention, HarmonicBasis basis, int degree, int orders) =>
        basis.Dimension <= 3
        || ZonalTransform.NodesForDegree(Extent(attention, basis, degree, orders).Quadrature) <= ZonalTransform.LargestGrid(basis.Dimension);

    /// <summary>γ_ℓ, 1 ≤ ℓ ≤ bandlimit of <see cref="Transform"/>.</summary>
    public double Rate(int degree) => _rates[degree];

    /// <summary>m_ℓ of Ψ = Σ m_ℓ a Y.</summary>
    public double Multiplier(int degree) => _multipliers[degree];

    /// <summary>Largest degree that is kept of an order.</summary>
    public int DegreeOf(int order) => (int)Math.Min((long)order * Selection.Degree, Basis.Bandlimit);

    /// <summary>How many coefficients are kept of an order.</summary>
    public int CountOf(int order) => Basis.Start(DegreeOf(order) + 1);

    // γ_ℓ, ℓ ≤ work
    private static double[] Rates(Attention attention, AttentionKernel kernel, int work) =>
        [0, .. Enumerable.Range(1, work).Select(degree => attention.GrowthRate(kernel, degree))];

    private static (AttentionKernel Kernel, int Potential, int Work, int Quadrature) Extent(Attention attention, HarmonicBasis basis, int degree, int orders)
    {
        int reach = (int)Math.Min((long)orders * degree, HarmonicTransform.LargestBandlimit(basis.Dimension));
        var kernel = new AttentionKernel(basis.Dimension, attention.Beta, reach);
        int potential = Math.Min(kernel.Bandlimit(PotentialTolerance), basis.Bandlimit);
        int work = Math.Min(reach, basis.Bandlimit + potential);
        bool softmax = attention.Normalization == Normalization.Softmax && attention.Beta != 0;
        int flux = Math.Min(orders * degree, basis.Bandlimit + potential * (softmax ? orders - 1 : 1));
        return (kernel, potential, work, Math.Max(flux, work) + work);
    }
}
