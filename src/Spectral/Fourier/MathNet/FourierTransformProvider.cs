using System.Collections.Concurrent;
using System.Numerics;
using MathNet.Numerics;
using MathNet.Numerics.Providers.FourierTransform;

namespace Meanfield.Spectral;

/// <summary>The Fourier engines for users of MathNet.Numerics: assign one to <c>FourierTransformControl.Provider</c>.</summary>
/// <remarks>
/// Complex and real transforms in double precision of sizes 2^a·3^b·5^c run on the engine; other sizes, single precision and
/// several dimensions are left to MathNet's managed provider (which has none in several dimensions). Any number of threads may use one provider.
/// </remarks>
public sealed class FourierTransformProvider : IFourierTransformProvider
{
    private readonly ManagedFourierTransformProvider _managed = new();
    private readonly ConcurrentDictionary<int, PlannedTransform> _plans = new();

    /// <summary>A provider on the engine of a choice.</summary>
    public FourierTransformProvider(FourierChoice choice = FourierChoice.Auto) => Engine = FourierPlanner.Engine(choice);

    /// <summary>The engine.</summary>
    public IFourierEngine Engine { get; }

    /// <inheritdoc/>
    public bool IsAvailable() => Engine.IsAvailable;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The engine is not on this machine.</exception>
    public void InitializeVerify()
    {
        if (Engine.Absence is string absence) throw new InvalidOperationException(absence);
    }

    /// <summary>Forgets the plans.</summary>
    public void FreeResources() => _plans.Clear();

    /// <inheritdoc/>
    public override string ToString() => $"Meanfield ({Engine.Name})";

    /// <inheritdoc/>
    public void Forward(Complex[] samples, FourierTransformScaling scaling)
    {
        if (FourierSize.IsSmooth(samples.Length)) Run(samples, backward: false, scaling);
        else _managed.Forward(samples, scaling);
    }

    /// <inheritdoc/>
    public void Backward(Complex[] spectrum, FourierTransformScaling scaling)
    {
        if (FourierSize.IsSmooth(spectrum.Length)) Run(spectrum, backward: true, scaling);
        else _managed.Backward(spectrum, scaling);
    }

    /// <inheritdoc/>
    public void ForwardReal(double[] samples, int n, FourierTransformScaling scaling)
    {
        if (!FourierSize.IsSmooth(n))
        {
            _managed.ForwardReal(samples, n, scaling);
            return;
        }
        var data = new Complex[n];
        for (int i = 0; i < n; i++)
            data[i] = samples[i];
        Run(data, backward: false, scaling);
        for (int k = 0; k <= n / 2; k++)
            (samples[2 * k], samples[2 * k + 1]) = (data[k].Real, k == 0 || 2 * k == n ? 0 : data[k].Imaginary);
    }

    /// <inheritdoc/>
    public void BackwardReal(double[] spectrum, int n, FourierTransformScaling scaling)
    {
        if (!FourierSize.IsSmooth(n))
        {
            _managed.BackwardReal(spectrum, n, scaling);
            return;
        }
        var data = new Complex[n];
        data[0] = spectrum[0];
        for (int k = 1; 2 * k < n; k++)
        {
            data[k] = new Complex(spectrum[2 * k], spectrum[2 * k + 1]);
            data[n - k] = Complex.Conjugate(data[k]);
        }
        if (n % 2 == 0) data[n / 2] = spectrum[n];
        Run(data, backward: true, scaling);
        for (int i = 0; i < n; i++)
            spectrum[i] = data[i].Real;
        spectrum.AsSpan(n).Clear();
    }

    /// <inheritdoc/>
    public void Forward(Complex32[] samples, FourierTransformScaling scaling) => _managed.Forward(samples, scaling);

    /// <inheritdoc/>
    public void Backward(Complex32[] spectrum, FourierTransformScaling scaling) => _managed.Backward(spectrum, scaling);

    /// <inheritdoc/>
    public void ForwardReal(float[] samples, int n, FourierTransformScaling scaling) => _managed.ForwardReal(samples, n, scaling);

    /// <inheritdoc/>
    public void BackwardReal(float[] spectrum, int n, FourierTransformScaling scaling) => _managed.BackwardReal(spectrum, n, scaling);

    /// <inheritdoc/>
    public void ForwardMultidim(Complex32[] samples, int[] dimensions, FourierTransformScaling scaling) =>
        _managed.ForwardMultidim(samples, dimensions, scaling);

    /// <inheritdoc/>
    public void ForwardMultidim(Complex[] samples, int[] dimensions, FourierTransformScaling scaling) =>
        _managed.ForwardMultidim(samples, dimensions, scaling);

    /// <inheritdoc/>
    public void BackwardMultidim(Complex32[] spectrum, int[] dimensions, FourierTransformScaling scaling) =>
        _managed.BackwardMultidim(spectrum, dimensions, scaling);

    /// <inheritdoc/>
    public void BackwardMultidim(Complex[] spectrum, int[] dimensions, FourierTransformScaling scaling) =>
        _managed.BackwardMultidim(spectrum, dimensions, scaling);

    private void Run(Complex[] data, bool backward, FourierTransformScaling scaling)
    {
        double factor = scaling switch
        {
            FourierTransformScaling.SymmetricScaling => Math.Sqrt(1.0 / data.Length),
            FourierTransformScaling.ForwardScaling when !backward => 1.0 / data.Length,
            FourierTransformScaling.BackwardScaling when backward => 1.0 / data.Length,
            _ => 1,
        };
        _plans.GetOrAdd(data.Length, static (size, engine) => new PlannedTransform(engine.CreatePlan(size, lanes: 1)), Engine)
            .Run(data, backward, factor);
    }
}
