using System.Diagnostics;
using System.Text.Json;
using Meanfield.IO;
using Xunit;

namespace Meanfield.Tests.IO;

public sealed class TokenFieldFileTests : IDisposable
{
    private const int Tokens = 37;

    private static readonly TokenFrame[] Cloud = SampleTokens.Create(Tokens, SampleFields.Times.Length);
    private static readonly TokenFrame[] Single = SampleTokens.Create(1, 1);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Vtkhdf_files_keep_the_rules_of_every_reader()
    {
        string[] files = [Write("tokens.vtkhdf", Cloud), Write("single.vtkhdf", Single)];
        JsonElement complaints = Script.Python("vtkhdf_lint.py", files);
        Assert.All(files, file => Assert.Empty(complaints.GetProperty(file).EnumerateArray()));
    }

    [Fact]
    public void Every_step_leads_to_its_own_positions_and_clusters_and_to_the_same_vertices()
    {
        JsonElement seen = Script.Python("describe_vtkhdf.py", Write("tokens.vtkhdf", Cloud));
        JsonElement items = seen.GetProperty("items");
        int steps = Cloud.Length;
        Assert.Equal([2, 0], Numbers(seen.GetProperty("version")));
        Assert.Equal("PolyData", seen.GetProperty("type").GetString());
        Assert.Equal(steps, seen.GetProperty("steps").GetInt32());

        RequireItem("Points", "<f4", Cloud.SelectMany(f => f.Positions).Select(x => (double)x), steps * Tokens, 3);
        RequireItem("PointData/cluster_id", "<i4", Cloud.SelectMany(f => f.ClusterIds).Select(c => (double)c), steps * Tokens);
        RequireItem("PointData/particle_id", "<i4", Count(Tokens, 1), Tokens);
        RequireItem("NumberOfPoints", "<i8", [Tokens], 1);
        RequireItem("Vertices/NumberOfCells", "<i8", [Tokens], 1);
        RequireItem("Vertices/NumberOfConnectivityIds", "<i8", [Tokens], 1);
        RequireItem("Vertices/Connectivity", "<i8", Count(Tokens, 1), Tokens);
        RequireItem("Vertices/Offsets", "<i8", Count(Tokens + 1, 1), Tokens + 1);
        RequireItem("Polygons/Connectivity", "<i8", [], 0);
        RequireItem("Steps/Values", "<f8", SampleFields.Times, steps);
        RequireItem("Steps/PartOffsets", "<i8", Count(steps, 0), steps);
        RequireItem("Steps/PointOffsets", "<i8", Count(steps, Tokens), steps);
        RequireItem("Steps/CellOffsets", "<i8", Count(4 * steps, 0), steps, 4);
        RequireItem("Steps/ConnectivityIdOffsets", "<i8", Count(4 * steps, 0), steps, 4);
        RequireItem("Steps/PointDataOffsets/cluster_id", "<i8", Count(steps, Tokens), steps);
        RequireItem("Steps/PointDataOffsets/particle_id", "<i8", Count(steps, 0), steps);

        void RequireItem(string path, string type, IEnumerable<double> values, params double[] shape)
        {
            JsonElement item = items.GetProperty("VTKHDF/" + path);
            Assert.Equal(type, item.GetProperty("type").GetString());
            Assert.Equal(shape, Numbers(item.GetProperty("shape")));
            Assert.Equal(values, Numbers(item.GetProperty("values")));
        }
    }

    [Fact]
    public void ParaView_reads_both_sidecars()
    {
        (string Path, TokenFrame[] Truth)[] clouds = [(Write("tokens.vtkhdf", Cloud), Cloud), (Write("single.vtkhdf", Single), Single)];
        (string Extension, string Reader)[] sidecars = [(".xdmf", "Xdmf3ReaderS"), (".xdmf2", "XdmfReader")];
        string[] files = [.. clouds.SelectMany(c => sidecars.Select(s => Path.ChangeExtension(c.Path, s.Extension)))];
        JsonElement seen = Script.ParaView("paraview_probe.py", ["all", .. files]);
        foreach ((string path, TokenFrame[] truth) in clouds)
        {
            foreach ((string extension, string reader) in sidecars)
            {
                JsonElement file = seen.GetProperty(Path.ChangeExtension(path, extension));
                Assert.Equal(reader, file.GetProperty("reader").GetString());
                RequireFrames(truth, file);
            }
        }
    }

