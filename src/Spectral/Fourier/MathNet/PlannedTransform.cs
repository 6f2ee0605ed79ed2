using System.Collections.Concurrent;
using System.Numerics;

namespace Meanfield.Spectral;

/// <summary>A plan for single transforms of interleaved numbers, with buffers for as many threads as come.</summary>
internal sealed class PlannedTransform(FourierPlan plan)
{
    private readonly ConcurrentBag<Workspace> _free = [];

    /// <summary>Replaces samples by their transform times a factor.</summary>
    public void Run(Span<Complex> samples, bool backward, double factor)
    {
        if (!_free.TryTake(out Workspace? space)) space = new Workspace(plan.Length);
        Span<double> real = space.Input.Span[..plan.Size], imaginary = space.Input.Span[plan.Size..];
        for (int i = 0; i < samples.Length; i++)
            (real[i], imaginary[i]) = (samples[i].Real, samples[i].Imaginary);
        if (backward) plan.Backward(space.Input.Span, space.Output.Span, space.Scratch.Span);
        else plan.Forward(space.Input.Span, space.Output.Span, space.Scratch.Span);
        real = space.Output.Span[..plan.Size];
        imaginary = space.Output.Span[plan.Size..];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = new Complex(factor * real[i], factor * imaginary[i]);
        _free.Add(space);
    }

    private sealed class Workspace(int length)
    {
        public AlignedBuffer Input { get; } = new(length);

        public AlignedBuffer Output { get; } = new(length);

        public AlignedBuffer Scratch { get; } = new(length);
    }
}
