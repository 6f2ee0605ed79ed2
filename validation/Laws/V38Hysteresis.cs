namespace Meanfield.Validation;

/// <summary>Beyond β_* the concentrated state persists above the threshold of the uniform one (THEORY 6.6).</summary>
public sealed class V38Hysteresis : Law
{
    private const double Beta = 5;

    /// <inheritdoc/>
    public override Claim Claim { get; } = new("V38", "Hysteresis in the noise")
    {
        Statement = "d = 2, β = 5: with rising noise the concentrated state persists to κ ≈ 5.354 (m ≈ 0.73), beyond κ_c = 4.867, where with falling noise the uniform state gives way; the free energies cross between, at κ ≈ 5.232.",
        Source = "THEORY 6.6 (discontinuous transition of arXiv:2606.05140 and arXiv:2510.20094 for β > β_*)",
        Status = ClaimStatus.Derived,
        Tag = "derived, c09",
        Hypotheses = ["unnormalized", "β > β_*"],
        Method = "Density solver swept in κ, each state the start of the next: up from 4.6 by 0.05 until m collapses, then bisection to 2e-3 of κ; down from 5.4 with a deviation of 1e-3 until m rises. Prediction: fixed points f = e^{Φ/κ}/norm followed in m, the largest κ on the branch and the κ where the free energies are equal.",
        Tolerance = "1 % of κ, as theory asks; crossing of the free energies 1e-3.",
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
        double[] orders = [.. Enumerable.Range(0, 41).Select(i => 0.6 + 0.0075 * i)];
        (double Noise, double FreeEnergy)[] states = Array.ConvertAll(orders, branch.At);
        int top = Array.IndexOf(states, states.MaxBy(state => state.Noise)), cross = Array.FindIndex(states, state => state.FreeEnergy > 0);
        (double before, double after) = (states[cross - 1].FreeEnergy, states[cross].FreeEnergy);
        double crossing = states[cross - 1].Noise + (states[cross].Noise - states[cross - 1].Noise) * before / (before - after);
        return new Prediction().Relative("largest κ of the concentrated state", states[top].Noise, 0.01).Relative("κ where the uniform state gives way", FunkHecke.Lambda(2, 1, Beta) / Beta, 0.01)
            .Relative("κ where free energies cross", crossing, 1e-3).Absolute("m where it collapses", orders[top], 0.05);
    }

    /// <inheritdoc/>
    public override Measurement Measure(Trial trial)
    {
        var measurement = new Measurement();
        var noises = new List<double>();
        var orders = new List<double>();
        var excess = new List<double>();
        double uniform = new StationaryState(trial, measurement, 2, Beta, 0).Run(5, 0, 0.1).FreeEnergy;
        double last = 4.6, step = 0.05;
        StationaryState held = Climb(trial, measurement, null, last);
        while (step > 0.01)
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
            .Figure("largest κ of the concentrated state", last).Figure("m where it collapses", held.Order)
            .Figure("κ where free energies cross", noises[cross - 1] + (noises[cross] - noises[cross - 1]) * excess[cross - 1] / (excess[cross - 1] - excess[cross]));
        return measurement.Figure("κ where the uniform state gives way", Fall(trial, measurement));
    }

    private static StationaryState Climb(Trial trial, Measurement measurement, StationaryState? from, double noise)
    {
        StationaryState state = from?.Copy() ?? new StationaryState(trial, measurement, 2, Beta, 0.45);
        state.Settle(noise, 5, 1e-5, 40);
        return state;
    }

    private static double Fall(Trial trial, Measurement measurement)
    {
        double noise = 5.4;
        while (true)
        {
            double[] m = new StationaryState(trial, measurement, 2, Beta, 1e-3).Run(noise, 0, 2, 4).OrderParameter.Values;
            if (m[2] > m[1] || noise < 4) return noise;
            noise -= 0.01;
        }
    }
}
