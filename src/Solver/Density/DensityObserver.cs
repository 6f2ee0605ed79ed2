using System.Numerics.Tensors;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>Observables of a density: integrals in the quadrature of its flow's grid, and sums over coefficients.</summary>
public static class DensityObserver
{
    /// <summary>
    /// Grid points of a smaller share of the largest weight do not count for the extremes: in high dimension the rounding of the coefficients
    /// is magnified there by 1/√weight.
    /// </summary>
    private const double NegligibleWeight = 1e-16;

    /// <summary>Evaluates the observables of a state; uses the flow's grid fields.</summary>
    public static Observables Observe(DensityFlow flow, ReadOnlySpan<double> coefficients)
    {
        double logScale = Observables.LogScaleFor(flow.Attention);
        flow.EvaluateFields(coefficients);
        ReadOnlySpan<double> density = flow.Density, velocity = flow.Velocity, weights = flow.Weights, partition = flow.Partition;
        double minusEntropy = 0, gain = 0, negative = 0, lowest = double.PositiveInfinity, highest = double.NegativeInfinity;
        double floor = NegligibleWeight * TensorPrimitives.Max(weights);
        for (int i = 0; i < density.Length; i++)
        {
            double rho = density[i];
            if (weights[i] > floor)
            {
                lowest = Math.Min(lowest, rho);
                highest = Math.Max(highest, rho);
            }
            if (rho > 0) minusEntropy += weights[i] * rho * Math.Log(rho);
            else negative -= weights[i] * rho;
            double square = 0;
            for (int at = i; at < velocity.Length; at += density.Length) square += velocity[at] * velocity[at];
            gain += weights[i] * rho * square * (partition.IsEmpty ? 1 : partition[i]);
        }
        gain *= Math.Exp((partition.IsEmpty || flow.Attention.Beta == 0 ? 0 : flow.Kernel.LogLambda0) - logScale); // Z = λ_0 D
        double energy = Energy(flow, coefficients, logScale);
        double order = OrderParameter(flow.Basis, coefficients);
        return new Observables
        {
            Energy = energy,
            EnergyLogScale = logScale,
            Entropy = 0 - minusEntropy, // not −0 when uniform
            FreeEnergy = energy - flow.Attention.Noise * Math.Exp(-logScale) * minusEntropy,
            Dissipation = gain,
            OrderParameter = order,
            Variance = (1 - order) * (1 + order),
            Mass = coefficients[0],
            NegativeMass = negative,
            MinimumDensity = lowest,
            MaximumDensity = highest,
            Bandlimit = flow.Basis.Bandlimit,
        };
    }

    /// <summary>E = ½ Σ ŵ_ℓ a_ℓm² (at β = 0, where W = x·y: ½|∫x dμ|²), times e^{−logScale}.</summary>
    public static double Energy(DensityFlow flow, ReadOnlySpan<double> coefficients, double logScale = 0) =>
        Energy(flow.Kernel, flow.Basis.WithBandlimit(flow.PotentialBandlimit), coefficients, logScale);

    /// <summary>The same sum for the moments of any state, over the degrees of a basis.</summary>
    /// <param name="kernel">Multipliers ŵ_ℓ; degrees above its largest count as 0.</param>
    /// <param name="basis">Degrees summed.</param>
    /// <param name="coefficients">At least [basis.Count] moments ∫Y dμ.</param>
    /// <param name="logScale">log of the factor taken out.</param>
    public static double Energy(AttentionKernel kernel, HarmonicBasis basis, ReadOnlySpan<double> coefficients, double logScale = 0)
    {
        double sum = 0;
        for (int degree = basis.Bandlimit; degree >= 0; degree--)
        {
            double power = 0;
            foreach (double a in coefficients[basis.Start(degree)..basis.Start(degree + 1)]) power += a * a;
            sum += kernel.ScaledMultiplier(degree, logScale) * power;
        }
        return 0.5 * sum;
    }

    /// <summary>|∫x dμ| = (Σ a_1m²)^½/√d, since √d xᵢ are the harmonics of degree 1.</summary>
    public static double OrderParameter(HarmonicBasis basis, ReadOnlySpan<double> coefficients)
    {
        double sum = 0;
        foreach (double a in coefficients[basis.Start(1)..basis.Start(2)]) sum += a * a;
        return Math.Sqrt(sum / basis.Dimension);
    }
}
