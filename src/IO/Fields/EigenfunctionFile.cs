using Meanfield.Perturbation;
using Meanfield.Solver;
using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>The eigenfunctions of the flow linearized about the uniform state: harmonics, with the rates at which they grow.</summary>
/// <remarks>
/// Plain HDF5. Rows of the root datasets mode, degree, order, multiplicity, multiplier, growth_rate are the eigenfunctions of degrees 1 … n in the order of
/// <see cref="HarmonicBasis"/>. On the circle and the sphere the group VTKHDF holds them as point data "harmonic", one time step each, whose
/// time is the index in that basis; NAME.xdmf and NAME.xdmf2 beside it let ParaView open them. For d ≥ 4, where an eigenspace is represented by its zonal
/// element, the dataset profile [n, points] holds P_ℓ(t), P_ℓ(1) = 1, at the points of the dataset t = cos θ, θ equidistant.
/// </remarks>
public static class EigenfunctionFile
{
    private const int FewestProfilePoints = 257;

    private static readonly PointArray<float> Harmonic = new("harmonic", 1, "real harmonic, orthonormal for the normalized uniform measure");

    /// <summary>Writes the file, and its sidecars where d ≤ 3; each is complete or not at all.</summary>
    /// <param name="path">Where; it ends in .h5.</param>
    /// <param name="modes">The spectrum; every degree in it is written.</param>
    /// <exception cref="ArgumentException">An unusable name, or more degrees than can be shown.</exception>
    /// <exception cref="MemoryException">It needs more memory than there is.</exception>
    /// <exception cref="IOException">A file could not be written, or libhdf5 is missing.</exception>
    public static void Write(string path, Eigenmodes modes)
    {
        ArgumentNullException.ThrowIfNull(modes);
        int degrees = modes.Modes.Count;
        if (degrees > HarmonicTransform.LargestBandlimit(modes.Dimension))
            throw new ArgumentException($"eigenfunctions of {degrees} degrees are too many for one file: at most {HarmonicTransform.LargestBandlimit(modes.Dimension)} in dimension {modes.Dimension}");
        IFourierEngine engine = FourierPlanner.Engine(FourierChoice.Auto);
        var flow = new Attention(Normalization.None, 0); // of a sampled state only the density, the harmonic itself, is kept
        if (FieldSampler.Create(flow, modes.Dimension, degrees, engine) is { } sampler) WriteFields(path, modes, sampler);
        else WriteProfiles(path, modes);
    }

    private static void WriteFields(string path, Eigenmodes modes, FieldSampler sampler)
    {
        var basis = new HarmonicBasis(modes.Dimension, modes.Modes.Count);
        FieldMesh mesh = sampler.Mesh;
        MemoryException.Require(2L * sizeof(float) * basis.Count * mesh.PointCount, $"a file of {basis.Count - 1} eigenfunctions", "lower --degrees");
        var outline = new PolyDataOutline(
            mesh.Cells,
            mesh.PointCount,
            new PointArray<float>("Points", 3, shared: mesh.Points),
            [Harmonic],
            ("degree", "degree of the harmonic"),
            ("order", "order of the harmonic (> 0 cosine, < 0 sine; 0 zonal)"),
            ("growth_rate", "growth rate about the uniform state"))
        {
            TimeLongName = "index of the harmonic in the basis",
        };
        PolyDataFile.Write(path, outline, basis.Count - 1, Fill, ".h5", file => WriteModes(file, modes, basis).Dispose());

        void Fill(VtkHdfImage image)
        {
            for (int index = 1; index < basis.Count; index++)
            {
                var coefficients = new double[basis.Count];
                coefficients[index] = 1;
                int degree = basis.DegreeOf(index);
                image.BeginStep(index, degree, basis.OrderOf(index), modes.Modes[degree - 1].GrowthRate);
                image.Write(Harmonic, sampler.Sample(new Snapshot(index, basis.Bandlimit, coefficients, new Observables())).Density);
            }
        }
    }

