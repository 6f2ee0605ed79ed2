using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver;

/// <summary>A density on panels of labels, carried by maps whose push-forward is known in closed form.</summary>
public class CarriedMeshTests
{
    private const double Boost = 0.05;

    [Theory]
    [InlineData(2, 1e-10)]
    [InlineData(3, 1e-9)]
    [InlineData(5, 1e-10)]
    public void Nodes_have_the_moments_and_the_density_they_start_from(int dimension, double tolerance)
    {
        const int Degree = 24;
        double[] axis = Last(dimension);
        var basis = new HarmonicBasis(dimension, 60);
        var coefficients = new double[basis.Count];
        Meanfield.Solver.VonMisesFisher.Add(basis, axis, 12, 1, coefficients);
        var mesh = new CarriedMesh(LabelSpace.Create(basis, coefficients), new MeshSettings(Degree, 1e-9, 1 << 18));

        double[] moments = Moments(mesh, dimension, Degree);
        for (int i = 0; i < moments.Length; i++) Assert.Equal(coefficients[i], moments[i], tolerance);
        Assert.InRange(mesh.InitialError, 0, tolerance);
        var kernel = new AttentionKernel(dimension, 12, 1);
        foreach (CarriedPanel panel in mesh.Panels)
        {
            for (int node = 0; node < panel.Nodes; node++)
            {
                double t = panel.Positions[^(panel.Nodes - node)]; // the last coordinate
                double exact = Math.Exp(12 * t - kernel.LogLambda0);
                Assert.Equal(exact, panel.Density(node), 1e-6 * (1 + exact)); // tolerance^(3/4) of the density
            }
        }
    }

    /// <summary>The boost x ↦ ((2+2x·w)w+(1−|w|²)x)/(1+2x·w+|w|²) takes σ to the hyperbolic-Poisson law of radius |w|; boosts of one axis add up as tanh.</summary>
    [Theory]
    [InlineData(2, 120, 1e-8)] // r = 0.99999
    [InlineData(3, 60, 2e-6)] // r = 0.995
    [InlineData(4, 60, 1e-8)]
    public void Panels_split_where_the_map_stretches_and_follow_a_boost_to_a_point(int dimension, int boosts, double tolerance)
    {
        const int Degree = 24;
        var basis = new HarmonicBasis(dimension, 1);
        var uniform = new double[basis.Count];
        uniform[0] = 1;
        var mesh = new CarriedMesh(LabelSpace.Create(basis, uniform), new MeshSettings(Degree, 1e-9, 1 << 18));
        int before = mesh.Nodes;
        int coordinates = dimension == 3 ? 3 : 2;
        for (int step = 0; step < boosts; step++)
        {
            var positions = new double[coordinates * mesh.Nodes];
            mesh.CopyPositionsTo(positions, mesh.Nodes);
            Push(positions, mesh.Nodes, Math.Tanh(Boost));
            mesh.SetPositions(positions, mesh.Nodes);
            mesh.Refine();
        }
        Assert.True(mesh.Nodes > before, $"{mesh.Nodes} nodes, {before} at first");
        double radius = Math.Tanh(boosts * Boost);
        double[] moments = Moments(mesh, dimension, Degree);
        var moved = new HarmonicBasis(dimension, Degree);
        var exact = new double[moved.Count];
        HyperbolicPoisson.Add(moved, radius, Last(dimension), exact);
        exact[0] = 1;
        double scale = exact.Max(Math.Abs);
        for (int i = 0; i < exact.Length; i++) Assert.Equal(exact[i], moments[i], tolerance * scale);
        foreach (CarriedPanel panel in mesh.Panels)
        {
            double t = panel.Positions[^1];
            double density = Math.Pow((1 - radius) * (1 + radius) / (1 - 2 * radius * t + radius * radius), dimension - 1);
            Assert.Equal(1, panel.Density(panel.Nodes - 1) / density, 1e-4);
        }
    }

    [Fact]
    public void A_mesh_out_of_nodes_states_the_error_left()
    {
        var basis = new HarmonicBasis(2, 1);
        var mesh = new CarriedMesh(LabelSpace.Create(basis, [1, 0, 0]), new MeshSettings(24, 1e-9, 200));
        double before = mesh.MomentError;
        var positions = new double[2 * mesh.Nodes];
        mesh.CopyPositionsTo(positions, mesh.Nodes);
        Push(positions, mesh.Nodes, 0.999);
        mesh.SetPositions(positions, mesh.Nodes);
        mesh.Refine();
        Assert.InRange(mesh.Nodes, 1, 200);
        Assert.InRange(before, 0, 1e-9);
        Assert.InRange(mesh.MomentError, 1e-6, 1);
    }

    private static void Push(double[] positions, int count, double radius)
    {
        for (int i = 0; i < count; i++)
        {
            double t = positions[^(count - i)], denominator = 1 + 2 * radius * t + radius * radius;
            for (int at = i; at < positions.Length; at += count)
            {
                bool along = at >= positions.Length - count;
                positions[at] = ((along ? 2 * radius * (1 + radius * t) : 0) + (1 - radius) * (1 + radius) * positions[at]) / denominator;
            }
        }
    }

    private static double[] Last(int dimension)
    {
        var axis = new double[dimension];
        axis[^1] = 1;
        return axis;
    }

    private static double[] Moments(CarriedMesh mesh, int dimension, int degree)
    {
        var basis = new HarmonicBasis(dimension, degree);
        int coordinates = dimension == 3 ? 3 : 2;
        double[] positions = new double[coordinates * mesh.Nodes], weights = new double[mesh.Nodes], moments = new double[basis.Count];
        mesh.CopyPositionsTo(positions, mesh.Nodes);
        mesh.CopyWeightsTo(weights);
        if (dimension > 3)
        {
            new MeridianHarmonics(basis).Moments(positions, weights, moments);
            return moments;
        }
        var harmonics = new PointHarmonics(basis);
        var values = new double[basis.Count];
        var point = new double[coordinates];
        for (int i = 0; i < mesh.Nodes; i++)
        {
            for (int c = 0; c < coordinates; c++) point[c] = positions[c * mesh.Nodes + i];
            harmonics.Evaluate(point, values);
            for (int a = 0; a < values.Length; a++) moments[a] += weights[i] * values[a];
        }
        return moments;
    }
}
