using System.Text.Json;
using Meanfield.IO;
using Xunit;

namespace Meanfield.Tests.IO;

public sealed class FieldFileTests : IDisposable
{
    private static readonly double[] CosColatitudes =
        [.. Enumerable.Range(0, 12).Select(i => Math.Cos(Math.PI * (i + 0.5) / 12))];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_mesh_of_the_sphere_is_closed_and_oriented_outward()
    {
        var mesh = new SphereMesh(CosColatitudes, 7);
        Assert.Equal(12 * 7 + 2, mesh.PointCount);
        Assert.Equal([0, 0, 1], mesh.Points[(3 * mesh.NorthPole)..(3 * mesh.NorthPole + 3)]);
        Assert.Equal([0, 0, -1], mesh.Points[(3 * mesh.SouthPole)..(3 * mesh.SouthPole + 3)]);
        Assert.Equal(2 * mesh.PointCount - 4, mesh.CellCount);          // Euler: V − E + F = 2 with 3F = 2E
        Assert.Equal(3 * mesh.CellCount, mesh.Connectivity.Length);

        var edges = new HashSet<(long, long)>();
        for (int t = 0; t < mesh.CellCount; t++)
        {
            long[] corners = mesh.Connectivity[(3 * t)..(3 * t + 3)];
            for (int i = 0; i < 3; i++)
                Assert.True(edges.Add((corners[i], corners[(i + 1) % 3])), "an edge is used twice in one direction");
            Assert.True(Volume(mesh, corners) > 0, $"triangle {t} looks inward");
        }

        Assert.All(edges, edge => Assert.Contains((edge.Item2, edge.Item1), edges));
    }

    [Fact]
    public void Rows_must_run_from_north_to_south_between_the_poles()
    {
        Assert.Throws<ArgumentException>(() => new SphereMesh([], 8));
        Assert.Throws<ArgumentException>(() => new SphereMesh([-0.5, 0.5], 8));
        Assert.Throws<ArgumentException>(() => new SphereMesh([1.0, 0.0], 8));
        Assert.Throws<ArgumentException>(() => new SphereMesh([0.5, double.NaN], 8));
        Assert.ThrowsAny<ArgumentException>(() => new SphereMesh([0.0], 2));
        Assert.ThrowsAny<ArgumentException>(() => new CircleMesh(2));
    }

    [Fact]
    public void Vtkhdf_files_keep_the_rules_of_every_reader()
    {
        (string sphere, string circle) = WriteBoth();
        JsonElement complaints = Script.Python("vtkhdf_lint.py", sphere, circle);
        Assert.Empty(complaints.GetProperty(sphere).EnumerateArray());
        Assert.Empty(complaints.GetProperty(circle).EnumerateArray());
    }

