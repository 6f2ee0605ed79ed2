using Meanfield.Solver;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Solver.Tokens;

/// <summary>Brownian motion of tokens and its splitting from the flow (THEORY 1.4, 6.7, 6.8; V39, V40).</summary>
public class NoiseTests
{
    /// <summary>One step multiplies E Y_ℓ by e^{−ℓ(ℓ+d−2)κh} up to O(h³): E P_ℓ(cos R) over the law of R, by quadrature.</summary>
    [Theory]
    [InlineData(3, 1)]
    [InlineData(3, 3)]
    [InlineData(5, 2)]
    [InlineData(8, 1)]
    public void The_radius_of_a_step_is_right_to_third_order(int d, int degree)
    {
        double[] errors = [.. new[] { 0.004, 0.002 }.Select(h =>
            Math.Abs(Mean(r => Legendre(d, degree, Math.Cos(Math.Sqrt(2 * h * (1 - (d - 2) * h / 3)) * r))) - Math.Exp(-degree * (degree + d - 2) * h)))];
        Assert.InRange(Math.Log2(errors[0] / errors[1]), 2.8, 4.3);

        double Mean(Func<double, double> f) // over the chi law of d − 1 degrees of freedom
        {
            double sum = 0, total = 0;
            for (int i = 1; i < 4000; i++)
            {
                double r = 0.004 * i, weight = Math.Pow(r, d - 2) * Math.Exp(-r * r / 2) * (i % 2 == 0 ? 2 : 4);
                (sum, total) = (sum + weight * f(r), total + weight);
            }
            return sum / total;
        }
    }

    /// <summary>Degrees decay as e^{−ℓ(ℓ+d−2)κt} in the tokens themselves, within 4σ of sampling.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Brownian_tokens_forget_their_start(int d)
    {
        const int Count = 40_000, Steps = 10;
        const double Noise = 0.03;
        var positions = new double[d * Count];
        positions.AsSpan((d - 1) * Count).Fill(1); // all at the last axis
        var noise = new BrownianStep(d, Count, 17);
        for (int step = 0; step < Steps; step++) noise.Move(positions, Noise, (ulong)step);
        for (int degree = 1; degree <= 3; degree++)
        {
            double mean = 0;
            for (int i = 0; i < Count; i++) mean += Legendre(d, degree, positions[(d - 1) * Count + i]) / Count;
            Assert.Equal(Math.Exp(-degree * (degree + d - 2) * Noise * Steps), mean, 4 / Math.Sqrt(Count));
        }
        for (int i = 0; i < Count; i++) Assert.Equal(1, TokenClouds.Token(positions, d, i).Sum(x => x * x), 4e-15);
    }

    [Fact]
    public void Noise_has_the_same_bits_on_any_number_of_threads()
    {
        const int Count = 5000;
        double[] one = TokenClouds.Uniform(3, Count, 2), many = [.. one];
        for (int step = 0; step < 3; step++)
        {
            new BrownianStep(3, Count, 5, 1).Move(one, 0.01, (ulong)step);
            new BrownianStep(3, Count, 5, 4).Move(many, 0.01, (ulong)step);
        }
        Assert.Equal(one, many);
    }

    /// <summary>
    /// Independent tokens on the circle in the field b e_1: c_k = E e^{−ikθ} obeys ċ_k = (kb/2)(c_{k−1} − c_{k+1}) − κk²c_k exactly.
    /// </summary>
    [Fact]
    public void Splitting_has_weak_order_two()
    {
        const double Field = 1, Noise = 0.5, Start = 2;
        const int Count = 500_000;
        double exact = Expectation();
        double[] errors = [.. new[] { 1, 2 }.Select(steps =>
        {
            var positions = new double[2 * Count];
            positions.AsSpan(0, Count).Fill(Math.Cos(Start));
            positions.AsSpan(Count).Fill(Math.Sin(Start));
            var stepper = new NoisyStepper(new FieldForce(Noise, Count, Field), positions, seed: 11 + (ulong)steps);
            for (int n = 0; n < steps; n++) stepper.Step(1.0 / steps, n);
            double mean = 0;
            for (int i = 0; i < Count; i++) mean += stepper.State[Count + i] / Count;
            return mean - exact;
        })];
        Assert.InRange(Math.Log2(errors[0] / errors[1]), 1.8, 2.2);

        static double Expectation() // E sin θ at t = 1
        {
            const int Modes = 30, Steps = 4000;
            var c = new System.Numerics.Complex[Modes + 1];
            for (int k = 0; k <= Modes; k++) c[k] = System.Numerics.Complex.FromPolarCoordinates(1, -k * Start);
            for (int n = 0; n < Steps; n++)
            {
                System.Numerics.Complex[] k1 = Rate(c), k2 = Rate(Plus(c, 0.5 / Steps, k1)), k3 = Rate(Plus(c, 0.5 / Steps, k2)), k4 = Rate(Plus(c, 1.0 / Steps, k3));
                for (int k = 0; k <= Modes; k++) c[k] += (k1[k] + 2 * k2[k] + 2 * k3[k] + k4[k]) / (6 * Steps);
            }
            return -c[1].Imaginary;

            static System.Numerics.Complex[] Rate(System.Numerics.Complex[] c) => [.. Enumerable.Range(0, Modes + 1).Select(k =>
                k == 0 ? 0 : 0.5 * k * Field * (c[k - 1] - (k < Modes ? c[k + 1] : 0)) - Noise * k * k * c[k])];

            static System.Numerics.Complex[] Plus(System.Numerics.Complex[] c, double h, System.Numerics.Complex[] slope) => [.. c.Zip(slope, (a, b) => a + h * b)];
        }
    }

