using Meanfield.Spectral;
using Xunit;
using Xunit.Abstractions;

namespace Meanfield.Tests.Spectral;

public sealed class SphereGradientTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(15)]
    [InlineData(63)]
    [InlineData(127)]
    [InlineData(255)]
    public void Divergence_of_a_gradient_is_the_laplacian(int bandlimit)
    {
        var transform = new SphereTransform(bandlimit, SphereGrid.ForDegree(2 * bandlimit));
        HarmonicBasis basis = transform.Basis;
        double[] a = Fields.Random(basis.Count, seed: bandlimit), b = new double[a.Length];
        double[] gradient = new double[2 * transform.GridSize];
        transform.SynthesizeGradient(a, gradient);
        transform.AnalyzeDivergence(gradient, b);
        double error = 0;
        for (int i = 0; i < a.Length; i++)
            error = Math.Max(error, Math.Abs(b[i] - basis.LaplaceEigenvalue(basis.DegreeOf(i)) * a[i]));
        output.WriteLine($"L = {bandlimit}: {error / basis.LaplaceEigenvalue(bandlimit):E2} of ℓ(ℓ+1)");
        Assert.InRange(error, 0, 1e-13 * basis.LaplaceEigenvalue(bandlimit) * Math.Sqrt(bandlimit));
        Assert.Equal(0.0, b[0]);
        if (bandlimit <= 15)
            Assert.InRange(error, 0, 1e-11);
    }

    [Theory]
    [InlineData(10, 12, 25)]
    [InlineData(20, 17, 48)]
    [InlineData(40, 25, 96)]
    public void Divergence_is_the_transpose_of_the_gradient_on_every_grid(int bandlimit, int latitudes, int longitudes)
    {
        var transform = new SphereTransform(bandlimit, new SphereGrid(latitudes, longitudes));
        double[] f = Fields.Random(transform.Basis.Count, seed: 1), flux = Fields.Random(2 * transform.GridSize, seed: 2);
        double[] divergence = new double[f.Length], gradient = new double[flux.Length];
        transform.SynthesizeGradient(f, gradient);
        transform.AnalyzeDivergence(flux, divergence);
        Assert.Equal(Fields.Inner(transform, flux, gradient), Fields.Dot(divergence, f), 1e-11);
        Assert.Equal(0.0, divergence[0]);

        double[] values = Fields.Random(transform.GridSize, seed: 3);
        double[] synthesis = new double[values.Length], analysis = new double[f.Length];
        transform.Synthesize(f, synthesis);
        transform.Analyze(values, analysis);
        Assert.Equal(Fields.Inner(transform, values, synthesis), Fields.Dot(analysis, f), 1e-12);
    }

    [Fact]
    public void Gradient_of_the_coordinates_is_the_frame()
    {
        // x = Y_11/√3 = sin θ cos φ: ∇x = cos θ cos φ e_θ − sin φ e_φ; z = Y_10/√3: ∇z = −sin θ e_θ
        var grid = new SphereGrid(9, 12);
        var transform = new SphereTransform(4, grid);
        var gradient = new double[2 * grid.Size];
        foreach ((int order, Func<double, double, (double, double)> exact) in new (int, Func<double, double, (double, double)>)[]
        {
            (1, (t, p) => (Math.Cos(t) * Math.Cos(p), -Math.Sin(p))),
            (-1, (t, p) => (Math.Cos(t) * Math.Sin(p), Math.Cos(p))),
            (0, (t, p) => (-Math.Sin(t), 0)),
        })
        {
            var a = new double[4];
            a[transform.Basis.IndexOf(1, order)] = 1 / Math.Sqrt(3);
            transform.SynthesizeGradient(a, gradient);
            for (int k = 0; k < grid.Size; k++)
            {
                (double px, double py, double pz) = grid.PointAt(k);
                (double theta, double phi) = exact(Math.Acos(pz), Math.Atan2(py, px));
                Assert.Equal(theta, gradient[k], 1e-14);
                Assert.Equal(phi, gradient[grid.Size + k], 1e-14);
            }
        }
    }

    [Fact]
    public void Divergence_of_a_field_in_closed_form()
    {
        // −∇·(z∇z) = −|∇z|² − zΔz = −(1 − z²) + 2z² = 3z² − 1 = (2/√5) Y_20; solid rotation sin θ e_φ has no divergence.
        var grid = new SphereGrid(8, 15);
        var transform = new SphereTransform(6, grid);
        var flux = new double[2 * grid.Size];
        for (int k = 0; k < grid.Size; k++)
        {
            (double px, double py, double pz) = grid.PointAt(k);
            double sine = Math.Sqrt(px * px + py * py);
            flux[k] = -pz * sine;
            flux[grid.Size + k] = 3 * sine;
        }
        var divergence = new double[transform.Basis.Count];
        transform.AnalyzeDivergence(flux, divergence);
        for (int i = 0; i < divergence.Length; i++)
            Assert.Equal(i == transform.Basis.IndexOf(2, 0) ? 2 / Math.Sqrt(5) : 0, divergence[i], 1e-13);
    }

    [Fact]
    public void Product_rule_of_the_weak_divergence()
    {
        // ∇·(ρ∇Φ) = ½[Δ(ρΦ) + ρΔΦ − ΦΔρ]
        const int degree = 12, bandlimit = 24;
        var transform = new SphereTransform(bandlimit, SphereGrid.ForDegree(2 * bandlimit));
        HarmonicBasis basis = transform.Basis;
        int count = (degree + 1) * (degree + 1), n = transform.GridSize;
        double[] rho = Fields.Random(count, seed: 1), phi = Fields.Random(count, seed: 2);
        double[] Values(double[] a)
        {
            var v = new double[n];
            transform.Synthesize(a, v);
            return v;
        }
        double[] Coefficients(Func<int, double> f)
        {
            var c = new double[basis.Count];
            transform.Analyze([.. Enumerable.Range(0, n).Select(f)], c);
            return c;
        }
        double[] Laplacian(double[] a) => [.. a.Select((x, i) => -basis.LaplaceEigenvalue(basis.DegreeOf(i)) * x)];
        double[] r = Values(rho), p = Values(phi), lr = Values(Laplacian(rho)), lp = Values(Laplacian(phi));
        double[] product = Laplacian(Coefficients(k => r[k] * p[k]));
        double[] rest = Coefficients(k => r[k] * lp[k] - p[k] * lr[k]);
        double[] gradient = new double[2 * n], divergence = new double[basis.Count];
        transform.SynthesizeGradient(phi, gradient);
        for (int i = 0; i < 2 * n; i++)
            gradient[i] *= r[i % n];
        transform.AnalyzeDivergence(gradient, divergence);
        for (int i = 0; i < basis.Count; i++)
            Assert.Equal(-0.5 * (product[i] + rest[i]), divergence[i], 1e-11);
    }
}
