using Meanfield.Perturbation;
using Meanfield.Solver;
using Meanfield.Spectral;
using Meanfield.Tests.Solver;
using Xunit;

namespace Meanfield.Tests.Perturbation;

/// <summary>The expansion of general small data in time (THEORY 3.3).</summary>
public class InitialValueSeriesTests
{
    /// <summary>c_{2q}^(2)(t) = 2γ_q ĉ²/(2γ_q − γ_2q)·(e^{2γ_q t} − e^{γ_2q t}) for data of one mode, to 1e−12 of its size at all times.</summary>
    [Theory]
    [InlineData(5, 0)]
    [InlineData(5, 1.5)]
    [InlineData(2, 0.1)]
    public void Second_harmonic_has_its_closed_form(double beta, double noise)
    {
        const int Q = 3;
        const double Start = 1e-3, Horizon = 0.2;
        var attention = new Attention(Normalization.None, beta, noise);
        var basis = new HarmonicBasis(2, 24);
        InitialValueSeries series = InitialValueSeries.Of(attention, basis, Expansions.Harmonic(basis, Q, 1, Math.Sqrt(2) * Start), 6, Horizon);
        double rate = FunkHecke.Rate(attention, 2, Q), second = FunkHecke.Rate(attention, 2, 2 * Q), plain = FunkHecke.Rate(attention with { Noise = 0 }, 2, Q);
        var coefficients = new double[basis.Count];
        Assert.True(series.ReachesHorizon);
        foreach (double time in new[] { 0, 1e-5, 1e-3, 0.0123, 0.07, 0.13, Horizon })
        {
            series.EvaluateOrder(2, time, coefficients);
            double expected = 2 * plain * Start * Start / (2 * rate - second) * (Math.Exp(2 * rate * time) - Math.Exp(second * time));
            Assert.Equal(expected, Expansions.Fourier(coefficients, 2 * Q), 1e-12 * Math.Abs(expected) + 1e-17 * Start * Start);
            series.EvaluateOrder(1, time, coefficients);
            Assert.Equal(1, Expansions.Fourier(coefficients, Q) / (Start * Math.Exp(rate * time)), 1e-12);
        }
    }

    /// <summary>β = 0: c_k = r^k, r(t) = [1 + (r_0^{−2} − 1)e^{−t}]^{−1/2} (THEORY 4.3), from Poisson data cut at degree 20.</summary>
    [Fact]
    public void Kuramoto_flow_of_a_Poisson_density_is_exact()
    {
        const double Start = 0.1;
        var basis = new HarmonicBasis(2, 40);
        double[] initial = new double[basis.Count], coefficients = new double[basis.Count];
        for (int k = 1; k <= 20; k++) initial[2 * k - 1] = Math.Sqrt(2) * Math.Pow(Start, k);
        InitialValueSeries series = InitialValueSeries.Of(new Attention(Normalization.None, 0), basis, initial, 20, 100);
        Assert.False(series.ReachesHorizon);
        Assert.InRange(series.ValidUntil, 3, 6);
        foreach (double time in new[] { 0, 0.5, 1, 2, 3 })
        {
            series.Evaluate(time, coefficients);
            double r = 1 / Math.Sqrt(1 + (1 / (Start * Start) - 1) * Math.Exp(-time));
            double error = series.TruncationError(time);
            for (int k = 1; k <= 10; k++) Assert.Equal(Math.Pow(r, k), Expansions.Fourier(coefficients, k), 1e-14 + error);
            Assert.InRange(error, 0, time <= 2 ? 1e-11 : 1e-5);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => series.Evaluate(series.ValidUntil + 1e-9, coefficients));
        Assert.Throws<ArgumentOutOfRangeException>(() => series.Evaluate(-1e-9, coefficients));
    }

