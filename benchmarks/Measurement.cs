using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Meanfield.Benchmarks;

/// <summary>One row of artifacts/bench.json.</summary>
/// <param name="Name">What was timed: <c>rhs-sphere</c>, <c>rhs-circle</c>, <c>fft</c>, …</param>
/// <param name="Size">Bandlimit L on the sphere, number of points N elsewhere.</param>
/// <param name="Threads">Threads that either side used.</param>
/// <param name="OursSeconds">Median seconds of one evaluation by Meanfield.</param>
/// <param name="Peer">The library beside it.</param>
/// <param name="PeerSeconds">Median seconds of one evaluation by the peer, in the same run.</param>
internal sealed record Measurement(string Name, int Size, int Threads, double OursSeconds, string Peer, double PeerSeconds)
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>ours_seconds/peer_seconds: the share of the peer's time that Meanfield takes.</summary>
    public double Ratio => OursSeconds / PeerSeconds;

    /// <summary>peer_seconds/ours_seconds: how many times faster Meanfield is.</summary>
    [JsonIgnore]
    public double SpeedUp => PeerSeconds / OursSeconds;

    /// <summary>The rows as the JSON of artifacts/bench.json.</summary>
    public static string ToJson(IReadOnlyList<Measurement> rows) => JsonSerializer.Serialize(rows, Layout) + "\n";
}
