namespace Meanfield.Spectral;

/// <summary>Which Fourier engine is asked for.</summary>
public enum FourierChoice
{
    /// <summary>The rule of <see cref="FourierPlanner"/>.</summary>
    Auto,

    /// <summary>The engine in this library.</summary>
    BuiltIn,

    /// <summary>Intel MKL.</summary>
    Mkl,

    /// <summary>FFTW.</summary>
    Fftw,
}
