namespace Meanfield.Spectral;

/// <summary>One pass of a Stockham transform; see <see cref="StockhamPlan{T}"/> for the equation.</summary>
/// <param name="radix">q.</param>
/// <param name="stride">l, the product of the earlier radices.</param>
/// <param name="span">m = n/(lq).</param>
/// <param name="twiddles">[m][q − 1][re, im]: e^(−2πi ja/(mq)) for a = 1 … q − 1.</param>
internal readonly unsafe struct Pass(int radix, int stride, int span, double* twiddles)
{
    /// <summary>q.</summary>
    public int Radix { get; } = radix;

    /// <summary>l, the product of the earlier radices.</summary>
    public int Stride { get; } = stride;

    /// <summary>m = n/(lq).</summary>
    public int Span { get; } = span;

    /// <summary>[m][q − 1][re, im]: e^(−2πi ja/(mq)) for a = 1 … q − 1.</summary>
    public double* Twiddles { get; } = twiddles;
}
