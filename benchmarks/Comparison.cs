namespace Meanfield.Benchmarks;

/// <summary>The same work done twice: by Meanfield and by a peer. Both sides have already been found to agree.</summary>
/// <param name="Name">What is timed.</param>
/// <param name="Size">Bandlimit or number of points.</param>
/// <param name="Peer">The library beside ours.</param>
/// <param name="Ours">Seconds that a number of evaluations took.</param>
/// <param name="Theirs">Seconds that a number of the peer's evaluations took.</param>
/// <param name="Difference">max|ours − theirs|/max|ours| of the results.</param>
/// <param name="Flops">Useful operations of our Legendre contractions per evaluation; 0 where none are counted.</param>
/// <param name="Threads">Our threads.</param>
/// <param name="Tokens">Number of tokens by which the time is divided on the screen; 0 where there are none.</param>
internal sealed record Comparison(
    string Name, int Size, string Peer, Func<int, double> Ours, Func<int, double> Theirs, double Difference, double Flops = 0, int Threads = 1, int Tokens = 0)
{
    /// <summary>Largest difference of results that still counts as the same work.</summary>
    public const double Tolerance = 1e-10;

    /// <summary>Whether both sides computed the same numbers.</summary>
    public bool Agrees => Difference <= Tolerance;
}
