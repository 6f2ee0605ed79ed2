namespace Meanfield.Solver;

/// <summary>The exponential Runge–Kutta method of stiff order 4 of Hochbruck and Ostermann, with an embedded error estimate of order 3.</summary>
/// <remarks>
/// Method (5.19) of SIAM J. Numer. Anal. 43 (2005) 1069: every weight is a φ-function, so damped modes follow their forcing at any step size.
/// The estimate replaces the third-order stage at c = 1 by the new state: e = h b_4(z) (N(a_(n+1)) − N(U_4)), of size h⁴.
/// </remarks>
internal sealed class HochbruckOstermann : ExponentialTableau
{
    private static readonly double[] C = [0, 0.5, 0.5, 1, 0.5, 1];

    public override string Name => "exponential Hochbruck-Ostermann 4(3)";

    public override int Order => 4;

    public override int EmbeddedOrder => 3;

    public override ReadOnlySpan<double> Nodes => C;

    public override void StageWeights(int stage, double z, Span<double> weights)
    {
        (double one, double two, double three) = Phi.OneToThree(z);
        (double halfOne, double halfTwo, double halfThree) = Phi.OneToThree(0.5 * z);
        switch (stage)
        {
            case 1:
                weights[0] = 0.5 * halfOne;
                break;
            case 2:
                weights[0] = 0.5 * halfOne - halfTwo;
                weights[1] = halfTwo;
                break;
            case 3:
                weights[0] = one - 2 * two;
                weights[1] = weights[2] = two;
                break;
            case 4:
                double a = 0.5 * halfTwo - three + 0.25 * two - 0.5 * halfThree;
                weights[1] = weights[2] = a;
                weights[3] = 0.25 * halfTwo - a;
                weights[0] = 0.5 * halfOne - 2 * a - weights[3];
                break;
            default:
                weights[0] = one - 3 * two + 4 * three;
                weights[1] = weights[2] = 0;
                weights[3] = -two + 4 * three;
                weights[4] = 4 * two - 8 * three;
                break;
        }
    }

    public override void ErrorWeights(double z, Span<double> weights)
    {
        (_, double two, double three) = Phi.OneToThree(z);
        weights.Clear();
        weights[5] = -two + 4 * three;
        weights[3] = -weights[5];
    }
}
