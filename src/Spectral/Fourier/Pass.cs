namespace Meanfield.Spectral;

/// <summary>One pass of a Stockham transform; see <see cref="StockhamPlan"/> for the equation.</summary>
/// <param name="radix">q.</param>
/// <param name="stride">Numbers from j to j + 1: l times those from k to k + 1.</param>
/// <param name="step">Numbers between vectors of the inner loop.</param>
/// <param name="span">m = n/(lq).</param>
/// <param name="twiddles">[m][q − 1][re, im]: e^(−2πi ja/(mq)) for a = 1 … q − 1.</param>
internal readonly unsafe struct Pass(int radix, nint stride, nint step, int span, double* twiddles)
{
    /// <summary>q.</summary>
    public int Radix { get; } = radix;

    /// <summary>Numbers from j to j + 1: l times those from k to k + 1.</summary>
    public nint Stride { get; } = stride;

    /// <summary>Numbers between vectors of the inner loop.</summary>
    public nint Step { get; } = step;

    /// <summary>m = n/(lq).</summary>
    public int Span { get; } = span;

    /// <summary>[m][q − 1][re, im]: e^(−2πi ja/(mq)) for a = 1 … q − 1.</summary>
    public double* Twiddles { get; } = twiddles;
}
