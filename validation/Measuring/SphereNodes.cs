using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>A product rule on S^(d−1), exact to degree 2n − 1: Gauss–Gegenbauer in the last coordinate times the rule on the sphere below.</summary>
internal sealed record SphereNodes(int Dimension, double[] Positions, double[] Weights)
{
    /// <summary>The rule with n nodes in each height and 2n on the circle.</summary>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="count">n.</param>
    public static SphereNodes Create(int dimension, int count)
    {
        if (dimension == 2)
        {
            double[] angles = [.. Enumerable.Range(0, 2 * count).Select(i => Math.PI * (i + 0.5) / count)];
            return new SphereNodes(2, [.. angles.SelectMany(angle => new[] { Math.Cos(angle), Math.Sin(angle) })], [.. angles.Select(_ => 0.5 / count)]);
        }
        SphereNodes below = Create(dimension - 1, count);
        var rule = GaussGegenbauerRule.Create(dimension, count);
        var positions = new List<double>();
        var weights = new List<double>();
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < below.Weights.Length; j++)
            {
                for (int k = 0; k < dimension - 1; k++) positions.Add(rule.Sines[i] * below.Positions[j * (dimension - 1) + k]);
                positions.Add(rule.Nodes[i]);
                weights.Add(rule.Weights[i] * below.Weights[j]);
            }
        }
        return new SphereNodes(dimension, [.. positions], [.. weights]);
    }
}
