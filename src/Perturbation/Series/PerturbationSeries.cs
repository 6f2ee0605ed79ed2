using Meanfield.Spectral;

namespace Meanfield.Perturbation;

/// <summary>Grenier's expansion of the flow about the uniform state: ρ = 1 + Σ_n z^n Σ_A b_A^(n) Y_A, z = s e^{σt}.</summary>
/// <remarks>
/// Two kinds: <see cref="ManifoldSeries"/> (the unstable manifold of one eigenspace, b constant in time, σ = γ_q) and
/// <see cref="InitialValueSeries"/> (any small data, b from Duhamel's formula). Terms are scaled so that nothing overflows however many
/// orders there are. A series is evaluated only where its estimated radius of convergence says it converges in L²(σ): beyond
/// <see cref="ValidUntil"/> evaluation throws. Source: THEORY 3.3. One instance serves one thread at a time.
/// </remarks>
public abstract class PerturbationSeries
{
    /// <summary>Largest order.</summary>
    public const int LargestOrder = 64;

    private const int FewestTerms = 8; // so many orders are computed at least, to judge convergence

    private readonly double[] _sizes;

    private protected PerturbationSeries(SeriesModel model, int order)
    {
        Model = model;
        Order = order;
        _sizes = new double[model.Orders];
    }

    /// <summary>The model.</summary>
    public Attention Attention => Model.Attention;

    /// <summary>Harmonics of the coefficients.</summary>
    public HarmonicBasis Basis => Model.Basis;

    /// <summary>Order N of the truncated series.</summary>
    public int Order { get; }

    /// <summary>Orders computed, at least N + 2: those beyond N measure the truncation and the radius of convergence.</summary>
    public int Terms => Model.Orders;

    /// <summary>Last time at which the series may be evaluated.</summary>
    public abstract double ValidUntil { get; }

    private protected SeriesModel Model { get; }

    /// <summary>The expansion parameter z = s e^{σt}.</summary>
    public abstract double Amplitude(double time);

    /// <summary>Coefficients ∫Y dμ of the truncated series, mass 1 included.</summary>
    /// <param name="time">t ≤ <see cref="ValidUntil"/>.</param>
    /// <param name="coefficients">[Basis.Count] receives the sum of orders 0 … N.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time lies outside the validity of the series.</exception>
    /// <exception cref="ArgumentException">coefficients not Basis.Count long.</exception>
    public void Evaluate(double time, Span<double> coefficients)
    {
        Prepare(time, coefficients);
        coefficients[0] = 1;
        for (int order = 1; order <= Order; order++) Accumulate(order, time, coefficients);
    }

    /// <summary>The contribution z^n b^(n) of one order.</summary>
    /// <param name="order">1 ≤ n ≤ <see cref="Terms"/>.</param>
    /// <param name="time">t ≤ <see cref="ValidUntil"/>.</param>
    /// <param name="coefficients">[Basis.Count] receives it; degree 0 is 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such order, or the time lies outside the validity of the series.</exception>
    /// <exception cref="ArgumentException">coefficients not Basis.Count long.</exception>
    public void EvaluateOrder(int order, double time, Span<double> coefficients)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, Terms);
        Prepare(time, coefficients);
        Accumulate(order, time, coefficients);
    }

    /// <summary>
    /// Estimated distance in L²(σ) to the exact solution: the computed orders beyond N, a geometric tail with the ratio z/R, and what the bandlimit dropped.
    /// </summary>
    /// <param name="time">t ≤ <see cref="ValidUntil"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time lies outside the validity of the series.</exception>
    public double TruncationError(double time)
    {
        RequireValid(time);
        Sizes(time, _sizes);
        double sum = 0;
        for (int order = Order + 1; order <= Terms; order++) sum += Math.Abs(Power(order, time)) * (_sizes[order - 1] + Dropped(order, time));
        double radius = ConvergenceRadius.Of(_sizes).Lower, ratio = Math.Abs(Amplitude(time)) / radius;
        double last = Math.Abs(Power(Terms, time)) * Math.Max(_sizes[^1], _sizes[^2] / radius);
        return sum + (ratio < 1 ? last * ratio / (1 - ratio) : double.PositiveInfinity) + DroppedSize(time);
    }

    /// <summary>Size in L²(σ) of the coefficients of orders ≤ N beyond the bandlimit, which the series leaves out; 0 if the bandlimit is at least N times the degree of the data.</summary>
    /// <param name="time">t ≤ <see cref="ValidUntil"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time lies outside the validity of the series.</exception>
    public double DroppedSize(double time)
    {
        RequireValid(time);
        double sum = 0;
        for (int order = 1; order <= Order; order++) sum += Math.Abs(Power(order, time)) * Dropped(order, time);
        return sum;
    }

    /// <summary>Estimated radius of convergence in z at a time, from the sizes ‖b^(n)‖ in L²(σ) of all orders computed.</summary>
    /// <param name="time">t ≤ <see cref="ValidUntil"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time lies outside the validity of the series.</exception>
    public ConvergenceRadius Radius(double time)
    {
        RequireValid(time);
        Sizes(time, _sizes);
        return ConvergenceRadius.Of(_sizes);
    }

    /// <summary>How many orders are computed for a series of order N: <see cref="Terms"/>.</summary>
    /// <param name="order">N, 1 … <see cref="LargestOrder"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">N outside 1 … <see cref="LargestOrder"/>.</exception>
    public static int TermsFor(int order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, LargestOrder);
        return Math.Max(order + 2, FewestTerms); // two beyond N: even and odd orders may differ much
    }

    /// <summary>z^n.</summary>
    private protected double Power(int order, double time) => Math.Pow(Amplitude(time), order);

    /// <summary>Adds z^n b^(n)(t).</summary>
    private protected abstract void Accumulate(int order, double time, Span<double> coefficients);

    /// <summary>‖b^(n)(t)‖, n = 1 … <see cref="Terms"/>.</summary>
    private protected abstract void Sizes(double time, Span<double> sizes);

    /// <summary>Size of what the bandlimit dropped of b^(n)(t).</summary>
    private protected abstract double Dropped(int order, double time);

    /// <summary>First time at which the series may be evaluated.</summary>
    private protected virtual double ValidFrom => double.NegativeInfinity;

    private void Prepare(double time, Span<double> coefficients)
    {
        RequireValid(time);
        if (coefficients.Length != Basis.Count)
            throw new ArgumentException($"{coefficients.Length} numbers where {Basis.Count} are expected", nameof(coefficients));
        coefficients.Clear();
    }

    private void RequireValid(double time)
    {
        if (!(time >= ValidFrom && time <= ValidUntil))
            throw new ArgumentOutOfRangeException(nameof(time), time, $"the series of order {Order} is valid from t = {ValidFrom:G6} to t = {ValidUntil:G6}");
    }
}
