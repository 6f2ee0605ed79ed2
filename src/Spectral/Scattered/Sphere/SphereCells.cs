namespace Meanfield.Spectral;

/// <summary>The sphere cut into cells, so small that p(p+1)/2 monomials carry every harmonic: numbering and tables.</summary>
/// <remarks>Cells are numbered band after band from north to south, by longitude within a band.</remarks>
internal sealed class SphereCells
{
    /// <summary>Cuts the sphere.</summary>
    /// <param name="harmonics">Harmonics up to L.</param>
    /// <param name="terms">p, 2 … <see cref="SphereBand.Row"/>.</param>
    /// <param name="tolerance">Truncation relative to the largest value.</param>
    public SphereCells(MeridianFunctions harmonics, int terms, double tolerance)
    {
        Basis = new HarmonicBasis(3, harmonics.Bandlimit);
        Terms = terms;
        Stride = (terms * (terms + 1) / 2 + 15) & ~15;
        double reach = Math.Min(0.4, SphereBand.Reach(terms, tolerance) / Math.Max(12, Basis.Bandlimit));
        int half = (int)Math.Ceiling(Math.PI / 4 / reach);
        Bands = new SphereBand[half];
        for (int b = 0; b < half; b++)
            Bands[b] = new SphereBand(harmonics, terms, tolerance, Math.PI * (2 * b + 1) / (4 * half), Math.PI / (4 * half));
        Starts = new int[2 * half + 1];
        for (int b = 0; b < 2 * half; b++)
            Starts[b + 1] = Starts[b] + Band(b).Cells;
        Monomials = SphereBand.ChebyshevMonomials(terms);
        RowStarts = new int[terms + 1];
        for (int a = 0; a < terms; a++)
            RowStarts[a + 1] = RowStarts[a] + terms - a;
    }

    /// <summary>The harmonics.</summary>
    public HarmonicBasis Basis { get; }

    /// <summary>p: monomials u^α v^β, α + β &lt; p.</summary>
    public int Terms { get; }

    /// <summary>Numbers per cell: row after row of α, β = 0 … p − 1 − α, and padding to 16.</summary>
    public int Stride { get; }

    /// <summary>Bands of the northern hemisphere from the pole.</summary>
    public SphereBand[] Bands { get; }

    /// <summary>First cell of every band of the sphere, and their number.</summary>
    public int[] Starts { get; }

    /// <summary>Number of cells.</summary>
    public int Count => Starts[^1];

    /// <summary>First number of row α.</summary>
    public int[] RowStarts { get; }

    /// <summary>Monomials of Chebyshev polynomials.</summary>
    public double[,] Monomials { get; }

    /// <summary>Tables of a band of the whole sphere: those of its northern image.</summary>
    public SphereBand Band(int band) => Bands[Math.Min(band, 2 * Bands.Length - 1 - band)];

    /// <summary>cos θ_b of a band of the whole sphere.</summary>
    public double CosineCentre(int band) => band < Bands.Length ? Band(band).CosineCentre : -Band(band).CosineCentre;
}
