using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Perturbation;

/// <summary>The expansion of the solution with given small data 1 + s·u: orders by Duhamel's formula, a^(n)(t) = ∫_0^t e^{γ(t−s)} N^(n)(s) ds (THEORY 3.3).</summary>
/// <remarks>
/// Scaled by σ = max(0, max γ_ℓ): a^(n) = z^n b^(n), z = s e^{σt}, s = ‖u‖ taken out of the data. All that b^(n)(t) contains are
/// exponentials e^{−rt}, r ≥ 0, so panels of 17 Chebyshev points that double in length from about 4/r_max resolve it to rounding for all times, fast initial layers included
/// (<see cref="DuhamelPanel"/>). Panels are added until the radius of convergence in z falls below z, or the horizon is reached.
/// While it is built, the fields of all orders at 17 instants are in memory, and the coefficients of every panel: <see cref="RequiredBytes"/>.
/// </remarks>
public sealed class InitialValueSeries : PerturbationSeries
{
    private const double FirstPanel = 4; // in units of 1/r_max

    private readonly List<DuhamelPanel> _panels = [];
    private readonly double _scale;
    private readonly double _size;
    private readonly double[] _coefficients;
    private double _validUntil;

    private InitialValueSeries(SeriesModel model, int order, double size, double scale)
        : base(model, order)
    {
        (_size, _scale) = (size, scale);
        _coefficients = new double[model.Basis.Count];
    }

    /// <summary>First time at which the estimated radius of convergence no longer exceeds z, or the horizon.</summary>
    public override double ValidUntil => _validUntil;

    /// <summary>Whether the series converges, by its estimated radius, up to the horizon asked for.</summary>
    public bool ReachesHorizon { get; private set; }

    private protected override double ValidFrom => 0;

    /// <summary>Expands the solution with given initial coefficients.</summary>
    /// <param name="attention">The model.</param>
    /// <param name="basis">Basis and bandlimit L of the series; order n has degrees ≤ min(nK, L), K the largest degree of the data.</param>
    /// <param name="initial">[≤ basis.Count, whole degrees] coefficients ∫Y dμ_0; degree 0, the mass 1, is ignored.</param>
    /// <param name="order">N, 1 … 64.</param>
    /// <param name="horizon">Latest time of interest, &gt; 0.</param>
    /// <exception cref="ArgumentException">initial is longer than the basis.</exception>
    /// <exception cref="ArgumentOutOfRangeException">order outside 1 … 64, or horizon not positive and finite.</exception>
    public static InitialValueSeries Of(Attention attention, HarmonicBasis basis, ReadOnlySpan<double> initial, int order, double horizon)
    {
        int orders = TermsFor(order);
        if (!(horizon > 0 && double.IsFinite(horizon))) throw new ArgumentOutOfRangeException(nameof(horizon), horizon, "the horizon must be positive and finite");
        var data = new double[basis.Count];
        initial.CopyTo(data);
        data[0] = 0;
        double size = TensorPrimitives.Norm<double>(data);
        if (size > 0) TensorPrimitives.Divide(data, size, data);
        else data[basis.Start(1)] = 1; // uniform data: any direction, times z = 0
        var model = new SeriesModel(attention, new SelectionRule(basis, data), basis, orders);
        var series = new InitialValueSeries(model, order, size, Math.Max(0, model.FastestRate));
        series.March(data, horizon);
        return series;
    }

