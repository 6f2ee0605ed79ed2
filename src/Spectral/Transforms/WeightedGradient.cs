using System.Runtime.CompilerServices;

namespace Meanfield.Spectral;

/// <summary>The product g∇ψ at every point, g of <see cref="HarmonicTransform.AnalyzeWeightedGradient"/>.</summary>
internal static unsafe class WeightedGradient
{
    /// <summary>Multiplies ∇ψ by g.</summary>
    /// <param name="attention">Chooses g.</param>
    /// <param name="count">Points.</param>
    /// <param name="density">f.</param>
    /// <param name="potential">ψ; not read without softmax.</param>
    /// <param name="first">First component of ∇ψ, replaced by that of g∇ψ.</param>
    /// <param name="second">Second component; null where there is one only.</param>
    public static void Multiply(Attention attention, nint count, double* density, double* potential, double* first, double* second)
    {
        if (SimdVariant.Lanes == EightLanes.Lanes)
            Multiply<EightLanes>(attention, count, density, potential, first, second);
        else if (SimdVariant.Lanes == FourLanes.Lanes)
            Multiply<FourLanes>(attention, count, density, potential, first, second);
        else
            Multiply<OneLane>(attention, count, density, potential, first, second);
    }

    private static void Multiply<T>(
        Attention attention, nint count, double* density, double* potential, double* first, double* second)
        where T : struct, ISimd<T>
    {
        nint whole = count / T.Lanes * T.Lanes;
        if (attention.Normalization == Normalization.Softmax)
        {
            Softmax<T>(attention.Beta, 0, whole, density, potential, first, second);
            Softmax<OneLane>(attention.Beta, whole, count, density, potential, first, second);
        }
        else
        {
            Unnormalized<T>(0, whole, density, first, second);
            Unnormalized<OneLane>(whole, count, density, first, second);
        }
    }

    // g = f
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Unnormalized<T>(nint start, nint end, double* density, double* first, double* second)
        where T : struct, ISimd<T>
    {
        for (nint i = start; i < end; i += T.Lanes)
        {
            T g = T.Load(density + i);
            (g * T.Load(first + i)).Store(first + i);
            if (second != null)
                (g * T.Load(second + i)).Store(second + i);
        }
    }

    // g = (1 + f)/D − 1 = (f − βψ + (1 + βψ − D))/D: the bracket is 0 but where a bound replaced 1 + βψ
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Softmax<T>(
        double beta, nint start, nint end, double* density, double* potential, double* first, double* second)
        where T : struct, ISimd<T>
    {
        T one = T.Broadcast(1), floor = T.Broadcast(double.Epsilon), coupling = T.Broadcast(beta);
        for (nint i = start; i < end; i += T.Lanes)
        {
            T u = T.Load(first + i), v = second == null ? T.Broadcast(0) : T.Load(second + i);
            T shift = coupling * T.Load(potential + i), partition = one + shift;
            T d = T.Max(partition, floor), square = u * u + v * v;
            if (!T.AllAtLeast(d * d, square)) // rarely: the root costs as much as all the rest
                d = T.Max(d, T.SquareRoot(square));
            T g = (T.Load(density + i) - shift + (partition - d)) / d;
            (g * u).Store(first + i);
            if (second != null)
                (g * v).Store(second + i);
        }
    }
}
