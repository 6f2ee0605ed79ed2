using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver;

/// <summary>Laws that the Galerkin system obeys at every state, resolved or not (THEORY 1.3, 1.4).</summary>
public class SemiDiscreteLawTests
{
    public static TheoryData<int, int, double> Cases
    {
        get
        {
            var cases = new TheoryData<int, int, double>();
            foreach ((int dimension, int bandlimit) in new[] { (2, 24), (3, 14), (8, 20), (64, 12) })
            {
                foreach (double beta in new[] { 0, 0.5, 5, 20 }) cases.Add(dimension, bandlimit, beta);
            }
            cases.Add(3, 14, -1);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Mass_never_changes(int dimension, int bandlimit, double beta)
    {
        foreach (Normalization normalization in Enum.GetValues<Normalization>())
        {
            var flow = new DensityFlow(new Attention(normalization, beta, 0.1), dimension, bandlimit);
            var tendency = new double[flow.Basis.Count];
            flow.Tendency(RandomStates.Density(flow.Basis, 11, 0.9), tendency);
            Assert.Equal(0.0, tendency[0]);
            flow.Nonlinear(RandomStates.Density(flow.Basis, 12, 0.9), tendency);
            Assert.Equal(0.0, tendency[0]);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Energy_grows_by_the_dissipation(int dimension, int bandlimit, double beta)
    {
        foreach (Normalization normalization in Enum.GetValues<Normalization>())
        {
            var flow = new DensityFlow(new Attention(normalization, beta), dimension, bandlimit);
            for (ulong seed = 1; seed <= 3; seed++)
            {
                double[] state = RandomStates.Density(flow.Basis, seed, 0.9);
                double dissipation = DensityObserver.Observe(flow, state).Dissipation;
                Assert.True(dissipation > 0);
                Assert.Equal(1, EnergyRate(flow, state) / dissipation, 1e-12);
            }
        }
    }

    /// <summary>Softmax divides by Z, so its quadrature is exact only in the limit: the gap to a finer grid falls to rounding.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Softmax_dissipation_converges_with_oversampling(int dimension, int bandlimit, double beta)
    {
        var attention = new Attention(Normalization.Softmax, beta);
        var finest = new DensityFlow(attention, dimension, bandlimit, 16);
        double[] state = RandomStates.Density(finest.Basis, 5, 0.6);
        double exact = DensityObserver.Observe(finest, state).Dissipation;
        double[] gaps = Array.ConvertAll([0, 4, 8], more =>
            Math.Abs(EnergyRate(new DensityFlow(attention, dimension, bandlimit, more), state) / exact - 1));
        Assert.True(gaps[0] < 1e-3);
        Assert.True(gaps[1] < Math.Max(0.1 * gaps[0], 1e-12));
        Assert.Equal(0, gaps[2], 1e-12);
    }

    /// <summary>dF/dt = ∫ρ|∇(Φ − κ log ρ)|² dσ ≥ 0, on a grid fine enough for log ρ.</summary>
    [Theory]
    [InlineData(2, 0.5, 0.2)]
    [InlineData(2, 5, 6)]
    [InlineData(3, 5, 0.3)]
    [InlineData(3, -1, 0.3)]
    [InlineData(8, 5, 0.7)]
    [InlineData(64, 5, 0.1)]
    public void Free_energy_grows_by_its_dissipation(int dimension, double beta, double noise)
    {
        const int Degree = 3;
        var attention = new Attention(Normalization.None, beta, noise);
        int bandlimit = DensityFlow.KernelFor(attention, dimension).MaximumDegree + Degree; // holds all of −∇·(ρv)
        var flow = new DensityFlow(attention, dimension, bandlimit);
        double[] state = RandomStates.Density(flow.Basis, 21, 0.4, Degree);
        var tendency = new double[flow.Basis.Count];
        flow.Tendency(state, tendency);
        var potential = new double[flow.Basis.Count];
        for (int i = 1; i < potential.Length; i++)
            potential[i] = FunkHecke.Lambda(dimension, flow.Basis.DegreeOf(i), beta) / beta * state[i];

        HarmonicTransform fine = HarmonicTransform.Create(dimension, bandlimit, 2 * bandlimit + 200);
        double[] density = Values(state), change = Values(tendency), pull = Gradient(potential), slope = Gradient(state);
        double rate = EnergyRate(flow, state), gain = 0;
        for (int i = 0; i < fine.GridSize; i++)
        {
            rate -= noise * fine.Weights[i] * change[i] * Math.Log(density[i]);
            for (int at = i; at < pull.Length; at += fine.GridSize)
            {
                double force = pull[at] - noise * slope[at] / density[i];
                gain += fine.Weights[i] * density[i] * force * force;
            }
        }
        Assert.True(gain > 0);
        Assert.Equal(1, rate / gain, 1e-12);

        double[] Values(double[] coefficients)
        {
            var values = new double[fine.GridSize];
            fine.Synthesize(coefficients, values);
            return values;
        }

        double[] Gradient(double[] coefficients)
        {
            var values = new double[fine.GridSize * fine.TangentComponents];
            fine.SynthesizeGradient(coefficients, values);
            return values;
        }
    }

    /// <summary>V02: Σ N(k,d) γ_k = (d−1) e^β without normalization.</summary>
    [Theory]
    [InlineData(2, 5)]
    [InlineData(3, 10)]
    [InlineData(8, 5)]
    public void Growth_rates_obey_the_sum_rule(int dimension, double beta)
    {
        var flow = new DensityFlow(new Attention(Normalization.None, beta), dimension, 60);
        double sum = 0;
        for (int degree = flow.Basis.Bandlimit; degree >= 1; degree--) sum += Multiplicity.Of(dimension, degree) * flow.Rates[degree];
        Assert.Equal(1, sum / ((dimension - 1) * Math.Exp(beta)), 1e-12);
    }

    /// <summary>V27, V28: along runs, centred differences of E give the dissipation, and E never falls.</summary>
    [Theory]
    [InlineData(2, Normalization.None, 5, 0.1)]
    [InlineData(2, Normalization.Softmax, 5, 2.5)]
    [InlineData(3, Normalization.None, 3, 0.4)]
    [InlineData(3, Normalization.Softmax, -2, 1)]
    [InlineData(8, Normalization.Softmax, 6, 1)]
    public void Energy_rises_along_a_run(int dimension, Normalization normalization, double beta, double time)
    {
        double step = 1e-4 * time;
        double[] times = [0, .. from k in Enumerable.Range(1, 8) from side in new[] { -step, 0, step } select k * time / 8 + side];
        double[] initial = RandomStates.Density(new HarmonicBasis(dimension, 3), 31, 0.5);
        Run run = Run.Of(new Attention(normalization, beta), dimension, initial, 3, new DensitySettings { Tolerance = 1e-11, OutputTimes = times });
        Assert.Equal(OutcomeKind.Completed, run.Outcome.Kind);
        Assert.Empty(run.Outcome.Warnings);
        for (int i = 1; i < run.Snapshots.Count; i++)
        {
            double before = run.Snapshots[i - 1].Observables.Energy, here = run.Snapshots[i].Observables.Energy;
            Assert.True(here >= before * (1 - 1e-12), $"{before} fell to {here}");
            if (i % 3 != 2) continue;
            double slope = (run.Snapshots[i + 1].Observables.Energy - before) / (2 * step);
            Assert.Equal(1, slope / run.Snapshots[i].Observables.Dissipation, 1e-6);
        }
    }

    /// <summary>Σ_A ŵ_ℓ a_A ȧ_A.</summary>
    private static double EnergyRate(DensityFlow flow, double[] state)
    {
        var tendency = new double[flow.Basis.Count];
        flow.Tendency(state, tendency);
        double sum = 0;
        for (int i = flow.Basis.Start(flow.PotentialBandlimit + 1) - 1; i >= 1; i--)
            sum += flow.Kernel.Multiplier(flow.Basis.DegreeOf(i)) * state[i] * tendency[i];
        return sum;
    }
}