    /// <summary>Memory that expanding data takes while it is built, to be looked at before high orders of rough data on the sphere.</summary>
    /// <param name="attention">The model.</param>
    /// <param name="basis">Basis and bandlimit of the series.</param>
    /// <param name="degree">K ≥ 1, the largest degree of the data.</param>
    /// <param name="order">N, 1 … 64.</param>
    /// <param name="horizon">Latest time of interest, &gt; 0: the coefficients of every panel up to it are kept.</param>
    /// <returns>Bytes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">degree &lt; 1 or order outside 1 … 64.</exception>
    public static long RequiredBytes(Attention attention, HarmonicBasis basis, int degree, int order, double horizon)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        int orders = TermsFor(order);
        double first = FirstLength(orders, SeriesModel.RateSpread(attention, basis, degree, orders), horizon);
        int panels = 1 + Math.Max(0, (int)Math.Ceiling(Math.Log2(horizon / first))); // each as long as all before it
        return ChebyshevPanel.Nodes * (SeriesModel.FieldBytes(attention, basis, degree, orders) + panels * SeriesModel.CoefficientBytes(basis, degree, orders));
    }

    /// <summary>Whether the grid of an expansion exists: in high dimension the outermost weights of large grids underflow.</summary>
    /// <param name="attention">The model.</param>
    /// <param name="basis">Basis and bandlimit of the series.</param>
    /// <param name="degree">K ≥ 1, the largest degree of the data.</param>
    /// <param name="order">N, 1 … 64.</param>
    /// <exception cref="ArgumentOutOfRangeException">degree &lt; 1 or order outside 1 … 64.</exception>
    public static bool Fits(Attention attention, HarmonicBasis basis, int degree, int order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        return SeriesModel.Fits(attention, basis, degree, TermsFor(order));
    }

    /// <inheritdoc/>
    public override double Amplitude(double time) => _size * Math.Exp(_scale * time);

    private protected override void Accumulate(int order, double time, Span<double> coefficients) =>
        PanelAt(time).Accumulate(order, time, Power(order, time), coefficients);

    private protected override void Sizes(double time, Span<double> sizes)
    {
        DuhamelPanel panel = PanelAt(time);
        for (int n = 1; n <= Terms; n++)
        {
            Span<double> values = _coefficients.AsSpan(0, Model.CountOf(n));
            values.Clear();
            panel.Accumulate(n, time, 1, values);
            sizes[n - 1] = TensorPrimitives.Norm<double>(values);
        }
    }

    private protected override double Dropped(int order, double time) => PanelAt(time).Dropped(order, time);

    private void March(double[] data, double horizon)
    {
        var fields = new OrderFields[ChebyshevPanel.Nodes];
        for (int i = 0; i < fields.Length; i++) fields[i] = new OrderFields(Model);
        double length = FirstLength(Terms, _scale - Math.Min(0, Model.SlowestRate), horizon);
        var sizes = new double[Terms];
        DuhamelPanel? panel = null;
        do
        {
            panel = DuhamelPanel.Solve(Model, _scale, data, panel, Math.Min(length, horizon - _validUntil), fields);
            length = panel.End; // the next panel is as long as all before it
            _panels.Add(panel);
            if (!Converges(panel, sizes)) return;
        }
        while (_validUntil < horizon);
        ReachesHorizon = true;
    }

    /// <summary>Moves <see cref="ValidUntil"/> through a panel; false where z meets the radius of convergence.</summary>
    private bool Converges(DuhamelPanel panel, double[] sizes)
    {
        for (int i = 1; i < ChebyshevPanel.Nodes; i++)
        {
            double end = i == ChebyshevPanel.Nodes - 1 ? panel.End : panel.Start + panel.Length * ChebyshevPanel.Points[i];
            for (int n = 1; n <= Terms; n++) sizes[n - 1] = panel.Size(n, i);
            if (Amplitude(end) < ConvergenceRadius.Of(sizes).Lower)
            {
                _validUntil = end;
                continue;
            }
            double low = _validUntil, high = end;
            for (int step = 0; step < 40; step++)
            {
                double middle = 0.5 * (low + high);
                Sizes(middle, sizes);
                if (Amplitude(middle) < ConvergenceRadius.Of(sizes).Lower) low = middle; else high = middle;
            }
            _validUntil = low;
            return false;
        }
        return true;
    }

    private static double FirstLength(int orders, double spread, double horizon) => FirstPanel / Math.Max(orders * spread, 1 / horizon);

    private DuhamelPanel PanelAt(double time)
    {
        int i = 0;
        while (i < _panels.Count - 1 && _panels[i].End < time) i++;
        return _panels[i];
    }
}
