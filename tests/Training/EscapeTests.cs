using Meanfield.Solver;
using Meanfield.Spectral;
using Meanfield.Training;
using Xunit;

namespace Meanfield.Tests.Training;

/// <summary>Laws of the escape from a well (V51, V52; THEORY 5.3).</summary>
public class EscapeTests
{
    /// <summary>From W = 0 at the well the first gradient grows like e^{−ω(T−t)}; rates of THEORY 5.3 (c13, matrix exponentials at 192 points).</summary>
    [Theory]
    [InlineData(0.05, 7.2879, 100)]
    [InlineData(0.1, 7.1844, 72)]
    [InlineData(0.2, 6.9693, 56)]
    public void First_gradient_grows_at_the_turnpike_rate(double noise, double rate, int bandlimit)
    {
        const int Steps = 800;
        const double Horizon = 2;
        var model = new TrainedModel(new Attention(Normalization.None, 1, noise), InteractionMatrix.Diagonal(2, 1), new FeatureMap(new HarmonicFeatures(2, 0, 2)));
        double[] well = Bump(bandlimit, Math.E * Math.E / noise); // near the stationary density, which the first second reaches
        var problem = new ControlProblem(model, new DepthGrid(bandlimit, Horizon, Steps), well, LinearLoss.Towards(2, Math.Cos(2), Math.Sin(2)), 0.3);
        double[] controls = new double[problem.Size], gradient = new double[problem.Size];
        problem.Evaluate(controls);
        problem.Sensitivity(controls, gradient);
        double[] sizes = TrainingCases.LayerSizes(problem, gradient);
        int[] window = [.. Enumerable.Range(0, Steps).Where(k => Remaining(k) is > 0.3 and < 0.7)];
        double slope = LineFit.Through([.. window.Select(Remaining)], [.. window.Select(k => Math.Log(sizes[k]))])!.Value.Slope;
        Assert.Equal(1, -slope / rate, 0.0005);

        static double Remaining(int k) => Horizon * (1 - (k + 0.5) / Steps);
    }

    /// <summary>
    /// x_T → (G_T q x*/λ)/(1 + q G_T/λ), G_T = (1 − e^{−2ωT})/2ω, ω = (a₁−a₂)e^{βa₁}: a bias pulls a cluster off its well.
    /// The law is that of a Dirac; two noises are extrapolated to none.
    /// </summary>
    [Theory]
    [InlineData(0.8)]
    [InlineData(0.3)]
    public void Escape_obeys_the_linear_quadratic_law_in_the_limit_of_a_Dirac(double horizon)
    {
        const double First = 1.5, Second = 0.75, Strength = 2, Regularization = 0.3, Goal = 1e-3;
        double rate = (First - Second) * Math.Exp(First), reach = (1 - Math.Exp(-2 * rate * horizon)) / (2 * rate);
        double law = reach * Strength * Goal / Regularization / (1 + Strength * reach / Regularization);
        double broad = Displacement(0.02, 96), narrow = Displacement(0.01, 128);
        Assert.Equal(1, (2 * narrow - broad) / law, 1e-4);

        double Displacement(double noise, int bandlimit)
        {
            var model = new TrainedModel(new Attention(Normalization.None, 1, noise), InteractionMatrix.Diagonal(First, Second), new FeatureMap(new ConstantFeature(2)));
            double[] bump = Bump(bandlimit, First * Math.Exp(First) / noise);
            var rest = new ControlProblem(model, new DepthGrid(bandlimit, 1.5, 600), bump, LinearLoss.Towards(2, 1, 0), 1);
            rest.Evaluate(new double[rest.Size]);
            var mean = new MeanVector(2);
            double[] target = new double[3], weights = new double[3];
            mean.Add(1, 2 * Goal, target);
            weights[2] = Strength / 2; // (q/2)(m_y − x*)²
            var problem = new ControlProblem(
                model, new DepthGrid(bandlimit, horizon, (int)(400 * horizon)), rest.Map.Final, new MomentLoss(target, weights), Regularization);
            TrainedControl control = Trainer.Train(problem, new TrainingSettings());
            Assert.True(control.Converged);
            problem.Evaluate(control.Controls);
            return mean.Read(problem.Map.Final, 1);
        }
    }

    /// <summary>The control's boundary layer before the end has thickness 1/ω: exponent −1 over wells of different depth.</summary>
    [Fact]
    public void Escape_takes_the_time_of_the_wells_rate()
    {
        double[] second = [0.3, 0.5, 0.7, 0.9, 1.1];
        var (rates, layers) = (new List<double>(), new List<double>());
        foreach (double a in second)
        {
            var model = new TrainedModel(new Attention(Normalization.None, 1, 0.05), InteractionMatrix.Diagonal(1.5, a), new FeatureMap(new HarmonicFeatures(2, 0, 2)));
            var problem = new ControlProblem(
                model, new DepthGrid(63, 2, 200), Bump(63, 1.5 * Math.Exp(1.5) / 0.05), LinearLoss.Towards(2, Math.Cos(0.8), Math.Sin(0.8)), 3);
            TrainedControl control = Trainer.Train(problem, new TrainingSettings { Tolerance = 1e-4 });
            Assert.True(control.Converged);
            rates.Add(Math.Log((1.5 - a) * Math.Exp(1.5)));
            layers.Add(Math.Log(EscapePhases.Of([0, 2], [0, 1], TrainingCases.LayerSizes(problem, control.Controls)).BoundaryLayer));
        }
        LineFit fit = LineFit.Through([.. rates], [.. layers])!.Value; // −1.021 ± 0.004 when written: ω has a correction of order κ
        Assert.InRange(fit.Slope, -1.05, -0.98);
        Assert.True(fit.SlopeError < 0.01);
    }

    private static double[] Bump(int bandlimit, double concentration)
    {
        var basis = new HarmonicBasis(2, bandlimit);
        var values = new double[basis.Count];
        VonMisesFisher.Add(basis, [1, 0], concentration, 1, values);
        values[0] = 1;
        return values;
    }
}
