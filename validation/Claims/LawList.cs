namespace Meanfield.Validation;

/// <summary>Every law that is validated, in the order of the report.</summary>
public static class LawList
{
    /// <summary>The laws.</summary>
    public static IReadOnlyList<Law> All { get; } =
    [
        new R01FokkerPlanckSigns(),
        new R02RateBound(),
        new R03CapExit(),
        new R04GradientStructure(),
        new V01FunkHecke(),
        new V02SumRules(),
        new V03CircleGrowth(),
        new V04SoftmaxGrowth(),
        new V05FactorPi(),
        new V06SwitchPoints(),
        new V07LargeBeta(),
        new V08SphereCoupling(),
        new V09CentralLimit(),
        new V10ExitTime(),
        new V11ExitScaling(),
        new V12SlavedHarmonic(),
        new V13LandauCoefficient(),
        new V14SoftmaxLandau(),
        new V15GrenierSeries(),
        new V16ClusterCentres(),
        new V17Periodicity(),
        new V18PolygonSpectrum(),
        new V19PolygonEscape(),
        new V20NegativeBeta(),
        new V21PoissonCircle(),
        new V22PoissonSphere(),
        new V23DiracRate(),
        new V24TailRate(),
        new V25ContractionBound(),
        new V26TwoClusters(),
        new V27EnergyIdentity(),
        new V28EnergyGrowth(),
        new V29Equiangular(),
        new V30IntegratorOrder(),
        new V31HighDimension(),
        new V32MergeTime(),
        new V33Metastability(),
        new V34ClosestPair(),
        new V35NoiseThreshold(),
        new V36Pitchfork(),
        new V37Tricritical(),
        new V38Hysteresis(),
        new V39Fluctuations(),
        new V40MeanFieldRate(),
        new V41SampleDistance(),
        new V42HeatPhase(),
        new V43PorousMedium(),
        new V44Alignment(),
        new V45LayerNormalization(),
        new V46LongContext(),
        new V47CausalLeader(),
        new V48Wendel(),
        new V49AdjointGradient(),
        new V50Optimality(),
        new V51TurnpikeRate(),
        new V52EscapeLaw(),
        new V53TrainedEnergy(),
        new V54Dobrushin(),
        new V55StateEnergies(),
        new W01SphereExit(),
        new W02QuadraticSelection(),
        new W03BiaxialDecay(),
        new W04UnstableCount(),
        new W05ClusterCount(),
        new W06MeetingPoint(),
        new W07SphereHeat(),
        new W08SphereFluctuations(),
        new W09AxisSelection(),
        new W10GalerkinError(),
        new W11Equivariance(),
        new W12CapShape(),
        new W13TetrahedralData(),
        new W14SolidEnergies(),
        new W15SolidSpectra(),
        new X01ResumedRun(),
    ];

    /// <summary>The laws of given ids, in the order of the list; all of them where none is given. Upper and lower case count the same.</summary>
    /// <exception cref="ArgumentException">There is no such law.</exception>
    public static IReadOnlyList<Law> Find(IReadOnlyCollection<string> ids)
    {
        foreach (string id in ids)
        {
            if (!All.Any(law => Is(law, id)))
                throw new ArgumentException($"there is no claim {id}{IO.Suggestion.For(id, All.Select(law => law.Claim.Id))}; meanfield validate --list names them");
        }
        return ids.Count == 0 ? All : [.. All.Where(law => ids.Any(id => Is(law, id)))];
    }

    private static bool Is(Law law, string id) => string.Equals(law.Claim.Id, id, StringComparison.OrdinalIgnoreCase);
}
