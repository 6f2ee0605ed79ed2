using Meanfield.Perturbation;
using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver.Phases;

/// <summary>V09–V11: the flow itself, started from the noise of N iid uniform tokens, leaves the linear phase at the times that the law says.</summary>
public class ExitTimeLawTests
{
    private const int Realizations = 2000;
    private const double Beta = 0.5, Threshold = 0.1;

    private static readonly Attention Model = new(Normalization.None, Beta);

    /// <summary>THEORY 3.2: mean ½ log N + log(δ/√(1−δ²)) + ½γ_E and standard deviation π/√24 in units of 1/γ, over 2,000 draws, within three standard errors; slope in log N within 2 % of 1/2γ.</summary>
    [Fact]
    public void Exit_times_follow_the_law()
    {
        double rate = FunkHecke.Rate(Model, 2, 1), deviation = Math.PI / Math.Sqrt(24);
        double[] tokens = [1e4, 1e6, 1e8];
        var means = new double[tokens.Length];
        for (int i = 0; i < tokens.Length; i++)
        {
            double[] times = [.. Times(tokens[i], seed: (ulong)(i + 1)).Select(time => rate * time)];
            means[i] = times.Average();
            double spread = Math.Sqrt(times.Sum(time => (time - means[i]) * (time - means[i])) / (Realizations - 1));
            double expected = 0.5 * Math.Log(tokens[i]) + Math.Log(Threshold / Math.Sqrt(1 - Threshold * Threshold)) + 0.5 * 0.57721566490153286;
            Assert.Equal(expected, means[i], 3 * deviation / Math.Sqrt(Realizations));
            Assert.Equal(deviation, spread, 3 * deviation * Math.Sqrt((5.4 - 1) / (4 * Realizations))); // kurtosis of Gumbel's law: 5.4
            ExitTime law = ExitTime.Of(Model, 2, 1, tokens[i], Threshold, landau: true);
            foreach (double p in new[] { 0.05, 0.5, 0.95 })
            {
                double share = times.Count(time => time <= rate * law.Quantile(p)) / (double)Realizations;
                Assert.Equal(p, share, 3.5 * Math.Sqrt(p * (1 - p) / Realizations));
            }
        }
        Assert.Equal(0.5, (means[2] - means[0]) / Math.Log(tokens[2] / tokens[0]), 0.01);
    }

    /// <summary>V09: for iid uniform tokens of any number E|c_k|² = 1/N, Var(N|c_k|²) = 1 − 1/N; on the sphere N Σ a_2m² has the mean 5 of χ²_5.</summary>
    [Theory]
    [InlineData(2, 3, 2)]
    [InlineData(3, 2, 5)]
    public void Moments_of_iid_tokens_have_the_sizes_of_noise(int dimension, int degree, int multiplicity)
    {
        const int Count = 50;
        var basis = new HarmonicBasis(dimension, degree);
        var sizes = new double[4 * Realizations];
        for (int i = 0; i < sizes.Length; i++)
        {
            double amplitude = DegreeAmplitudes.Of(basis, TokenSample.Uniform(dimension, Count, (ulong)(i + 1)).Moments(degree), degree);
            sizes[i] = Count * amplitude * amplitude * multiplicity;
        }
        double mean = sizes.Average(), variance = sizes.Sum(size => (size - mean) * (size - mean)) / (sizes.Length - 1);
        Assert.Equal(multiplicity, mean, 3 * Math.Sqrt(2.0 * multiplicity / sizes.Length));
        if (dimension == 2) Assert.Equal(4 * (1 - 1.0 / Count), variance, 3 * 4 * Math.Sqrt(8.0 / sizes.Length)); // of 2N|c|² = χ²_2; kurtosis 9
    }

    // Gaussian coefficients of variance 1/N, carried by the Galerkin flow with degrees ≤ 8 until |c_1| = δ.
    private static IEnumerable<double> Times(double tokens, ulong seed)
    {
        const double Step = 1;
        var flow = new DensityFlow(Model, 2, 8);
        var random = new RandomNumbers(seed);
        for (int i = 0; i < Realizations; i++)
        {
            var state = new double[flow.Basis.Count];
            state[0] = 1;
            for (int degree = 1; degree <= 8; degree++)
            {
                (double first, double second) = random.NextNormals();
                (state[2 * degree - 1], state[2 * degree]) = (first / Math.Sqrt(tokens), second / Math.Sqrt(tokens));
            }
            if (DegreeAmplitudes.Of(flow.Basis, state, 1) >= Threshold)
            {
                yield return 0;
                continue;
            }
            var stepper = new ExponentialRungeKutta(flow, state, ExponentialTableau.DormandPrince);
            double time = 0, from = DegreeAmplitudes.Of(flow.Basis, state, 1), to = from;
            while (true)
            {
                stepper.TryStep(Step);
                to = DegreeAmplitudes.Of(flow.Basis, stepper.Candidate, 1);
                if (to >= Threshold) break;
                stepper.Accept();
                (time, from) = (time + Step, to);
            }
            yield return time + Step * Math.Log(Threshold / from) / Math.Log(to / from); // the rate falls by 1 % up to here: an error below 2e-3
        }
    }
}
