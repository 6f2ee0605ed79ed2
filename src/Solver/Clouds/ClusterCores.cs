using System.Runtime.Intrinsics;
using Meanfield.Spectral;

namespace Meanfield.Solver;

/// <summary>
/// The dense places of a cloud: representatives of its core tokens, and which representatives hang together.
/// </summary>
/// <remarks>
/// A token is a core when the mass within δ of it, estimated from at most <see cref="MostSampled"/> tokens, reaches half the minimum mass,
/// twice the mass u that the uniform law has there, and two tokens; from 1000 tokens on also its own mass + u + 6√(u/n) for n sampled tokens,
/// which chance alone hardly reaches.
/// Cores in the order of their indices become representatives unless one lies within δ/3; representatives within δ are linked.
/// </remarks>
internal sealed class ClusterCores
{
    /// <summary>Tokens that the density is estimated from.</summary>
    public const int MostSampled = 4096;

    private const double Contrast = 2, Chance = 6;
    private const int Many = 1000; // fewer tokens cannot tell chance from clusters: then a group within δ is a cluster

    private ClusterCores(double[] positions, int[] components) => (Positions, Components) = (positions, components);

    /// <summary>[R·d] representatives, one after another.</summary>
    public double[] Positions { get; }

    /// <summary>[R] component of each representative: the smallest index in it.</summary>
    public int[] Components { get; }

    /// <summary>Finds the dense places.</summary>
    public static ClusterCores Find(in Cloud cloud, ClusterRule rule)
    {
        int d = cloud.Dimension;
        int[] sample = cloud.Subset(MostSampled);
        double[] positions = cloud.PositionsOf(sample);
        int[] cores = DenseTokens(cloud, rule, sample, positions);
        int[] kept = Thin(d, positions, cores, Math.Cos(rule.Angle / 3));
        var points = new double[kept.Length * d];
        for (int r = 0; r < kept.Length; r++)
            for (int k = 0; k < d; k++) points[r * d + k] = positions[k * sample.Length + kept[r]];
        return new ClusterCores(points, Link(d, points, Math.Cos(rule.Angle)));
    }

    private static int[] DenseTokens(in Cloud cloud, ClusterRule rule, int[] sample, double[] positions)
    {
        int count = sample.Length;
        var masses = new double[count];
        double total = 0, squares = 0;
        for (int i = 0; i < count; i++)
        {
            masses[i] = cloud.MassOf(sample[i]);
            total += masses[i];
            squares += masses[i] * masses[i];
        }
        double cosine = Math.Cos(rule.Angle);
        (double least, double chance) = Thresholds(cloud.Dimension, rule, count, squares / (total * total));
        var cosines = new double[count];
        var cores = new List<int>();
        for (int i = 0; i < count; i++)
        {
            CosineRow.Fill(cloud.Dimension, positions, i, 0, cosines);
            (double mass, double neighbours) = Near(cosines, masses, cosine);
            if ((neighbours >= 2 || cloud.Count == 1) && mass >= least * total && mass - masses[i] >= chance * total) cores.Add(i);
        }
        return [.. cores];
    }

    /// <summary>What a core needs: the mass within δ, itself included, and that beside its own.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="rule">What counts as a cluster.</param>
    /// <param name="count">Tokens that the density is estimated from.</param>
    /// <param name="squares">Sum of the squares of their masses, of sum 1.</param>
    public static (double Least, double Beside) Thresholds(int dimension, ClusterRule rule, int count, double squares)
    {
        double uniform = UniformMass(dimension, rule.Angle);
        return (Math.Max(0.5 * rule.MinimumMass, Contrast * uniform), count < Many ? 0 : uniform + Chance * Math.Sqrt(uniform * squares));
    }

    /// <summary>Mass and number of the points whose cosine reaches a bound, in eight partial sums whatever the processor.</summary>
    private static (double Mass, double Number) Near(ReadOnlySpan<double> cosines, ReadOnlySpan<double> masses, double bound)
    {
        Vector512<double> mass = default, number = default, least = Vector512.Create(bound);
        int j = 0;
        for (; j + Vector512<double>.Count <= cosines.Length; j += Vector512<double>.Count)
        {
            Vector512<double> near = Vector512.GreaterThanOrEqual(Vector512.Create(cosines[j..]), least);
            mass += near & Vector512.Create(masses[j..]);
            number += near & Vector512<double>.One;
        }
        double restMass = 0, restNumber = 0;
        for (; j < cosines.Length; j++)
        {
            if (!(cosines[j] >= bound)) continue;
            restMass += masses[j];
            restNumber++;
        }
        return (Vector512.Sum(mass) + restMass, Vector512.Sum(number) + restNumber);
    }

    /// <summary>Uniform mass of the cap of angle δ: a Gauss sum of the density ∝ sin^(d−2), exact enough for a threshold.</summary>
    private static double UniformMass(int dimension, double angle)
    {
        return Part(angle) / Part(Math.PI);

        double Part(double end)
        {
            GaussGegenbauerRule gauss = GaussGegenbauerRule.Create(3, 64);
            double sum = 0;
            for (int i = 0; i < 64; i++) sum += gauss.Weights[i] * Math.Pow(Math.Sin(0.5 * end * (1 + gauss.Nodes[i])), dimension - 2);
            return sum * end;
        }
    }

    private static int[] Thin(int dimension, double[] positions, int[] cores, double cosine)
    {
        int count = positions.Length / dimension;
        var kept = new List<int>();
        var points = new List<double>(); // of the kept
        var token = new double[dimension];
        foreach (int core in cores)
        {
            for (int k = 0; k < dimension; k++) token[k] = positions[k * count + core];
            bool covered = false;
            for (int at = 0; at < points.Count && !covered; at += dimension)
            {
                double dot = 0;
                for (int k = 0; k < dimension; k++) dot += token[k] * points[at + k];
                covered = dot >= cosine;
            }
            if (covered) continue;
            kept.Add(core);
            points.AddRange(token);
        }
        return [.. kept];
    }

    private static int[] Link(int dimension, double[] points, double cosine)
    {
        var parents = new int[points.Length / dimension];
        for (int i = 0; i < parents.Length; i++) parents[i] = i;
        for (int i = 0; i < parents.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double dot = 0;
                for (int k = 0; k < dimension; k++) dot += points[i * dimension + k] * points[j * dimension + k];
                if (dot < cosine) continue;
                int a = Root(i), b = Root(j);
                parents[Math.Max(a, b)] = Math.Min(a, b);
            }
        }
        for (int i = 0; i < parents.Length; i++) parents[i] = Root(i);
        return parents;

        int Root(int i)
        {
            while (parents[i] != i) i = parents[i] = parents[parents[i]];
            return i;
        }
    }
}