    [Fact]
    public void The_same_tokens_give_the_same_bytes()
    {
        byte[] first = File.ReadAllBytes(Write("tokens.vtkhdf", Cloud));
        Assert.Equal(first, File.ReadAllBytes(Write("tokens.vtkhdf", Cloud)));
        Assert.Equal(["tokens.vtkhdf", "tokens.xdmf", "tokens.xdmf2"], _folder.Files());
    }

    [Fact]
    public void Two_thousand_tokens_at_fifty_times_take_less_than_a_second()
    {
        TokenFrame[] frames = SampleTokens.Create(2000, 50);
        long start = Stopwatch.GetTimestamp();
        Write("tokens.vtkhdf", frames);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 1);
    }

    [Fact]
    public void Frames_that_do_not_fit_are_refused_before_anything_is_written()
    {
        Refused("tokens.vtkhdf", []);
        Refused("tokens.h5", Cloud);
        Refused("a|b.vtkhdf", Cloud);
        Refused("tokens.vtkhdf", [new TokenFrame(0, [], [])]);
        Refused("tokens.vtkhdf", [Cloud[0], Single[0] with { Time = 1 }]);
        Refused("tokens.vtkhdf", [Cloud[0] with { Positions = new float[3 * Tokens - 1] }]);
        Refused("tokens.vtkhdf", [Cloud[0], Cloud[1] with { ClusterIds = new int[Tokens + 1] }]);
        Refused("tokens.vtkhdf", [Cloud[1], Cloud[0]]);
        Refused("tokens.vtkhdf", [Cloud[0], Cloud[0]]);
        Refused("tokens.vtkhdf", [Cloud[0] with { Time = double.NaN }]);
        Assert.Empty(_folder.Files());

        void Refused(string name, TokenFrame[] frames) => Assert.Throws<ArgumentException>(() => Write(name, frames));
    }

    private static void RequireFrames(TokenFrame[] truth, JsonElement file)
    {
        Assert.Equal(truth.Select(f => f.Time), Numbers(file.GetProperty("times")));
        TokenFrame[] expected = [truth[0], truth[truth.Length / 2], truth[^1]];
        JsonElement[] frames = [.. file.GetProperty("frames").EnumerateArray()];
        Assert.Equal(expected.Select(f => f.Time), frames.Select(f => f.GetProperty("time").GetDouble()));
        foreach ((TokenFrame tokens, JsonElement frame) in expected.Zip(frames))
        {
            int count = tokens.ClusterIds.Length;
            Assert.Equal(count, frame.GetProperty("points").GetInt32());
            Assert.Equal(count, frame.GetProperty("cells").GetInt32());
            Assert.Equal(Count(count, 1), Numbers(frame.GetProperty("vertices")));
            Assert.Equal(tokens.Positions.Select(x => (double)x), Numbers(frame.GetProperty("positions")));
            Assert.Equal(tokens.ClusterIds.Select(c => (double)c), Numbers(frame.GetProperty("cluster_id")));
            Assert.Equal(Count(count, 1), Numbers(frame.GetProperty("particle_id")));
            Assert.Equal("<i4", frame.GetProperty("cluster_id_type").GetString());
        }
    }

    private static IEnumerable<double> Count(int length, int by) => Enumerable.Range(0, length).Select(i => (double)i * by);

    private static IEnumerable<double> Numbers(JsonElement array) => array.EnumerateArray().Select(n => n.GetDouble());

    private string Write(string name, TokenFrame[] frames)
    {
        TokenFieldFile.Write(_folder[name], frames);
        return _folder[name];
    }
}