    /// <summary>V39: N E|c_k|² = e^{2γ̃t} + κk²(e^{2γ̃t} − 1)/γ̃ about uniform, circle, β = 1, κ = 0.8, N = 400, t = 1.5.</summary>
    [Fact]
    public void Finitely_many_tokens_fluctuate_as_predicted()
    {
        const int Count = 400, Paths = 1000, Steps = 20, Modes = 3;
        const double Noise = 0.8, Time = 1.5;
        var attention = new Attention(Normalization.None, 1, Noise);
        var force = new HarmonicForce(new TokenModel(attention, 2), Count);
        double[] mean = new double[Modes + 1], square = new double[Modes + 1];
        for (int path = 0; path < Paths; path++)
        {
            var stepper = new NoisyStepper(force, TokenClouds.Uniform(2, Count, 1000 + (ulong)path), 5000 + (ulong)path);
            for (int n = 0; n < Steps; n++) stepper.Step(Time / Steps, n);
            var sums = new System.Numerics.Complex[Modes + 1];
            for (int i = 0; i < Count; i++)
            {
                var z = new System.Numerics.Complex(stepper.State[i], -stepper.State[Count + i]);
                System.Numerics.Complex power = 1;
                for (int k = 1; k <= Modes; k++) sums[k] += power *= z;
            }
            for (int k = 1; k <= Modes; k++)
            {
                double value = sums[k].Magnitude * sums[k].Magnitude / Count;
                (mean[k], square[k]) = (mean[k] + value / Paths, square[k] + value * value / Paths);
            }
        }
        double[] table = [0, 2.217, 1.204, 1.0285];
        for (int k = 1; k <= Modes; k++)
        {
            double rate = FunkHecke.Rate(attention, 2, k), growth = Math.Exp(2 * rate * Time), expected = growth + Noise * k * k * (growth - 1) / rate;
            Assert.Equal(table[k], expected, 1e-3);
            Assert.Equal(expected, mean[k], 3 * Math.Sqrt((square[k] - mean[k] * mean[k]) / Paths));
        }
    }

    /// <summary>V40, in short: the moments of N noisy tokens miss those of the mean field by N^{−1/2}.</summary>
    [Fact]
    public void Tokens_approach_the_mean_field_like_the_root_of_their_number()
    {
        const double Noise = 0.8;
        var attention = new Attention(Normalization.None, 1, Noise);
        Run density = Run.Of(attention, 2, [(1, 1, 0.6 / Math.Sqrt(2))], 1e-10, 0, 1);
        double expected = density.Snapshots[^1].Coefficients[1];
        int[] counts = [100, 400, 1600];
        double[] errors = [.. counts.Select(count =>
        {
            const int Paths = 300;
            double sum = 0;
            for (int path = 0; path < Paths; path++)
            {
                var random = new RandomNumbers(900 + (ulong)path);
                var positions = new double[2 * count];
                for (int i = 0; i < count;)
                {
                    double angle = 2 * Math.PI * random.NextUniform();
                    if (random.NextUniform() * 1.6 > 1 + 0.6 * Math.Cos(angle)) continue;
                    (positions[count + i], positions[i]) = Math.SinCos(angle);
                    i++;
                }
                var stepper = new NoisyStepper(new HarmonicForce(new TokenModel(attention, 2), count), positions, 40 + (ulong)path);
                for (int n = 0; n < 8; n++) stepper.Step(1.0 / 8, n);
                double moment = 0;
                for (int i = 0; i < count; i++) moment += Math.Sqrt(2) * stepper.State[i] / count;
                sum += (moment - expected) * (moment - expected) / Paths;
            }
            return Math.Sqrt(sum);
        })];
        Assert.Equal(-0.5, TokenRun.Slope([.. counts.Select(n => Math.Log(n))], [.. errors.Select(e => Math.Log(e))]), 0.05);
    }

    private static double Legendre(int d, int degree, double t)
    {
        (double below, double here) = (0, 1);
        for (int k = 0; k < degree; k++) (below, here) = (here, k == 0 ? t : ((2 * k + d - 2) * t * here - k * below) / (k + d - 2));
        return here;
    }

    /// <summary>v = P_x b e_1, whatever the others do.</summary>
    private sealed class FieldForce(double noise, int count, double field)
        : TokenForce(new TokenModel(new Attention(Normalization.None, 0, noise), 2), count)
    {
        public override string Description => "a field";

        public override void Velocity(ReadOnlySpan<double> positions, Span<double> velocity)
        {
            velocity[..Count].Fill(field);
            velocity[Count..].Clear();
            Project(positions, velocity, Count);
        }

        public override double Energy(double logScale) => double.NaN;

        protected override double Partition(int token, double logScale) => 1;
    }
}
