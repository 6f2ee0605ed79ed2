using System.Text.Json;
using Meanfield.IO;
using Meanfield.Perturbation;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>Eigenfunctions as h5py, xarray and ParaView see them, against scipy's harmonics.</summary>
public sealed class EigenfunctionFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2, Normalization.None, 5, 12)]
    [InlineData(3, Normalization.Softmax, 9, 6)]
    [InlineData(3, Normalization.Softmax, 9, 20)] // more rows than the smallest mesh
    [InlineData(4, Normalization.Softmax, 9, 40)]
    [InlineData(64, Normalization.None, 5, 10)]
    public void Python_reads_the_modes_and_their_fields(int dimension, Normalization normalization, double beta, int degrees)
    {
        Eigenmodes modes = Eigenmodes.About(new(normalization, beta, 0.01), dimension, degrees);
        EigenfunctionFile.Write(_folder["modes.h5"], modes);
        JsonElement seen = Script.Python("read_modes.py", _folder["modes.h5"]);
        // points and fields are float32: ℓ·(size of the harmonic)·2^−24, generously; profiles are double
        Assert.InRange(seen.GetProperty("error").GetDouble(), 0, dimension < 4 ? 2e-7 * degrees * Math.Sqrt(2 * degrees + 1) : 1e-12);
        var basis = new HarmonicBasis(dimension, degrees);
        int[] index = [.. Enumerable.Range(1, basis.Count - 1)];
        Assert.Equal(index.Select(i => (double)i), Numbers(seen, "mode"));
        Assert.Equal(index.Select(i => (double)basis.DegreeOf(i)), Numbers(seen, "degree"));
        Assert.Equal(index.Select(i => (double)basis.OrderOf(i)), Numbers(seen, "order"));
        Assert.Equal(index.Select(i => modes.Modes[basis.DegreeOf(i) - 1].GrowthRate), Numbers(seen, "growth_rate"));
        Assert.Equal(index.Select(i => modes.Modes[basis.DegreeOf(i) - 1].Multiplier), Numbers(seen, "multiplier"));
        Assert.Equal(index.Select(i => Multiplicity.Of(dimension, basis.DegreeOf(i))), Numbers(seen, "multiplicity"));
        Assert.Equal("mode", seen.GetProperty("dims")[0].GetString());
        Assert.Equal(modes.Fastest.Degree, seen.GetProperty("fastest_degree").GetInt32());
        Assert.Equal(normalization == Normalization.None ? "none" : "softmax", seen.GetProperty("normalization").GetString());
        if (dimension > 3) return;
        JsonElement steps = seen.GetProperty("steps");
        Assert.Equal(Numbers(seen, "mode"), Numbers(steps, "times"));
        Assert.Equal(Numbers(seen, "order"), Numbers(steps, "order"));
        Assert.Equal(Numbers(seen, "growth_rate"), Numbers(steps, "growth_rate"));
    }

    /// <summary>One time step per eigenfunction, through both sidecars; the surface is closed.</summary>
    [Fact]
    public void ParaView_shows_the_eigenfunctions()
    {
        string[] files = ["sphere.xdmf", "sphere.xdmf2", "circle.xdmf", "circle.xdmf2"];
        EigenfunctionFile.Write(_folder["sphere.h5"], Eigenmodes.About(new(Normalization.Softmax, 9), 3, 4));
        EigenfunctionFile.Write(_folder["circle.h5"], Eigenmodes.About(new(Normalization.None, 2), 2, 4));
        JsonElement complaints = Script.Python("vtkhdf_lint.py", _folder["sphere.h5"], _folder["circle.h5"]);
        Assert.All(complaints.EnumerateObject(), file => Assert.Empty(file.Value.EnumerateArray()));
        JsonElement seen = Script.ParaView("paraview_probe.py", ["3,40,200", .. files.Select(name => _folder[name])]);
        foreach (string name in files)
        {
            JsonElement file = seen.GetProperty(_folder[name]);
            bool sphere = name.StartsWith("sphere", StringComparison.Ordinal);
            var basis = new HarmonicBasis(sphere ? 3 : 2, 4);
            Assert.Equal(Enumerable.Range(1, basis.Count - 1).Select(i => (double)i), Numbers(file, "times"));
            foreach (JsonElement frame in file.GetProperty("frames").EnumerateArray())
            {
                int index = (int)frame.GetProperty("time").GetDouble();
                double[] x = Numbers(frame, "positions"), values = Numbers(frame, "harmonic"), expected = new double[basis.Count];
                for (int i = 0; i < values.Length; i++)
                {
                    if (sphere) new SphericalHarmonics(basis.Bandlimit).Evaluate(x[3 * i], x[3 * i + 1], x[3 * i + 2], expected);
                    else expected[index] = Math.Sqrt(2) * Circle(basis.DegreeOf(index), basis.OrderOf(index), Math.Atan2(x[3 * i + 1], x[3 * i]));
                    Assert.Equal(expected[index], values[i], 1e-5);
                }
                if (sphere) Assert.Equal(0, frame.GetProperty("open_edges").GetInt32());
                else Assert.True(frame.GetProperty("closed").GetBoolean());
            }
        }

        static double Circle(int degree, int order, double angle) => order > 0 ? Math.Cos(degree * angle) : Math.Sin(degree * angle);
    }

    /// <summary>A file in another dimension of the same name takes the sidecars of the first with it; a refusal leaves everything as it was.</summary>
    [Fact]
    public void Nothing_stale_is_left_and_a_refusal_touches_nothing()
    {
        EigenfunctionFile.Write(_folder["modes.h5"], Eigenmodes.About(new(Normalization.Softmax, 2), 3, 2));
        Assert.Equal(["modes.h5", "modes.xdmf", "modes.xdmf2"], _folder.Files());
        byte[] first = File.ReadAllBytes(_folder["modes.h5"]);
        Assert.Throws<ArgumentException>(() => EigenfunctionFile.Write(_folder["modes.h5"], Eigenmodes.About(new(Normalization.Softmax, 2), 3, 1024)));
        Assert.Throws<ArgumentException>(() => EigenfunctionFile.Write(_folder["modes.txt"], Eigenmodes.About(new(Normalization.Softmax, 2), 3, 2)));
        Assert.Throws<ArgumentException>(() => EigenfunctionFile.Write(_folder["modes.txt"], Eigenmodes.About(new(Normalization.Softmax, 2), 5, 2)));
        Assert.Equal(first, File.ReadAllBytes(_folder["modes.h5"]));
        EigenfunctionFile.Write(_folder["modes.h5"], Eigenmodes.About(new(Normalization.Softmax, 2), 3, 2));
        Assert.Equal(first, File.ReadAllBytes(_folder["modes.h5"]));
        EigenfunctionFile.Write(_folder["modes.h5"], Eigenmodes.About(new(Normalization.Softmax, 2), 5, 2));
        Assert.Equal(["modes.h5"], _folder.Files());
    }

    private static double[] Numbers(JsonElement owner, string name) => [.. owner.GetProperty(name).EnumerateArray().Select(x => x.GetDouble())];
}
