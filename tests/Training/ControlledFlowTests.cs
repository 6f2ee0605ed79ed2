using Meanfield.Solver;
using Meanfield.Spectral;
using Meanfield.Tests.Solver;
using Meanfield.Training;
using Xunit;

namespace Meanfield.Tests.Training;

/// <summary>The controlled right-hand side.</summary>
public class ControlledFlowTests
{
    /// <summary>Without control and with A the identity it is the density flow (THEORY 1.2, 1.4).</summary>
    [Theory]
    [InlineData(2, Normalization.None)]
    [InlineData(2, Normalization.Softmax)]
    [InlineData(3, Normalization.None)]
    [InlineData(3, Normalization.Softmax)]
    [InlineData(7, Normalization.None)]
    [InlineData(7, Normalization.Softmax)]
    public void Untrained_isotropic_flow_is_the_density_flow(int dimension, Normalization normalization)
    {
        var attention = new Attention(normalization, 2, 0.1);
        var flow = new ControlledFlow(new TrainedModel(attention, InteractionMatrix.Identity(dimension), new FeatureMap(new LinearFeatures(dimension))), 14);
        var density = new DensityFlow(attention, dimension, 14);
        double[] state = RandomStates.Density(flow.Basis, 4, 0.8), expected = new double[state.Length], found = new double[state.Length];
        density.Tendency(state, expected);
        flow.Nonlinear(state, found);
        for (int i = 0; i < state.Length; i++)
            Assert.Equal(expected[i], found[i] + flow.Rates[flow.Basis.DegreeOf(i)] * state[i], normalization == Normalization.None ? 1e-12 : 1e-7);
        Assert.Equal(0.0, found[0]);
    }

    /// <summary>On the uniform density a bias w drives ∇·(P_x w) = −(d−1)⟨w,x⟩: ȧ of degree 1 is (d−1) w/√d and of every other degree 0.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(9)]
    public void Bias_moves_the_uniform_density_in_degree_1(int dimension)
    {
        var model = new TrainedModel(new Attention(Normalization.None, 1), InteractionMatrix.Identity(dimension), new FeatureMap(new ConstantFeature(dimension)));
        var flow = new ControlledFlow(model, 6);
        double[] state = new double[flow.Basis.Count], tendency = new double[state.Length], bias = TrainingCases.Vector(dimension, -0.3);
        state[0] = 1;
        flow.Steer(bias);
        flow.Nonlinear(state, tendency);
        var mean = new MeanVector(dimension);
        for (int k = 0; k < mean.Count; k++) Assert.Equal((dimension - 1) * bias[k] / dimension, mean.Read(tendency, k), 1e-13);
        Assert.All(tendency[flow.Basis.Start(2)..], a => Assert.Equal(0, a, 1e-13));
    }

    /// <summary>A linear network W x on the circle: u = ⟨x^⊥, W x⟩ = c + (w₂₂−w₁₁)/2 sin 2θ + (w₁₂+w₂₁)/2 cos 2θ, c = (w₂₁−w₁₂)/2, by Fourier series.</summary>
    [Fact]
    public void Linear_network_has_its_Fourier_series()
    {
        var model = new TrainedModel(new Attention(Normalization.None, 1), InteractionMatrix.Identity(2), new FeatureMap(new LinearFeatures(2)));
        var flow = new ControlledFlow(model, 5);
        double[] state = new double[flow.Basis.Count], tendency = new double[state.Length];
        state[0] = 1;
        flow.Steer([0.3, -0.2, 0.5, 0.9]); // column x₁: (w₁₁, w₂₁), column x₂: (w₁₂, w₂₂)
        flow.Nonlinear(state, tendency);
        // ȧ = −u′ on the uniform density: −(w₂₂−w₁₁) cos 2θ + (w₁₂+w₂₁) sin 2θ
        Assert.Equal(-(0.9 - 0.3) / Math.Sqrt(2), tendency[3], 1e-14);
        Assert.Equal((0.5 - 0.2) / Math.Sqrt(2), tendency[4], 1e-14);
        Assert.Equal(0, tendency[1], 1e-14);
    }

    [Fact]
    public void Energy_and_mass_behave_along_the_untrained_flow()
    {
        ControlProblem problem = TrainingCases.Example(2, 200, 48, 1);
        IReadOnlyList<DepthRecord> records = DepthRecorder.Follow(problem, new double[problem.Size], 1);
        for (int k = 1; k < records.Count; k++)
        {
            Assert.True(records[k].FreeEnergy >= records[k - 1].FreeEnergy - 1e-12); // dF/dt = ∫|∇(Φ − κ log f)|² ≥ 0
            Assert.Equal(1, records[k].State[0]);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void Steps_and_their_adjoints_allocate_nothing(int dimension)
    {
        var flow = new ControlledFlow(TrainingCases.Full(dimension, Normalization.Softmax), 10);
        var map = new DiscreteFlow(flow, 1, 30);
        double[] state = RandomStates.Density(flow.Basis, 4, 0.8), adjoint = [.. state];
        double[] controls = new double[30 * flow.Model.ControlSize], gradient = new double[controls.Length];
        map.Forward(state, controls);
        map.Reverse(controls, adjoint, gradient);
        long before = GC.GetAllocatedBytesForCurrentThread();
        map.Forward(state, controls);
        map.Reverse(controls, adjoint, gradient);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Features_of_a_degree_have_unit_length()
    {
        foreach (int dimension in new[] { 2, 3 })
        {
            var features = new FeatureMap(new HarmonicFeatures(dimension, 3, 3));
            var values = new double[features.Count];
            TokenSample tokens = TokenSample.Uniform(dimension, 5, 1);
            for (int i = 0; i < 5; i++)
            {
                features.Evaluate(tokens.Positions.Slice(i * dimension, dimension), values);
                Assert.Equal(1, values.Sum(v => v * v), 1e-13);
            }
        }
        var legendre = new double[4];
        new FeatureMap(new HarmonicFeatures(5, 0, 3)).Evaluate([0.3], legendre); // d = 5: P₂ = (5t²−1)/4, P₃ = (7t³−3t)/4
        Assert.Equal((5 * 0.09 - 1) / 4, legendre[2], 1e-15);
        Assert.Equal((7 * 0.027 - 0.9) / 4, legendre[3], 1e-15);
    }

    [Fact]
    public void Models_out_of_range_are_refused()
    {
        var features = new FeatureMap(new LinearFeatures(2));
        Assert.Throws<ArgumentException>(() => InteractionMatrix.General(new[,] { { 1.0, 0.5 }, { 0.4, 1 } }));
        Assert.Throws<ArgumentException>(() => InteractionMatrix.Diagonal(1, -1));
        Assert.Throws<ArgumentException>(() => new TrainedModel(new Attention(Normalization.Softmax, 8), InteractionMatrix.Diagonal(2, 1), features));
        Assert.Throws<ArgumentException>(() => new TrainedModel(new Attention(Normalization.None, -1), InteractionMatrix.Diagonal(2, 1), features));
        Assert.Throws<ArgumentException>(() => new TrainedModel(new Attention(Normalization.None, 1), InteractionMatrix.Identity(3), features));
    }
}
