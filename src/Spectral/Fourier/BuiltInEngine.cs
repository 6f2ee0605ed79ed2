namespace Meanfield.Spectral;

/// <summary>The Fourier engine that is always there: mixed-radix Stockham transforms written in C#.</summary>
public sealed class BuiltInEngine : IFourierEngine
{
    private BuiltInEngine()
    {
    }

    /// <summary>The engine; it has no state.</summary>
    public static BuiltInEngine Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "built_in";

    /// <inheritdoc/>
    public string? Absence => null;

    /// <summary>Whether size = 2^a·3^b·5^c.</summary>
    public bool Supports(int size) => FourierSize.IsSmooth(size);

    /// <inheritdoc/>
    public FourierPlan CreatePlan(int size, int lanes)
    {
        if (!Supports(size))
            throw new ArgumentOutOfRangeException(nameof(size), size, "the built-in Fourier engine takes sizes 2^a·3^b·5^c");
        if (lanes != OneLane.Lanes && lanes != EightLanes.Lanes)
            throw new ArgumentOutOfRangeException(nameof(lanes), lanes, "the built-in Fourier engine takes 1 or 8 lanes");
        return new StockhamPlan(size, lanes);
    }
}
