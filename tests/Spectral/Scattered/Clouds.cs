namespace Meanfield.Tests.Spectral;

/// <summary>Seeded clouds of points, coordinate after coordinate, and what plain sums over them give.</summary>
internal static class Clouds
{
    public static double[] Uniform(int dimension, int count, int seed)
    {
        var random = new Random(seed);
        return Of(dimension, count, _ => Direction(dimension, random));
    }

    /// <summary>Points about one direction, within a width.</summary>
    public static double[] Cluster(double[] centre, double width, int count, int seed)
    {
        var random = new Random(seed);
        return Of(centre.Length, count, _ =>
        {
            double[] step = Direction(centre.Length, random);
            return [.. centre.Zip(step, (c, s) => c + width * random.NextDouble() * s)];
        });
    }

    public static double[] Of(int dimension, int count, Func<int, double[]> point)
    {
        var cloud = new double[dimension * count];
        for (int i = 0; i < count; i++)
        {
            double[] x = point(i);
            double norm = Math.Sqrt(x.Sum(c => c * c));
            for (int axis = 0; axis < dimension; axis++)
                cloud[axis * count + i] = x[axis] / norm;
        }
        return cloud;
    }

    public static double[] Weights(int count, int seed)
    {
        var random = new Random(seed);
        var weights = new double[count];
        for (int i = 0; i < count; i++)
            weights[i] = (0.2 + random.NextDouble()) / count;
        return weights;
    }

    public static double[] Point(double[] cloud, int dimension, int index) =>
        [.. Enumerable.Range(0, dimension).Select(axis => cloud[axis * (cloud.Length / dimension) + index])];

    /// <summary>Σⱼ wⱼ e^{β x·xⱼ} xⱼ less its part along x, and Σⱼ wⱼ e^{β x·xⱼ}.</summary>
    public static (double[] Force, double Partition) Direct(double[] cloud, double[] weights, double[] x, double beta)
    {
        int dimension = x.Length, count = weights.Length;
        double[] force = new double[dimension];
        double partition = 0;
        for (int j = 0; j < count; j++)
        {
            double product = 0;
            for (int axis = 0; axis < dimension; axis++)
                product += x[axis] * cloud[axis * count + j];
            double mass = weights[j] * Math.Exp(beta * product);
            partition += mass;
            for (int axis = 0; axis < dimension; axis++)
                force[axis] += mass * (cloud[axis * count + j] - product * x[axis]);
        }
        return (force, partition);
    }

    private static double[] Direction(int dimension, Random random)
    {
        while (true)
        {
            double[] x = [.. Enumerable.Range(0, dimension).Select(_ => 2 * random.NextDouble() - 1)];
            if (x.Sum(c => c * c) is > 0.01 and < 1)
                return [.. x.Select(c => c / Math.Sqrt(x.Sum(s => s * s)))];
        }
    }
}
