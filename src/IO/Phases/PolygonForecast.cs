using Meanfield.Perturbation;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>How the regular polygon of q equal clusters forms and how long it lasts (<see cref="RegularPolygon"/>), in numbers.</summary>
/// <param name="Contraction">s_q, the rate at which a cluster contracts.</param>
/// <param name="Rates">Λ_1 … Λ_(q−1), growth rates of displacements of whole clusters.</param>
/// <param name="FastestRate">max Λ_p; NaN for a single cluster.</param>
/// <param name="Lifetime">log(1/η)/Λ_max, η the asymmetry of the data where the linear phase ends; infinite if the polygon is stable, NaN if η is not below 1 (no polygon forms) or unknown.</param>
public sealed record PolygonForecast(double Contraction, IReadOnlyList<double> Rates, double FastestRate, double Lifetime)
{
    /// <summary>The polygon of a model.</summary>
    /// <param name="attention">The model, without noise.</param>
    /// <param name="clusters">q ≥ 1.</param>
    /// <param name="asymmetry">η; 0 where the data are exactly q-periodic.</param>
    public static PolygonForecast Of(Attention attention, int clusters, double asymmetry)
    {
        var polygon = new RegularPolygon(attention, clusters);
        double lifetime = asymmetry switch
        {
            _ when clusters == 1 => double.PositiveInfinity,
            0 => double.PositiveInfinity,
            > 0 and < 1 => polygon.Lifetime(asymmetry),
            _ => double.NaN,
        };
        return new PolygonForecast(polygon.Contraction, polygon.Rates[1..].ToArray(), clusters == 1 ? double.NaN : polygon.FastestRate, lifetime);
    }
}