    /// <summary>Random data of degrees 1 … 3 of size 0.02 against runs of the PDE: the error is what the series says it is, down to rounding.</summary>
    [Theory]
    [InlineData(2, Normalization.None, 5, 0, 10, 0.15)]
    [InlineData(2, Normalization.Softmax, 5, 0.02, 10, 4)]
    [InlineData(2, Normalization.None, 1, 0.8, 6, 3)]
    [InlineData(3, Normalization.None, 4, 0.1, 6, 0.3)]
    [InlineData(3, Normalization.Softmax, 5, 0, 6, 3.5)]
    [InlineData(6, Normalization.None, 3, 0, 8, 1)]
    [InlineData(6, Normalization.Softmax, 4, 0.05, 8, 3)]
    public void Runs_of_the_PDE_are_met_to_the_stated_error(int dimension, Normalization normalization, double beta, double noise, int order, double horizon)
    {
        var attention = new Attention(normalization, beta, noise);
        var basis = new HarmonicBasis(dimension, 33);
        double[] initial = RandomStates.Density(basis, 91, 0.04, 3), coefficients = new double[basis.Count];
        InitialValueSeries series = InitialValueSeries.Of(attention, basis, initial, order, horizon);
        Assert.True(series.ReachesHorizon);
        double[] times = [0, 0.2 * horizon, 0.6 * horizon, horizon];
        Run run = Run.Of(attention, dimension, initial[..basis.Start(4)], 3, new DensitySettings { Tolerance = 1e-12, OutputTimes = times });
        foreach (Snapshot snapshot in run.Snapshots)
        {
            series.Evaluate(snapshot.Time, coefficients);
            double error = Expansions.Distance(snapshot.Coefficients, coefficients), stated = series.TruncationError(snapshot.Time);
            Assert.InRange(error, 0, 1.2 * stated + 3e-13);
            Assert.InRange(stated, 0, 3 * error + 3e-13);
            Assert.InRange(stated, 0, 1e-5);
        }
    }

    /// <summary>The error of order N is ∝ ε^{N+1} in the size ε of the data, on circle and sphere.</summary>
    [Theory]
    [InlineData(2, Normalization.Softmax, 3)]
    [InlineData(3, Normalization.None, 1)]
    [InlineData(3, Normalization.None, 2)]
    [InlineData(3, Normalization.Softmax, 3)]
    public void Error_falls_with_the_size_of_the_data(int dimension, Normalization normalization, int order)
    {
        var attention = new Attention(normalization, 4);
        var basis = new HarmonicBasis(dimension, 24);
        double time = 1 / FunkHecke.Rate(attention, dimension, 2);
        double[] errors = Array.ConvertAll([0.02, 0.04], size =>
        {
            double[] initial = RandomStates.Density(basis, 92, size, 3), coefficients = new double[basis.Count];
            InitialValueSeries series = InitialValueSeries.Of(attention, basis, initial, order, time);
            Run run = Run.Of(attention, dimension, initial[..basis.Start(4)], 3, new DensitySettings { Tolerance = 1e-13, OutputTimes = [0, time] });
            series.Evaluate(time, coefficients);
            return Expansions.Distance(run.Snapshots[^1].Coefficients, coefficients);
        });
        Assert.Equal(order + 1, Math.Log(errors[1] / errors[0]) / Math.Log(2), 0.2);
    }

    /// <summary>Far along, data of one fast mode ride on its manifold: the two kinds of series meet, order by order.</summary>
    [Fact]
    public void Initial_value_series_approaches_the_manifold()
    {
        var attention = new Attention(Normalization.Softmax, 5);
        var basis = new HarmonicBasis(2, 24);
        double[] element = Expansions.Harmonic(basis, 3, 1, 1), initial = Expansions.Harmonic(basis, 3, 1, 1e-8);
        ManifoldSeries manifold = ManifoldSeries.Of(attention, basis, element, 8, 1e-8);
        double time = Math.Log(1e7) / manifold.Rate;
        InitialValueSeries series = InitialValueSeries.Of(attention, basis, initial, 8, time);
        double[] a = new double[basis.Count], b = new double[basis.Count];
        for (int n = 1; n <= 8; n++)
        {
            manifold.EvaluateOrder(n, time, a);
            series.EvaluateOrder(n, time, b);
            Assert.Equal(0, Expansions.Distance(a, b) / Expansions.Norm(a), 1e-7); // homogeneous parts e^{(γ_ℓ − 2γ_q)t}
        }
    }

    /// <summary>V17: 3-periodic data stay 3-periodic, exactly; even data on the sphere stay even.</summary>
    [Fact]
    public void Symmetries_of_the_data_hold_exactly()
    {
        var circle = new HarmonicBasis(2, 30);
        double[] initial = new double[circle.Count], coefficients = new double[circle.Count];
        (initial[5], initial[6], initial[11], initial[12]) = (0.01, -0.02, 0.003, 0.01);
        InitialValueSeries.Of(new Attention(Normalization.Softmax, 5), circle, initial, 8, 2).Evaluate(2, coefficients);
        for (int i = 1; i < circle.Count; i++) Assert.Equal(circle.DegreeOf(i) % 3 == 0, coefficients[i] != 0);
        var sphere = new HarmonicBasis(3, 12);
        double[] even = RandomStates.Density(sphere, 93, 0.05, 4), after = new double[sphere.Count];
        for (int i = 0; i < sphere.Count; i++) even[i] *= 1 - sphere.DegreeOf(i) % 2;
        InitialValueSeries.Of(new Attention(Normalization.None, 4), sphere, even, 3, 0.1).Evaluate(0.1, after);
        for (int i = 1; i < sphere.Count; i++) Assert.Equal(sphere.DegreeOf(i) % 2 == 0, after[i] != 0);
    }

