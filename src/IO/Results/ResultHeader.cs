using Meanfield.Spectral;

namespace Meanfield.IO;

/// <summary>What a result is the result of.</summary>
/// <param name="Title">Title of the case.</param>
/// <param name="Dimension">Ambient dimension d: the tokens live on S^(d−1).</param>
/// <param name="Attention">The model.</param>
/// <param name="Scheme">spectral, characteristics, particles or perturbation.</param>
/// <param name="Seed">Seed of the random numbers.</param>
/// <param name="Version">Version of the program that computed it.</param>
/// <param name="Case">The case as YAML, with every default written out.</param>
public sealed record ResultHeader(
    string Title, int Dimension, Attention Attention, string Scheme, long Seed, string Version, string Case);
