namespace Meanfield.Solver;

/// <summary>The clusters of a cloud in any dimension: how many, how heavy, where and how wide; the rest are stragglers.</summary>
/// <remarks>
/// Tokens with enough mass within an angle δ are cores; cores hang together through steps of at most δ; a token belongs to the component of
/// the nearest representative core within δ (see <see cref="ClusterCores"/>). A component is a cluster when it holds the minimum mass and
/// its radius is at most the widest. Cost O(N) plus the pairs among at most 4096 tokens. The result has the same bits on every machine run
/// and turns with the cloud; docs/clouds.md states each threshold.
/// </remarks>
public sealed class ClusterCensus
{
    private ClusterCensus(Cluster[] clusters, int[] labels)
    {
        Clusters = clusters;
        Labels = labels;
        StragglerMass = Math.Max(0, 1 - clusters.Sum(cluster => cluster.Mass));
    }

    /// <summary>Clusters by falling mass, equal masses by the smallest index of a token.</summary>
    public IReadOnlyList<Cluster> Clusters { get; }

    /// <summary>[N] index of each token's cluster; −1 for a straggler.</summary>
    public int[] Labels { get; }

    /// <summary>Mass outside all clusters.</summary>
    public double StragglerMass { get; }

    /// <summary>Mass of the heaviest cluster, 0 without clusters.</summary>
    public double LargestMass => Clusters.Count > 0 ? Clusters[0].Mass : 0;

    /// <summary>Counts the clusters of a cloud.</summary>
    /// <param name="cloud">Tokens and weights.</param>
    /// <param name="rule">What counts as a cluster.</param>
    /// <exception cref="ArgumentOutOfRangeException">An angle outside 1e−6 … π/2, or a minimum mass or radius that is not positive.</exception>
    public static ClusterCensus Take(in Cloud cloud, ClusterRule rule)
    {
        if (!(rule.Angle is >= 1e-6 and <= Math.PI / 2) || !(rule.MinimumMass > 0) || !(rule.WidestRadius > 0))
            throw new ArgumentOutOfRangeException(nameof(rule), rule, "the angle must lie between 1e-6 and pi/2, radius and mass above 0");
        ClusterCores cores = ClusterCores.Find(cloud, rule);
        int[] labels = Assign(cloud, rule, cores);
        Cluster?[] components = Measure(cloud, labels, cores.Components.Length);
        int[] kept = [.. Enumerable.Range(0, components.Length)
            .Where(c => components[c] is { } found && found.Mass >= rule.MinimumMass * (1 - 1e-12) && found.Radius <= rule.WidestRadius)
            .OrderByDescending(c => components[c]!.Mass).ThenBy(c => components[c]!.FirstToken)];
        var ids = new int[components.Length];
        Array.Fill(ids, -1);
        for (int i = 0; i < kept.Length; i++) ids[kept[i]] = i;
        for (int i = 0; i < labels.Length; i++) labels[i] = labels[i] < 0 ? -1 : ids[labels[i]];
        return new ClusterCensus([.. kept.Select(c => components[c]!)], labels);
    }

    private static int[] Assign(in Cloud cloud, ClusterRule rule, ClusterCores cores)
    {
        int d = cloud.Dimension, count = cloud.Count;
        var finder = new CoreFinder(d, cores.Positions, rule.Angle);
        var labels = new int[count];
        var token = new double[d];
        ReadOnlySpan<double> positions = cloud.Positions;
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < d; k++) token[k] = positions[k * count + i];
            int nearest = finder.Nearest(token);
            labels[i] = nearest < 0 ? -1 : cores.Components[nearest];
        }
        return labels;
    }

    private static Cluster?[] Measure(in Cloud cloud, int[] labels, int components)
    {
        int d = cloud.Dimension, count = cloud.Count;
        var masses = new double[components];
        var tokens = new int[components];
        var first = new int[components];
        for (int i = count - 1; i >= 0; i--)
        {
            if (labels[i] < 0) continue;
            masses[labels[i]] += cloud.MassOf(i);
            tokens[labels[i]]++;
            first[labels[i]] = i;
        }
        for (int c = 0; c < components && cloud.Weights.IsEmpty; c++) masses[c] = (double)tokens[c] / count; // equal counts, equal masses
        double[] centres = Centres(cloud, labels, masses, first);
        var squares = new double[components];
        var farthest = new double[components];
        for (int i = 0; i < count; i++)
        {
            if (labels[i] < 0) continue;
            double square = 0;
            for (int k = 0; k < d; k++)
            {
                double away = cloud.Positions[k * count + i] - centres[labels[i] * d + k];
                square += away * away;
            }
            squares[labels[i]] += cloud.MassOf(i) * square;
            farthest[labels[i]] = Math.Max(farthest[labels[i]], square);
        }
        var clusters = new Cluster?[components];
        for (int c = 0; c < components; c++)
            if (masses[c] > 0)
                clusters[c] = new Cluster(
                    masses[c], tokens[c], first[c], centres[(c * d)..((c + 1) * d)], Math.Sqrt(squares[c] / masses[c]), Math.Sqrt(farthest[c]));
        return clusters;
    }

    // Means of differences from the first token, so that equal tokens give their own place exactly
    private static double[] Centres(in Cloud cloud, int[] labels, double[] masses, int[] first)
    {
        int d = cloud.Dimension, count = cloud.Count;
        var centres = new double[masses.Length * d];
        for (int i = 0; i < count; i++)
        {
            int label = labels[i];
            if (label < 0) continue;
            double mass = cloud.MassOf(i);
            for (int k = 0; k < d; k++)
                centres[label * d + k] += mass * (cloud.Positions[k * count + i] - cloud.Positions[k * count + first[label]]);
        }
        for (int c = 0; c < masses.Length; c++)
        {
            if (masses[c] <= 0) continue;
            double square = 0;
            for (int k = 0; k < d; k++)
            {
                double mean = cloud.Positions[k * count + first[c]] + centres[c * d + k] / masses[c];
                centres[c * d + k] = mean;
                square += mean * mean;
            }
            double scale = square > 0 && Math.Abs(square - 1) > 1e-15 ? 1 / Math.Sqrt(square) : 1;
            for (int k = 0; k < d; k++) centres[c * d + k] *= scale;
        }
        return centres;
    }
}