    /// <summary>A bandlimit below N times the degree of the data drops coefficients, and says how large they are.</summary>
    [Fact]
    public void What_the_bandlimit_drops_is_reported()
    {
        var attention = new Attention(Normalization.None, 5);
        HarmonicBasis wide = new(2, 60), narrow = new(2, 12);
        double[] initial = [1, 0.02, 0, 0, 0.015, 0.02, 0, 0.01, 0.02], full = new double[wide.Count], cut = new double[narrow.Count];
        InitialValueSeries reference = InitialValueSeries.Of(attention, wide, initial, 8, 0.12), series = InitialValueSeries.Of(attention, narrow, initial, 8, 0.12);
        reference.Evaluate(0.12, full);
        series.Evaluate(0.12, cut);
        Assert.Equal(0, reference.DroppedSize(0.12));
        double missing = Expansions.Distance(full, cut);
        Assert.InRange(series.DroppedSize(0.12) / missing, 0.5, 5);
        Assert.InRange(series.TruncationError(0.12), 0.8 * missing, 10 * missing);
    }

    [Fact]
    public void Uniform_data_stay_uniform()
    {
        var basis = new HarmonicBasis(3, 4);
        var coefficients = new double[basis.Count];
        InitialValueSeries series = InitialValueSeries.Of(new Attention(Normalization.Softmax, 5), basis, [1], 3, 10);
        series.Evaluate(10, coefficients);
        Assert.Equal(1, coefficients[0]);
        Assert.Equal(0, Expansions.Norm(coefficients.AsSpan(1)));
    }

    [Fact]
    public void Evaluation_allocates_nothing()
    {
        var basis = new HarmonicBasis(2, 24);
        InitialValueSeries series = InitialValueSeries.Of(new Attention(Normalization.Softmax, 5), basis, [1, 0.01, 0, 0, 0.01], 8, 1);
        var coefficients = new double[basis.Count];
        series.Evaluate(0.3, coefficients);
        series.TruncationError(0.3);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1; i <= 20; i++)
        {
            series.Evaluate(0.05 * i, coefficients);
            series.TruncationError(0.05 * i);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>The memory announced is most of what an expansion on the sphere allocates, over one panel of time and over many.</summary>
    [Theory]
    [InlineData(Normalization.None, 1e-3)]
    [InlineData(Normalization.Softmax, 1e-3)]
    [InlineData(Normalization.None, 0.4)]
    [InlineData(Normalization.Softmax, 4)]
    public void Memory_is_announced(Normalization normalization, double horizon)
    {
        var attention = new Attention(normalization, 5);
        var basis = new HarmonicBasis(3, 40);
        double[] initial = RandomStates.Density(basis, 94, 1e-3, 5);
        long before = GC.GetAllocatedBytesForCurrentThread();
        InitialValueSeries.Of(attention, basis, initial, 8, horizon);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(InitialValueSeries.RequiredBytes(attention, basis, 5, 8, horizon) / (double)allocated, 0.6, 1);
        long rough = InitialValueSeries.RequiredBytes(attention, new HarmonicBasis(3, 63), 10, 64, 1e-3); // 1/D makes softmax fluxes of high order rough
        Assert.True(rough > 1L << (normalization == Normalization.Softmax ? 32 : 28));
    }

    [Fact]
    public void Order_15_of_256_modes_and_order_8_on_the_sphere_take_well_under_a_second()
    {
        Assert.InRange(Expansions.Quickest(Work), 0, 0.5); // both together

        static void Work()
        {
            InitialValueSeries.Of(new Attention(Normalization.None, 5), new HarmonicBasis(2, 256), [1, 0.01, 0, 0, 0.01, -0.01, 0.01], 15, 0.15);
            InitialValueSeries.Of(new Attention(Normalization.Softmax, 5), new HarmonicBasis(3, 63), [1, 0, 0.01, 0, 0.01, 0, 0, 0.01, 0], 8, 3);
        }
    }

    [Fact]
    public void Horizon_and_order_out_of_range_are_refused()
    {
        var basis = new HarmonicBasis(2, 4);
        var attention = new Attention(Normalization.None, 5);
        Assert.Throws<ArgumentOutOfRangeException>(() => InitialValueSeries.Of(attention, basis, [1, 0.1, 0], 3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => InitialValueSeries.Of(attention, basis, [1, 0.1, 0], 3, double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => InitialValueSeries.Of(attention, basis, [1, 0.1, 0], 65, 1));
        Assert.Throws<ArgumentException>(() => InitialValueSeries.Of(attention, basis, new double[11], 3, 1));
    }
}