    private static void WriteProfiles(string path, Eigenmodes modes)
    {
        string name = Path.GetFileName(path);
        if (!name.EndsWith(".h5", StringComparison.Ordinal)) throw new ArgumentException($"the name of a file of eigenfunctions ends in .h5: {name}");
        int degrees = modes.Modes.Count, points = Math.Max(FewestProfilePoints, 8 * degrees + 1);
        double[] cosines = [.. Enumerable.Range(0, points).Select(j => Math.Sin(Math.PI * (0.5 - (double)j / (points - 1))))];
        using Hdf5File file = Hdf5File.CreateInMemory(name);
        using (Hdf5Dataset mode = WriteModes(file, modes, new HarmonicBasis(modes.Dimension, degrees)))
        using (Hdf5Dataset t = file.Write<double>("t", cosines))
        {
            t.MakeScale("t");
            Describe(t, "t = cos theta, component along the axis");
            using Hdf5Dataset profile = file.Write<double>("profile", Profiles(modes.Dimension, degrees, cosines), degrees, points);
            Describe(profile, "zonal harmonic P_l(t), P_l(1) = 1");
            profile.AttachScales(mode, t);
        }

        File.Delete(Path.ChangeExtension(path, ".xdmf")); // of an earlier file of this name, whose fields are gone
        File.Delete(Path.ChangeExtension(path, ".xdmf2"));
        file.Publish(path);
    }

    /// <summary>Writes what describes the eigenfunctions; returns their axis.</summary>
    private static Hdf5Dataset WriteModes(Hdf5File file, Eigenmodes modes, HarmonicBasis basis)
    {
        file.SetText("Conventions", "CF-1.11");
        file.SetText("title", "eigenfunctions about the uniform state");
        file.SetNumber("dimension", modes.Dimension);
        file.SetNumber("beta", modes.Attention.Beta);
        file.SetNumber("noise", modes.Attention.Noise);
        file.SetText("normalization", ResultNames.Of(modes.Attention.Normalization));
        file.SetNumber("fastest_degree", modes.Fastest.Degree);
        file.SetNumber("critical_noise", modes.CriticalNoise);
        file.SetNumber("log_scale", modes.LogScale);
        file.SetText("version", ProgramVersion.Number);

        int[] indices = [.. Enumerable.Range(1, basis.Count - 1)];
        Hdf5Dataset mode = file.Write<int>("mode", indices);
        mode.MakeScale("mode");
        Describe(mode, "index of the harmonic in the basis");
        WriteRow<int>("degree", "degree of the harmonic", basis.DegreeOf);
        WriteRow<int>("order", "order of the harmonic (> 0 cosine, < 0 sine; 0 zonal)", basis.OrderOf);
        WriteRow("multiplicity", "dimension of the eigenspace", index => Of(index).Multiplicity);
        WriteRow("multiplier", "multiplier m_l in the growth rate l(l+d-2)(m_l - noise), divided by e^log_scale", index => Of(index).Multiplier);
        WriteRow("growth_rate", "growth rate about the uniform state, divided by e^log_scale", index => Of(index).GrowthRate);
        return mode;

        Eigenmode Of(int index) => modes.Modes[basis.DegreeOf(index) - 1];

        void WriteRow<T>(string name, string longName, Func<int, T> value)
            where T : unmanaged
        {
            using Hdf5Dataset dataset = file.Write<T>(name, Array.ConvertAll(indices, index => value(index)));
            Describe(dataset, longName);
            dataset.AttachScales(mode);
        }
    }

    private static void Describe(Hdf5Dataset dataset, string longName)
    {
        dataset.SetText("units", "1");
        dataset.SetText("long_name", longName);
    }

    /// <summary>[degrees, points] P_ℓ(t), ℓ ≥ 1, by (ℓ+d−2) P_(ℓ+1) = (2ℓ+d−2) t P_ℓ − ℓ P_(ℓ−1).</summary>
    private static double[] Profiles(int dimension, int degrees, double[] cosines)
    {
        int points = cosines.Length;
        var profiles = new double[degrees * points];
        for (int j = 0; j < points; j++)
        {
            double below = 1, value = cosines[j];
            for (int degree = 1; degree <= degrees; degree++)
            {
                profiles[(degree - 1) * points + j] = value;
                (below, value) = (value, ((2.0 * degree + dimension - 2) * cosines[j] * value - degree * below) / (degree + dimension - 2));
            }
        }
        return profiles;
    }
}
