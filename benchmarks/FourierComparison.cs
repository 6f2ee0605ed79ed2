using System.Numerics;
using MathNet.Numerics;
using MathNet.Numerics.IntegralTransforms;
using MathNet.Numerics.Providers.FourierTransform;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.Benchmarks;

/// <summary>fft: one complex forward transform by the built-in engine beside MathNet's managed provider.</summary>
/// <remarks>MathNet transforms in place, so its side copies the input first, as ours leaves it intact.</remarks>
internal static class FourierComparison
{
    /// <summary>Prepares both sides and compares their results.</summary>
    /// <param name="points">A power of two, where MathNet is at its best.</param>
    public static Comparison Create(int points)
    {
        Control.UseSingleThread();
        FourierTransformControl.UseManaged();
        FourierPlan plan = BuiltInEngine.Instance.CreatePlan(points, lanes: 1);
        var random = new RandomNumbers((ulong)points);
        double[] x = new double[plan.Length], modes = new double[plan.Length], work = new double[plan.Length];
        Complex[] input = new Complex[points], output = new Complex[points];
        for (int j = 0; j < points; j++)
        {
            (x[j], x[points + j]) = random.NextNormals();
            input[j] = new Complex(x[j], x[points + j]);
        }
        void Ours() => plan.Forward(x, modes, work);
        void Theirs()
        {
            input.CopyTo(output, 0);
            Fourier.Forward(output, FourierOptions.NoScaling);
        }
        Ours();
        Theirs();
        double[] theirs = [.. output.Select(z => z.Real), .. output.Select(z => z.Imaginary)];
        string version = typeof(Fourier).Assembly.GetName().Version!.ToString(2);
        return new Comparison(
            "fft", points, $"MathNet {version} (managed)",
            repetitions => Interleaved.Clock(Ours, repetitions),
            repetitions => Interleaved.Clock(Theirs, repetitions),
            RandomState.Distance(modes, theirs));
    }
}
