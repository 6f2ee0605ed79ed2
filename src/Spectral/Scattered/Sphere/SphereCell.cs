using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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

    /// <summary>u, v and w of eight points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Locate(double* points, out Vector512<double> u, out Vector512<double> v, out Vector512<double> w)
    {
        PointVectors.Load(points, out Vector512<double> x, out Vector512<double> y, out Vector512<double> z, out w);
        Vector512<double> rho = CellOrder.Radius(ref x, ref y);
        u = Across(rho, z) * Vector512.Create(_perWidth);
        v = Along(x, y) / rho;
    }

    /// <summary>u and v of eight points, and what makes tangent vectors of derivatives: x/ρ, y/ρ, z, ρ and (∂u/∂θ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Locate(
        double* points, out Vector512<double> u, out Vector512<double> v,
        out Vector512<double> cosine, out Vector512<double> sine, out Vector512<double> z, out Vector512<double> rho, out Vector512<double> slope)
    {
        PointVectors.Load(points, out Vector512<double> x, out Vector512<double> y, out z, out _);
        rho = CellOrder.Radius(ref x, ref y);
        Vector512<double> inverse = Vector512<double>.One / rho, perWidth = Vector512.Create(_perWidth);
        u = Across(rho, z) * perWidth;
        v = Along(x, y) * inverse;
        (cosine, sine) = (x * inverse, y * inverse);
        slope = Vector512.FusedMultiplyAdd(z, Vector512.Create(_cosine), rho * Vector512.Create(_sine)) * perWidth;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<double> Across(Vector512<double> rho, Vector512<double> z)
        => Vector512.FusedMultiplyAdd(-z, Vector512.Create(_sine), rho * Vector512.Create(_cosine));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<double> Along(Vector512<double> x, Vector512<double> y)
        => Vector512.FusedMultiplyAdd(-x, Vector512.Create(_north), y * Vector512.Create(_east));
}
