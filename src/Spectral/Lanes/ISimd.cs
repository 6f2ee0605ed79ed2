namespace Meanfield.Spectral;

/// <summary>
/// A group of <see cref="Lanes"/> independent real numbers: the one arithmetic in which every kernel is written,
/// whatever the width of the machine. Data lie in groups of eight whatever the width: narrower kernels run once per part of the group.
/// </summary>
/// <typeparam name="TSelf">The implementing structure.</typeparam>
internal unsafe interface ISimd<TSelf> where TSelf : struct, ISimd<TSelf>
{
    /// <summary>Number of lanes.</summary>
    static abstract int Lanes { get; }

    /// <summary>Reads consecutive lanes.</summary>
    static abstract TSelf Load(double* source);

    /// <summary>The same number in every lane.</summary>
    static abstract TSelf Broadcast(double value);

    /// <summary>Writes consecutive lanes.</summary>
    void Store(double* target);

    /// <summary>Writes the lanes last to first.</summary>
    void StoreReversed(double* target);

    /// <summary>a·b + c with one rounding.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>c − a·b with one rounding.</summary>
    static abstract TSelf MultiplySubtractFrom(TSelf a, TSelf b, TSelf c);

    /// <summary>Lane by lane a + b.</summary>
    static abstract TSelf operator +(TSelf a, TSelf b);

    /// <summary>Lane by lane a − b.</summary>
    static abstract TSelf operator -(TSelf a, TSelf b);

    /// <summary>Lane by lane a·b.</summary>
    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>Lane by lane a/b.</summary>
    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>Lane by lane max(a, b).</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>Whether a ≥ b in every lane.</summary>
    static abstract bool AllAtLeast(TSelf a, TSelf b);

    /// <summary>Lane by lane √a.</summary>
    static abstract TSelf SquareRoot(TSelf a);

    /// <summary>Lane by lane the largest integer ≤ a.</summary>
    static abstract TSelf Floor(TSelf a);

    /// <summary>Lane by lane <paramref name="negative"/> where test &lt; 0, else (NaN too) <paramref name="other"/>.</summary>
    static abstract TSelf Select(TSelf test, TSelf negative, TSelf other);
}
