using MathNet.Numerics.LinearAlgebra;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Validation;

/// <summary>∂θ̇_i/∂θ_j of tokens on the circle by central differences of order 4 (V18, V20).</summary>
internal static class TokenJacobian
{
    private const double Step = 1e-3;

    /// <summary>The Jacobian [N, N] of direct forces.</summary>
    /// <param name="attention">The model, β ≠ 0.</param>
    /// <param name="angles">[N] angles.</param>
    public static Matrix<double> Of(Attention attention, double[] angles)
    {
        int count = angles.Length;
        var force = new DirectForce(new TokenModel(attention, 2), count);
        var jacobian = Matrix<double>.Build.Dense(count, count);
        for (int i = 0; i < count; i++)
        {
            Vector<double> inner = Speeds(i, Step) - Speeds(i, -Step), outer = Speeds(i, 2 * Step) - Speeds(i, -2 * Step);
            jacobian.SetColumn(i, (8 * inner - outer) / (12 * Step));
        }
        return jacobian;

        Vector<double> Speeds(int token, double displacement)
        {
            double[] moved = [.. angles];
            moved[token] += displacement;
            var velocity = new double[2 * count];
            force.Velocity(CircleTokens.At(moved).ByCoordinate(), velocity);
            return Vector<double>.Build.Dense(count, i => Math.Cos(moved[i]) * velocity[count + i] - Math.Sin(moved[i]) * velocity[i]);
        }
    }
}
