namespace Meanfield.IO;

/// <summary>Writes the group /phases of result.h5.</summary>
internal static class PhaseWriter
{
    /// <summary>Writes predicted beside measured boundaries and growth rates.</summary>
    /// <param name="file">The image of result.h5.</param>
    /// <param name="report">The phases.</param>
    internal static void Write(Hdf5File file, PhaseReport report)
    {
        using Hdf5Group group = file.CreateGroup("phases");
        group.SetNumber("fastest_degree", report.Forecast.FastestDegree);
        group.SetNumber("leading_degree", report.LeadingDegree);
        group.SetNumber("cluster_count", report.ClusterCount);
        using (Hdf5Dataset names = group.WriteText("name", [.. report.Boundaries.Select(boundary => boundary.Name)]))
            Describe(names, "which boundary of phases");
        Column(group, "time_predicted", "time predicted from the run's own initial data", report.Boundaries, boundary => boundary.Predicted);
        Column(group, "law_mean", "mean of the time over draws of as many iid uniform tokens", report.Boundaries, boundary => boundary.LawMean);
        Column(group, "law_deviation", "standard deviation of the time over such draws", report.Boundaries, boundary => boundary.LawDeviation);
        Column(group, "time_measured", "time measured", report.Boundaries, boundary => boundary.Measured);
        Column(group, "uncertainty", "uncertainty of the time measured", report.Boundaries, boundary => boundary.Uncertainty);

        using Hdf5Group rates = group.CreateGroup("growth_rate");
        using (Hdf5Dataset degrees = rates.Write<int>("degree", [.. report.Rates.Select(rate => rate.Degree)]))
            Describe(degrees, "degree of the harmonics");
        Column(rates, "predicted", "growth rate about the uniform state", report.Rates, rate => rate.Predicted);
        Column(rates, "measured", "growth rate measured in the linear phase", report.Rates, rate => rate.Measured);
        Column(rates, "uncertainty", "uncertainty of the growth rate measured", report.Rates, rate => rate.Uncertainty);
    }

    private static void Column<T>(Hdf5Group group, string name, string longName, IReadOnlyList<T> rows, Func<T, double> value)
    {
        using Hdf5Dataset dataset = group.Write<double>(name, [.. rows.Select(value)]);
        Describe(dataset, longName);
    }

    private static void Describe(Hdf5Dataset dataset, string longName)
    {
        dataset.SetText("units", "1");
        dataset.SetText("long_name", longName);
    }
}
