using System.Runtime.CompilerServices;

namespace Meanfield.Spectral;

/// <summary>One cell of the sphere with its local variables u = sin(θ − θ_b)/sin r, v = sin(φ − φ_j)/sin η.</summary>
internal readonly unsafe struct SphereCell
{
    private readonly double _cosine, _sine; // of θ_b
    private readonly double _perWidth; // 1/sin r
    private readonly double _east, _north; // cos φ_j and sin φ_j over sin η

    /// <summary>Cell of a band.</summary>
    /// <param name="cells">All cells.</param>
    /// <param name="band">Band from the north pole.</param>
    /// <param name="interval">j.</param>
    public SphereCell(SphereCells cells, int band, int interval)
    {
        SphereBand tables = cells.Band(band);
        (_cosine, _sine) = (cells.CosineCentre(band), tables.SineCentre);
        _perWidth = 1 / tables.SineHalfWidth;
        int root = 2 * (2 * interval + 1);
        (_east, _north) = (tables.Ring.Roots[root] / tables.SineHalfLength, tables.Ring.Roots[root + 1] / tables.SineHalfLength);
    }

    /// <summary>u and v of points.</summary>
    /// <param name="rows">[3][8] x, y, z from some lane on.</param>
    /// <param name="u">(ρ cos θ_b − z sin θ_b)/sin r.</param>
    /// <param name="v">(y cos φ_j − x sin φ_j)/(ρ sin η).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Locate<T>(double* rows, out T u, out T v) where T : struct, ISimd<T>
    {
        T x = T.Load(rows), y = T.Load(rows + 8), rho = CellOrder.Radius(ref x, ref y);
        u = Across(rho, T.Load(rows + 16)) * T.Broadcast(_perWidth);
        v = Along(x, y) / rho;
    }

    /// <summary>u and v of points, and what makes tangent vectors of derivatives: x/ρ, y/ρ, z, ρ and ∂u/∂θ.</summary>
    /// <param name="rows">[3][8] x, y, z from some lane on.</param>
    /// <param name="u">(ρ cos θ_b − z sin θ_b)/sin r.</param>
    /// <param name="v">(y cos φ_j − x sin φ_j)/(ρ sin η).</param>
    /// <param name="cosine">x/ρ.</param>
    /// <param name="sine">y/ρ.</param>
    /// <param name="z">z.</param>
    /// <param name="rho">ρ.</param>
    /// <param name="slope">∂u/∂θ.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Locate<T>(double* rows, out T u, out T v, out T cosine, out T sine, out T z, out T rho, out T slope)
        where T : struct, ISimd<T>
    {
        T x = T.Load(rows), y = T.Load(rows + 8);
        z = T.Load(rows + 16);
        rho = CellOrder.Radius(ref x, ref y);
        T inverse = T.Broadcast(1) / rho, perWidth = T.Broadcast(_perWidth);
        u = Across(rho, z) * perWidth;
        v = Along(x, y) * inverse;
        (cosine, sine) = (x * inverse, y * inverse);
        slope = T.MultiplyAdd(z, T.Broadcast(_cosine), rho * T.Broadcast(_sine)) * perWidth;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Across<T>(T rho, T z) where T : struct, ISimd<T>
        => T.MultiplySubtractFrom(z, T.Broadcast(_sine), rho * T.Broadcast(_cosine));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Along<T>(T x, T y) where T : struct, ISimd<T>
        => T.MultiplySubtractFrom(x, T.Broadcast(_north), y * T.Broadcast(_east));
}
