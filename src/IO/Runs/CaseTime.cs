using Meanfield.Perturbation;
using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>The unit of time of a case.</summary>
public static class CaseTime
{
    /// <summary>Output times of a case in the model's own time.</summary>
    /// <exception cref="CaseException">unit: growth where nothing grows.</exception>
    public static IReadOnlyList<double> Outputs(Case @case)
    {
        double scale = Scale(@case);
        return DensitySettings.Schedule(@case.Time.Until * scale, @case.Time.Every * scale);
    }

    /// <summary>Factor from the case's time unit to the model's own time: 1, or 1/γ_max for unit growth.</summary>
    /// <exception cref="CaseException">unit: growth where nothing grows.</exception>
    public static double Scale(Case @case)
    {
        if (@case.Time.Unit == TimeUnit.Natural) return 1;
        double fastest = Eigenmodes.About(@case.Attention.Model, @case.Dimension).Fastest.GrowthRate;
        return fastest > 0
            ? 1 / fastest
            : throw new CaseException("the case", null, "time.unit", "cannot be growth: no perturbation of the uniform state grows; use natural");
    }
}
