using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Perturbation;

/// <summary>
/// The unstable manifold of one eigenspace: the solutions a_A(t) = Σ_n C_A^(n) z^n, z = z_0 e^{γ_q t}, that leave the uniform state along an
/// element C^(1) of the harmonics of degree q.
/// </summary>
/// <remarks>
/// (nγ_q − γ_ℓ) C_A^(n) = N_A^(n)(C^(1), …, C^(n−1)), ℓ the degree of A, with <see cref="OrderFields"/>; THEORY 3.3 with c_k = (a(k,+1) − i a(k,−1))/√2 on the circle,
/// so that C^(1) = √2 at (q,+1) is THEORY's C_{±q}^(1) = 1.
/// </remarks>
public sealed class ManifoldSeries : PerturbationSeries
{
    private const double SmallestDivisor = 1e-9;

    private readonly double[][] _terms; // [n] all degrees of order n
    private readonly double[] _dropped;
    private readonly double[] _sizes;

    private ManifoldSeries(SeriesModel model, int order, int degree, double amplitude, double[][] terms, double[] dropped)
        : base(model, order)
    {
        Degree = degree;
        Rate = model.Rate(degree);
        InitialAmplitude = amplitude;
        _terms = terms;
        _dropped = dropped;
        _sizes = [.. terms.Skip(1).Select(term => TensorPrimitives.Norm<double>(term))];
        RadiusOfConvergence = ConvergenceRadius.Of(_sizes);
        ValidUntil = Math.Log(RadiusOfConvergence.Lower / Math.Abs(amplitude)) / Rate;
    }

    /// <summary>q.</summary>
    public int Degree { get; }

    /// <summary>γ_q &gt; 0.</summary>
    public double Rate { get; }

    /// <summary>z_0.</summary>
    public double InitialAmplitude { get; }

    /// <summary>Estimated radius of convergence in z, in L²(σ). A single degree may converge further: <see cref="RadiusOf"/>.</summary>
    public ConvergenceRadius RadiusOfConvergence { get; }

    /// <summary>log(R/z_0)/γ_q with the smaller end of R.</summary>
    public override double ValidUntil { get; }

    /// <summary>Expands the manifold along an element of an eigenspace.</summary>
    /// <param name="attention">The model.</param>
    /// <param name="basis">Harmonics and bandlimit L of the series.</param>
    /// <param name="element">[≤ Basis.Count, whole degrees] coefficients of C^(1), all of one degree q ≥ 1; degree 0 is ignored.</param>
    /// <param name="order">N, 1 … 64.</param>
    /// <param name="amplitude">z_0 ≠ 0, the expansion parameter at t = 0.</param>
    /// <exception cref="ArgumentException">The element is not of one degree, or γ_q ≤ 0: nothing leaves along it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">order outside 1 … 64, or amplitude not finite and nonzero.</exception>
    /// <exception cref="ResonanceException">nγ_q is a growth rate of a degree that one of the orders computed forces.</exception>
    public static ManifoldSeries Of(Attention attention, HarmonicBasis basis, ReadOnlySpan<double> element, int order, double amplitude = 1)
    {
        int orders = TermsFor(order);
        if (!double.IsFinite(amplitude) || amplitude == 0)
            throw new ArgumentOutOfRangeException(nameof(amplitude), amplitude, "z_0 must be finite and not 0");
        var data = new double[basis.Count];
        element.CopyTo(data);
        var selection = new SelectionRule(basis, data);
        if (!selection.Single) throw new ArgumentException("an element of one eigenspace has coefficients of exactly one degree", nameof(element));
        var model = new SeriesModel(attention, selection, basis, orders);
        double rate = model.Rate(selection.Degree);
        if (!(rate > 0)) throw new ArgumentException($"degree {selection.Degree} does not grow (γ = {rate:G6}): it has no unstable manifold", nameof(element));
        data[0] = 0;
        var terms = new double[orders + 1][];
        var dropped = new double[orders + 1];
        terms[0] = [];
        terms[1] = data[..model.CountOf(1)];
        var fields = new OrderFields(model);
        var forcing = new double[model.Transform.Basis.Count];
        for (int n = 2; n <= orders; n++)
        {
            fields.Include(n - 1, terms[n - 1]);
            fields.Force(n, forcing);
            dropped[n] = fields.Dropped(forcing, n * rate);
            terms[n] = new double[model.CountOf(n)];
            Divide(model, n, rate, forcing, terms[n]);
        }
        return new ManifoldSeries(model, order, selection.Degree, amplitude, terms, dropped);
    }

    /// <summary>C^(n): all degrees that order n has, in the order of the basis.</summary>
    /// <param name="order">1 … <see cref="PerturbationSeries.Terms"/>.</param>
    public ReadOnlySpan<double> Coefficients(int order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        return _terms[order];
    }

    /// <summary>Estimated radius of convergence in z of the coefficients of one degree.</summary>
    /// <param name="degree">1 … bandlimit.</param>
    public ConvergenceRadius RadiusOf(int degree)
    {
        var sizes = new double[Terms];
        for (int n = 1; n <= Terms; n++)
        {
            if (degree <= Model.DegreeOf(n)) sizes[n - 1] = TensorPrimitives.Norm<double>(_terms[n].AsSpan(Basis.Start(degree)..Basis.Start(degree + 1)));
        }
        return ConvergenceRadius.Of(sizes);
    }

    /// <inheritdoc/>
    public override double Amplitude(double time) => InitialAmplitude * Math.Exp(Rate * time);

    private protected override void Accumulate(int order, double time, Span<double> coefficients)
    {
        Span<double> target = coefficients[.._terms[order].Length];
        TensorPrimitives.MultiplyAdd(_terms[order], Power(order, time), target, target);
    }

    private protected override void Sizes(double time, Span<double> sizes) => _sizes.CopyTo(sizes);

    private protected override double Dropped(int order, double time) => _dropped[order];

    private static void Divide(SeriesModel model, int n, double rate, ReadOnlySpan<double> forcing, Span<double> term)
    {
        for (int degree = 1; degree <= model.DegreeOf(n); degree++)
        {
            if (!model.Selection.Allows(n, degree)) continue;
            double divisor = n * rate - model.Rate(degree);
            Range range = model.Basis.Start(degree)..model.Basis.Start(degree + 1);
            if (Math.Abs(divisor) < SmallestDivisor * n * rate && TensorPrimitives.MaxMagnitude(forcing[range]) > 0)
                throw new ResonanceException(n, degree, divisor / (n * rate));
            TensorPrimitives.Divide(forcing[range], divisor, term[range]);
        }
    }
}
