using MathNet.Numerics;
using MathNet.Numerics.RootFinding;

namespace Meanfield.Validation;

/// <summary>Beyond β_* the concentrated state persists above the threshold of the uniform one (THEORY 6.6).</summary>
public sealed class V38Hysteresis : Law
{
    private const double Beta = 5;
    private const string Largest = "largest κ of the concentrated state", Falling = "κ where the uniform state gives way", Crossing = "κ where free energies cross", Collapse = "m where it collapses";

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V38", "Hysteresis in the noise")
    {
        Statement = "d = 2, β = 5: with rising noise the concentrated state persists beyond κ_c = 4.867, where with falling noise the uniform state gives way, up to κ = 5.426 (m = 0.614), and the free energies cross at κ = 5.320. Printed: 5.354 (m ≈ 0.727) and 5.232, which are the points below these of a scan of step 0.122, from above which the states were not seen.",
        Source = "THEORY 6.6 (discontinuous transition of arXiv:2606.05140 and arXiv:2510.20094 for β > β_*)",
        Status = ClaimStatus.RefutedAsPrinted,
        Tag = "derived, c09",
        Hypotheses = ["unnormalized", "β > β_*"],
        Method = "Density solver swept in κ, each state the start of the next: up from 4.8 by 0.05 until m collapses, then by halves down to steps of 0.002; bisection between 4 and 5.4 on whether a deviation of 1e-3 rises or falls. Prediction: fixed points f = e^{Φ/κ}/norm followed in m (no time in it), the largest κ on the branch and the κ where the free energies are equal.",
        Tolerance = "1e-3 of κ (theory: 1 %), 0.03 of m at the collapse, where dm/dκ is infinite. The printed figures are to be missed by more than the 1 % that theory allows.",
        Case = """
            dimension: 2
            attention: {normalization: none, beta: 5, noise: 5.3}
            initial: {von_mises_fisher: [{mean: [1, 0], concentration: 4}]}
            time: {until: 20, every: 0.5}
            """,
    };

    /// <inheritdoc/>
    public override Prediction Predict(Trial trial)
    {
        var branch = new GibbsBranch(Beta);
        double order = FindMinimum.OfScalarFunctionConstrained(m => -branch.At(m).Noise, 0.4, 0.9, 1e-6);
        double crossing = branch.At(Brent.FindRoot(m => branch.At(m).FreeEnergy, order, 0.9, 1e-9, 100)).Noise;
        return new Prediction()
            .Printed(Largest, 5.354, 0.01).Printed(Crossing, 5.232, 0.01)
            .Relative(Largest, branch.At(order).Noise, 1e-3).Relative(Crossing, crossing, 1e-3)
            .Relative(Falling, FunkHecke.Lambda(2, 1, Beta) / Beta, 1e-3).Absolute(Collapse, order, 0.03);
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        var noises = new List<double>();
        var orders = new List<double>();
        var excess = new List<double>();
        double uniform = new StationaryState(trial, measurement, 2, Beta, 0).Run(5, 0, 0.1).FreeEnergy;
        double last = 4.8, step = 0.05;
        StationaryState held = Climb(trial, measurement, null, last);
        while (step > 0.0015)
        {
            StationaryState next = Climb(trial, measurement, held, last + step);
            if (next.Order < 0.5)
            {
                step /= 2;
                continue;
            }
            (held, last) = (next, last + step);
            noises.Add(last);
            orders.Add(held.Order);
            excess.Add(held.FreeEnergy - uniform);
        }
        int cross = excess.FindIndex(value => value < 0);
        measurement.Curve("m of the concentrated state", "κ", noises, orders).Curve("its free energy above the uniform state's", "κ", noises, excess)
            .Figure(Largest, last).Figure(Collapse, held.Order)
            .Figure(Crossing, noises[cross - 1] + (noises[cross] - noises[cross - 1]) * excess[cross - 1] / (excess[cross - 1] - excess[cross]));
        return measurement.Figure(Falling, Fall(trial, measurement));
    }

    private static StationaryState Climb(Trial trial, Measurement measurement, StationaryState? from, double noise)
    {
        StationaryState state = from?.Copy() ?? new StationaryState(trial, measurement, 2, Beta, 0.45);
        state.Settle(noise, 5, 1e-4, 40);
        return state;
    }

    private static double Fall(Trial trial, Measurement measurement)
    {
        (double low, double high) = (4, 5.4);
        while (high - low > 1e-3)
        {
            double middle = 0.5 * (low + high);
            double[] m = new StationaryState(trial, measurement, 2, Beta, 1e-3).Run(middle, 0, 2, 4).OrderParameter.Values;
            if (m[2] > m[1]) low = middle; else high = middle;
        }
        return low;
    }
}
