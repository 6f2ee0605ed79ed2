using Meanfield.IO;
using Meanfield.Solver;

namespace Meanfield.Cli.Commands;

/// <summary>What meanfield diagnose prints as JSON.</summary>
internal static class DiagnosisJson
{
    public static object Of(Diagnosis diagnosis) => new
    {
        diagnosis.Source,
        diagnosis.Dimension,
        diagnosis.Tokens,
        diagnosis.Layers[0].Measures.HeldTokens,
        diagnosis.Options,
        Layers = diagnosis.Layers.Select(Layer),
        Redundancy = new { diagnosis.Stability.StableFrom, diagnosis.Stability.Ranking, DiagnosisPage.Caveat },
        diagnosis.Theory,
    };

    private static Dictionary<string, object> Layer(DiagnosedLayer layer)
    {
        LayerMeasures measures = layer.Measures;
        var fields = new Dictionary<string, object> { ["layer"] = layer.Layer, ["name"] = layer.Name };
        foreach (LayerColumn column in LayerColumn.All) fields.Add(column.Name, column.Read(layer));
        fields.Add("histogram", measures.Pairs.Shares);
        fields.Add("histogram_centred", measures.CentredPairs.Shares);
        fields.Add("circle_amplitudes", measures.Harmonics.Circle);
        fields.Add("sphere_amplitudes", measures.Harmonics.Sphere);
        fields.Add("cluster_list", measures.Census.Clusters);
        fields.Add("sequences", measures.Sequences);
        return fields;
    }
}
