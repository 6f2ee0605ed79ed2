using System.Numerics.Tensors;

namespace Meanfield.Solver;

/// <summary>One cluster of a layer.</summary>
/// <param name="Mass">Share of the tokens.</param>
/// <param name="Tokens">Number of tokens.</param>
/// <param name="FirstToken">Smallest index among its tokens.</param>
/// <param name="Radius">Root-mean-square distance |u − centre| of its tokens.</param>
/// <param name="Extent">Largest distance |u − centre| of its tokens.</param>
/// <param name="Density">Mean over its tokens of the mass within the census' angle.</param>
public sealed record LayerCluster(double Mass, int Tokens, int FirstToken, double Radius, double Extent, double Density);

/// <summary>The clusters among tokens of any dimension whose neighbours within an angle are known, by the rule of <see cref="ClusterCensus"/>.</summary>
/// <remarks>
/// Cores have the neighbours that <see cref="ClusterCores"/> demands; cores within the angle of each other hang together, without its representatives; any other token
/// joins its nearest core within the angle. Components that hold the minimum mass and are no wider than the rule allows are clusters.
/// </remarks>
public sealed class LayerCensus
{
    private LayerCensus(LayerCluster[] clusters, int[] labels)
    {
        Clusters = clusters;
        Labels = labels;
        StragglerMass = (double)labels.Count(label => label < 0) / labels.Length;
    }

    /// <summary>Clusters by falling mass, equal masses by the smallest index of a token.</summary>
    public IReadOnlyList<LayerCluster> Clusters { get; }

    /// <summary>[T] index of each token's cluster; −1 for a straggler.</summary>
    public int[] Labels { get; }

    /// <summary>Mass outside all clusters.</summary>
    public double StragglerMass { get; }

    /// <summary>Counts the clusters.</summary>
    internal static LayerCensus Take(TokenPanels panels, NeighbourGraph graph, ClusterRule rule)
    {
        int count = panels.Count;
        int[] degrees = [.. Enumerable.Range(0, count).Select(graph.Degree)];
        (double least, double chance) = ClusterCores.Thresholds(panels.Dimension, rule, count, 1.0 / count);
        bool[] cores = Array.ConvertAll(degrees, degree =>
            (degree >= 1 || count == 1) && (degree + 1.0) / count >= least && (double)degree / count >= chance);
        int[] components = Components(panels, graph, cores);
        return Measure(panels, rule, degrees, components);
    }

    // The smallest core of each token's component; −1 without one.
    private static int[] Components(TokenPanels panels, NeighbourGraph graph, bool[] cores)
    {
        var marked = new ulong[graph.Words];
        for (int i = 0; i < cores.Length; i++)
            if (cores[i]) marked[i / 64] |= 1UL << (i % 64);
        int[] parents = [.. Enumerable.Range(0, cores.Length)];
        var near = new List<int>();
        for (int i = 0; i < cores.Length; i++)
        {
            if (!cores[i]) continue;
            graph.Among(i, marked, near);
            foreach (int j in near)
            {
                int a = Root(i), b = Root(j);
                parents[Math.Max(a, b)] = Math.Min(a, b);
            }
        }
        var components = new int[cores.Length];
        for (int i = 0; i < cores.Length; i++)
        {
            components[i] = cores[i] ? Root(i) : -1;
            if (cores[i]) continue;
            graph.Among(i, marked, near);
            double best = double.NegativeInfinity;
            foreach (int j in near)
            {
                double cosine = near.Count == 1 ? 1 : panels.Cosine(i, j);
                if (cosine > best) (best, components[i]) = (cosine, Root(j));
            }
        }
        return components;

        int Root(int i)
        {
            while (parents[i] != i) i = parents[i] = parents[parents[i]];
            return i;
        }
    }

    private static LayerCensus Measure(TokenPanels panels, ClusterRule rule, int[] degrees, int[] components)
    {
        int count = components.Length;
        var found = new List<(LayerCluster Cluster, int Component)>();
        var unit = new double[panels.Dimension];
        foreach (IGrouping<int, int> members in Enumerable.Range(0, count).Where(i => components[i] >= 0).GroupBy(i => components[i]))
        {
            int[] tokens = [.. members];
            if (tokens.Length < rule.MinimumMass * count * (1 - 1e-12)) continue;
            var centre = new double[panels.Dimension];
            foreach (int token in tokens)
            {
                panels.Get(token, unit);
                TensorPrimitives.Add(centre, unit, centre);
            }
            double norm = TensorPrimitives.Norm<double>(centre);
            if (norm > 0) TensorPrimitives.Divide(centre, norm, centre);
            double squares = 0, farthest = 0, density = 0;
            foreach (int token in tokens)
            {
                panels.Get(token, unit);
                double away = TensorPrimitives.Distance<double>(unit, centre);
                (squares, farthest, density) = (squares + away * away, Math.Max(farthest, away), density + degrees[token] + 1);
            }
            double radius = Math.Sqrt(squares / tokens.Length);
            if (radius > rule.WidestRadius) continue;
            var cluster = new LayerCluster((double)tokens.Length / count, tokens.Length, tokens[0], radius, farthest, density / tokens.Length / count);
            found.Add((cluster, members.Key));
        }
        (LayerCluster Cluster, int Component)[] kept = [.. found.OrderByDescending(c => c.Cluster.Tokens).ThenBy(c => c.Cluster.FirstToken)];
        var ids = new Dictionary<int, int>();
        for (int i = 0; i < kept.Length; i++) ids.Add(kept[i].Component, i);
        return new LayerCensus([.. kept.Select(c => c.Cluster)], Array.ConvertAll(components, c => ids.GetValueOrDefault(c, -1)));
    }
}
