namespace Meanfield.Spectral;

/// <summary>Amplitudes and row factors that the ring stage of <see cref="SphereFlux"/> reads and writes.</summary>
internal sealed class FluxFields
{
    private readonly int _blocks;

    /// <summary>Room for densities of degree ≤ bandlimit; <see cref="Resize"/> makes that for the potential.</summary>
    public FluxFields(SphereGrid grid, LegendreTable table, MeridionalAmplitudes flux)
    {
        _blocks = table.Blocks;
        Plain = RingFactors.Plain(grid);
        OverSine = RingFactors.OverSine(grid);
        Weight = RingFactors.WeightOverSine(grid, equatorTwice: true);
        Density = new MeridionalAmplitudes(table.Bandlimit, _blocks, capacity: 1);
        Gradient = Potential = new MeridionalAmplitudes(0, 0, capacity: 0);
        Flux = flux;
        RoomDegree = -1;
    }

    /// <summary>1.</summary>
    public RingFactors Plain { get; }

    /// <summary>1/sin θ.</summary>
    public RingFactors OverSine { get; }

    /// <summary>Half the weight of each row over sin θ, a quarter at the equator, which a block in lanes holds twice.</summary>
    public RingFactors Weight { get; }

    /// <summary>One field, f.</summary>
    public MeridionalAmplitudes Density { get; }

    /// <summary>Two fields, sin θ ∂_θ ψ and ∂_φ ψ.</summary>
    public MeridionalAmplitudes Gradient { get; private set; }

    /// <summary>One field, ψ.</summary>
    public MeridionalAmplitudes Potential { get; private set; }

    /// <summary>Two fields, sin θ times the flux.</summary>
    public MeridionalAmplitudes Flux { get; }

    /// <summary>Largest degree of f.</summary>
    public int DensityDegree { get; private set; }

    /// <summary>Largest degree of ψ.</summary>
    public int PotentialDegree { get; private set; }

    private int RoomDegree { get; set; }

    /// <summary>Sets the degrees; the first potential of a larger degree makes room for itself.</summary>
    public void Resize(int densityDegree, int potentialDegree)
    {
        (DensityDegree, PotentialDegree) = (densityDegree, potentialDegree);
        if (potentialDegree <= RoomDegree)
            return;
        Gradient = new MeridionalAmplitudes(potentialDegree, _blocks, capacity: 2);
        Potential = new MeridionalAmplitudes(potentialDegree, _blocks, capacity: 1);
        RoomDegree = potentialDegree;
    }
}
