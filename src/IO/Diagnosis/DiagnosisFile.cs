using Meanfield.Solver;

namespace Meanfield.IO;

/// <summary>result.h5 of a diagnosis: a dataset for every column, histograms, energies, harmonics and labels, with axes, units and long_name.</summary>
public static class DiagnosisFile
{
    /// <summary>Publishes the file in one piece.</summary>
    /// <exception cref="IOException">It could not be written, or libhdf5 is missing.</exception>
    public static void Write(string path, Diagnosis diagnosis)
    {
        IReadOnlyList<DiagnosedLayer> layers = diagnosis.Layers;
        using Hdf5File file = Hdf5File.CreateInMemory(Path.GetFileName(path));
        file.SetText("Conventions", "CF-1.11");
        file.SetText("title", $"token clustering of {diagnosis.Source}");
        file.SetText("source", diagnosis.Source);
        file.SetNumber("dimension", diagnosis.Dimension);
        file.SetNumber("tokens", diagnosis.Tokens);
        file.SetNumber("held_tokens", layers[0].Measures.HeldTokens);
        file.SetNumber("sequences", layers[0].Measures.Sequences.Count);
        file.SetNumber("cluster_angle", diagnosis.Options.ClusterAngle);
        file.SetNumber("seed", (long)diagnosis.Options.Seed);
        file.SetText("version", ProgramVersion.Number);

        using Hdf5Dataset layer = file.Write<int>("layer", layers.Select(l => l.Layer).ToArray());
        layer.MakeScale("layer");
        Describe(layer, "layer of the network");
        using (Hdf5Dataset names = file.WriteText("layer_name", [.. layers.Select(l => l.Name)]))
            names.AttachScales(layer);
        foreach (LayerColumn column in LayerColumn.All)
        {
            using Hdf5Dataset dataset = file.Write<double>(column.Name, layers.Select(column.Read).ToArray());
            Describe(dataset, column.LongName);
            dataset.AttachScales(layer);
        }
        WriteTable("cosine", "middle of a bin of cosines", [.. Enumerable.Range(0, PairLaw.Bins).Select(b => (2 * b + 1.0) / PairLaw.Bins - 1)],
            ("histogram", "share of the pairs in each bin of cosines", l => l.Measures.Pairs.Shares),
            ("histogram_centred", "the same after removing the mean", l => l.Measures.CentredPairs.Shares));
        WriteTable("beta", "inverse temperature of the energies", [.. PairLaw.Betas],
            ("energies", "energy E_beta of the tokens", l => l.Measures.Pairs.Energies),
            ("energies_centred", "the same after removing the mean", l => l.Measures.CentredPairs.Energies));
        WriteTable("circle_degree", "degree on the circle", [.. Enumerable.Range(1, PrincipalHarmonics.CircleDegrees).Select(k => (double)k)],
            ("circle_amplitudes", "amplitude of each degree in the plane of the leading directions", l => l.Measures.Harmonics.Circle));
        WriteTable("sphere_degree", "degree on the sphere", [.. Enumerable.Range(1, PrincipalHarmonics.SphereDegrees).Select(k => (double)k)],
            ("sphere_amplitudes", "amplitude of each degree in the space of the leading directions", l => l.Measures.Harmonics.Sphere));
        WriteLabels(file, layer, layers);
        file.Publish(path);

        void WriteTable(string axis, string longName, double[] values, params (string Name, string LongName, Func<DiagnosedLayer, double[]> Read)[] tables)
        {
            using Hdf5Dataset scale = file.Write<double>(axis, values);
            scale.MakeScale(axis);
            Describe(scale, longName);
            foreach ((string name, string what, Func<DiagnosedLayer, double[]> read) in tables)
            {
                double[] rows = [.. layers.SelectMany(l => read(l) is { Length: > 0 } row ? row : Enumerable.Repeat(double.NaN, values.Length))];
                using Hdf5Dataset dataset = file.Write<double>(name, rows, layers.Count, values.Length);
                Describe(dataset, what);
                dataset.AttachScales(layer, scale);
            }
        }
    }

    private static void WriteLabels(Hdf5File file, Hdf5Dataset layer, IReadOnlyList<DiagnosedLayer> layers)
    {
        int held = layers[0].Measures.HeldTokens;
        using Hdf5Dataset token = file.Write<int>("token", Enumerable.Range(0, held).ToArray());
        token.MakeScale("token");
        Describe(token, "token among those held");
        using Hdf5Dataset labels = file.Write<int>("cluster", layers.SelectMany(l => l.Measures.Census.Labels).ToArray(), layers.Count, held);
        Describe(labels, "cluster of the token, by falling mass; -1 for a straggler");
        labels.AttachScales(layer, token);
    }

    private static void Describe(Hdf5Dataset dataset, string longName)
    {
        dataset.SetText("units", "1");
        dataset.SetText("long_name", longName);
    }
}
