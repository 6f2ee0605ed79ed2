namespace Meanfield.Spectral;

/// <summary>A library of discrete Fourier transforms: the built-in one, or a native one bound to the same seam.</summary>
public interface IFourierEngine
{
    /// <summary>Name as written in a case file: <c>built_in</c>, <c>mkl</c>, <c>fftw</c>.</summary>
    string Name { get; }

    /// <summary>Null where the engine is on this machine, else a sentence that names the package to install.</summary>
    string? Absence { get; }

    /// <summary>Whether the engine is on this machine.</summary>
    bool IsAvailable => Absence is null;

    /// <summary>Whether the engine transforms this size.</summary>
    bool Supports(int size);

    /// <summary>Prepares transforms of one size.</summary>
    /// <param name="size">Points n per transform.</param>
    /// <param name="lanes">Transforms carried side by side, 1 or 8; see <see cref="FourierPlan"/> for the layout.</param>
    /// <exception cref="ArgumentOutOfRangeException">The engine does not support the size or the number of lanes.</exception>
    /// <exception cref="InvalidOperationException">The engine is not on this machine.</exception>
    FourierPlan CreatePlan(int size, int lanes);
}