    [Fact]
    public void The_lint_notices_every_broken_rule()
    {
        JsonElement said = Script.Python("lint_mutations.py", WriteBoth().Sphere);
        foreach (JsonProperty mutation in said.EnumerateObject())
        {
            bool noticed = mutation.Value.GetArrayLength() > 0;
            Assert.True(noticed == (mutation.Name != "unchanged"), $"{mutation.Name}: {mutation.Value}");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Vtkhdf_files_have_the_documented_structure(bool sphere)
    {
        (string spherePath, string circlePath) = WriteBoth();
        FieldMesh mesh = sphere ? SphereOfTest() : CircleOfTest();
        JsonElement seen = Script.Python("describe_vtkhdf.py", sphere ? spherePath : circlePath);
        JsonElement items = seen.GetProperty("items");
        int steps = SampleFields.Times.Length;
        long points = mesh.PointCount;

        Assert.Equal([2, 0], Numbers(seen.GetProperty("version")));
        Assert.Equal("PolyData", seen.GetProperty("type").GetString());
        Assert.Equal(steps, seen.GetProperty("steps").GetInt32());
        RequireItem("VTKHDF/Points", "<f4", points, 3);
        RequireItem("VTKHDF/PointData/density", "<f4", steps * points);
        RequireItem("VTKHDF/PointData/velocity", "<f4", steps * points, 3);
        RequireItem($"VTKHDF/{(sphere ? "Polygons" : "Lines")}/Connectivity", "<i8", mesh.Connectivity.Length);
        RequireItem("VTKHDF/Strips/Connectivity", "<i8", 0);
        RequireItem("VTKHDF/Steps/CellOffsets", "<i8", steps, 4);
        JsonElement density = items.GetProperty("VTKHDF/PointData/density");
        Assert.Equal([points], Numbers(density.GetProperty("chunks")));
        Assert.True(density.GetProperty("unlimited").GetBoolean());
        Assert.Equal(["shuffle", "deflate"], density.GetProperty("filters").EnumerateArray().Select(f => f.GetString()!));

        Assert.Equal(SampleFields.Times, Values("Steps/Values"));
        Assert.Equal(SampleFields.Times.Select(Math.Tanh), Values("FieldData/order_parameter"));
        Assert.Equal(SampleFields.Times.Select(t => 1 + 1e-15 * t), Values("FieldData/mass"));
        Assert.Equal(Enumerable.Range(0, steps).Select(k => (double)k * points), Values("Steps/PointDataOffsets/velocity"));
        Assert.Equal(Enumerable.Range(0, steps).Select(k => (double)k), Values("Steps/FieldDataOffsets/mass"));
        Assert.Equal(Enumerable.Repeat(0.0, steps), Values("Steps/PartOffsets"));

        void RequireItem(string path, string type, params double[] shape)
        {
            Assert.Equal(type, items.GetProperty(path).GetProperty("type").GetString());
            Assert.Equal(shape, Numbers(items.GetProperty(path).GetProperty("shape")));
        }

        IEnumerable<double> Values(string path) => Numbers(items.GetProperty("VTKHDF/" + path).GetProperty("values"));
    }

    [Fact]
    public void ParaView_reads_both_sidecars_of_both_domains()
    {
        (string spherePath, string circlePath) = WriteBoth();
        (FieldMesh Mesh, string Path)[] domains = [(SphereOfTest(), spherePath), (CircleOfTest(), circlePath)];
        int[] sample = [0, 1, 17, 30, 31];
        string[] extensions = [".xdmf", ".xdmf2"];
        string[] files = [.. domains.SelectMany(d => extensions.Select(e => Path.ChangeExtension(d.Path, e)))];
        JsonElement seen = Script.ParaView("paraview_probe.py", [string.Join(',', sample), .. files]);

        foreach ((FieldMesh mesh, string path) in domains)
        {
            FieldFrame[] truth = SampleFields.Create(mesh);
            foreach ((string extension, string reader) in new[] { (".xdmf", "Xdmf3ReaderS"), (".xdmf2", "XdmfReader") })
            {
                JsonElement file = seen.GetProperty(Path.ChangeExtension(path, extension));
                Assert.Equal(reader, file.GetProperty("reader").GetString());
                Assert.Equal(SampleFields.Times, Numbers(file.GetProperty("times")));
                JsonElement[] frames = [.. file.GetProperty("frames").EnumerateArray()];
                Assert.Equal(3, frames.Length);
                foreach (JsonElement frame in frames)
                    RequireFrame(mesh, sample, Array.Find(truth, f => f.Time == frame.GetProperty("time").GetDouble())!, frame);
            }
        }
    }

    [Fact]
    public void The_same_fields_give_the_same_bytes()
    {
        FieldMesh mesh = SphereOfTest();
        FieldFrame[] frames = SampleFields.Create(mesh);
        FieldFile.Write(_folder["fields.vtkhdf"], mesh, frames);
        byte[] first = File.ReadAllBytes(_folder["fields.vtkhdf"]);
        FieldFile.Write(_folder["fields.vtkhdf"], mesh, frames);
        Assert.Equal(first, File.ReadAllBytes(_folder["fields.vtkhdf"]));
        Assert.Equal(["fields.vtkhdf", "fields.xdmf", "fields.xdmf2"], _folder.Files());
    }

    [Fact]
    public void Frames_that_do_not_fit_are_refused_before_anything_is_written()
    {
        FieldMesh mesh = CircleOfTest();
        FieldFrame[] frames = SampleFields.Create(mesh);
        Refused("fields.vtkhdf", []);
        Refused("fields.h5", frames);
        Refused("a:b.vtkhdf", frames);
        Refused("fields.vtkhdf", [frames[1], frames[0]]);
        Refused("fields.vtkhdf", [frames[0] with { Time = double.NaN }]);
        Refused("fields.vtkhdf", [frames[0] with { Density = new float[3] }]);
        Assert.Empty(_folder.Files());

        void Refused(string name, FieldFrame[] bad) =>
            Assert.Throws<ArgumentException>(() => FieldFile.Write(_folder[name], mesh, bad));
    }

    private static SphereMesh SphereOfTest() => new(CosColatitudes, 24);

    private static CircleMesh CircleOfTest() => new(64);

    private static void RequireFrame(FieldMesh mesh, int[] sample, FieldFrame truth, JsonElement frame)
    {
        Assert.Equal(mesh.PointCount, frame.GetProperty("points").GetInt32());
        Assert.Equal(mesh.CellCount, frame.GetProperty("cells").GetInt32());
        Assert.Equal([truth.Density.Min(), truth.Density.Max()], Numbers(frame.GetProperty("density_range")));
        Assert.Equal([truth.Velocity.Min(), truth.Velocity.Max()], Numbers(frame.GetProperty("velocity_range")));
        Assert.Equal(sample.Select(k => (double)truth.Density[k]), Numbers(frame.GetProperty("density")));
        Assert.Equal(Sampled(truth.Velocity), Numbers(frame.GetProperty("velocity")));
        Assert.Equal(Sampled(mesh.Points), Numbers(frame.GetProperty("positions")));
        if (mesh is SphereMesh)
        {
            Assert.Equal(0, frame.GetProperty("open_edges").GetInt32());
            Assert.True(frame.GetProperty("smallest_outward").GetDouble() > 0, "a triangle looks inward");
            Assert.InRange(frame.GetProperty("area").GetDouble() / (4 * Math.PI), 0.97, 1);
        }
        else
        {
            Assert.True(frame.GetProperty("closed").GetBoolean(), "the ring is open");
            Assert.InRange(frame.GetProperty("length").GetDouble() / (2 * Math.PI), 0.999, 1);
        }

        IEnumerable<double> Sampled(float[] vectors) =>
            sample.SelectMany(k => vectors[(3 * k)..(3 * k + 3)]).Select(x => (double)x);
    }

    private static double Volume(FieldMesh mesh, long[] corners)
    {
        double[][] p = Array.ConvertAll(corners, Position);
        return p[0][0] * (p[1][1] * p[2][2] - p[1][2] * p[2][1])
            - p[0][1] * (p[1][0] * p[2][2] - p[1][2] * p[2][0])
            + p[0][2] * (p[1][0] * p[2][1] - p[1][1] * p[2][0]);

        double[] Position(long k) => [mesh.Points[3 * k], mesh.Points[3 * k + 1], mesh.Points[3 * k + 2]];
    }

    private static IEnumerable<double> Numbers(JsonElement array) => array.EnumerateArray().Select(n => n.GetDouble());

    private (string Sphere, string Circle) WriteBoth()
    {
        (string sphere, string circle) = (_folder["sphere.vtkhdf"], _folder["circle.vtkhdf"]);
        FieldFile.Write(sphere, SphereOfTest(), SampleFields.Create(SphereOfTest()));
        FieldFile.Write(circle, CircleOfTest(), SampleFields.Create(CircleOfTest()));
        return (sphere, circle);
    }
}
