using System.Numerics.Tensors;

namespace Meanfield.Solver;

/// <summary>Random directions: uniform on the sphere, uniform about an axis, and the χ² law that both lead to.</summary>
internal static class AxialDraw
{
    private const int Factors = 64; // a product of this many uniform numbers stays far above underflow

    /// <summary>Fills a vector with standard normal numbers.</summary>
    public static void Normals(RandomNumbers random, Span<double> vector)
    {
        for (int k = 0; k < vector.Length; k += 2)
        {
            (double first, double second) = random.NextNormals();
            vector[k] = first;
            if (k + 1 < vector.Length) vector[k + 1] = second;
        }
    }

    /// <summary>x uniform on the sphere.</summary>
    public static void Uniform(RandomNumbers random, Span<double> token)
    {
        Normals(random, token);
        TensorPrimitives.Multiply(token, 1 / TensorPrimitives.Norm<double>(token), token);
    }

    /// <summary>x = t e + √(1−t²) u with u uniform among the unit vectors orthogonal to e.</summary>
    /// <param name="random">Source of u.</param>
    /// <param name="axis">Unit vector e.</param>
    /// <param name="gap">1 − t in [0, 2], so that caps however small keep their digits.</param>
    /// <param name="token">[d] receives x.</param>
    public static void About(RandomNumbers random, ReadOnlySpan<double> axis, double gap, Span<double> token)
    {
        Normals(random, token);
        TensorPrimitives.MultiplyAdd(axis, -TensorPrimitives.Dot(axis, token), token, token);
        double scale = Math.Sqrt(gap * (2 - gap)) / TensorPrimitives.Norm<double>(token);
        TensorPrimitives.Multiply(token, scale, token);
        TensorPrimitives.MultiplyAdd(axis, 1 - gap, token, token);
    }

    /// <summary>Z with the Beta law of parameters (n/2, n/2), as A/(A + B) with A, B of the χ² law with n degrees of freedom.</summary>
    /// <remarks>Then 1 − 2Z is one coordinate of a uniform point of S^n.</remarks>
    public static double Beta(RandomNumbers random, int degreesOfFreedom)
    {
        double first = ChiSquare(random, degreesOfFreedom);
        return first / (first + ChiSquare(random, degreesOfFreedom));
    }

    // n/2 exponential numbers −2 log u, and a squared normal if n is odd
    private static double ChiSquare(RandomNumbers random, int degreesOfFreedom)
    {
        double sum = 0;
        for (int left = degreesOfFreedom / 2; left > 0; left -= Factors)
        {
            double product = 1;
            for (int k = Math.Min(left, Factors); k > 0; k--) product *= random.NextUniform();
            sum -= 2 * Math.Log(product);
        }
        if (degreesOfFreedom % 2 == 0) return sum;
        double normal = random.NextNormals().First;
        return sum + normal * normal;
    }
}
