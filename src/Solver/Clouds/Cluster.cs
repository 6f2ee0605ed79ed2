namespace Meanfield.Solver;

/// <summary>One cluster of a census.</summary>
/// <param name="Mass">Share of the total mass.</param>
/// <param name="Tokens">Number of tokens.</param>
/// <param name="FirstToken">Smallest index among its tokens.</param>
/// <param name="Centre">[d] unit vector along the mean of its tokens.</param>
/// <param name="Radius">Root-mean-square distance |x − centre| of its tokens, accurate however small.</param>
/// <param name="Extent">Largest distance |x − centre| of its tokens.</param>
public sealed record Cluster(double Mass, int Tokens, int FirstToken, double[] Centre, double Radius, double Extent);
