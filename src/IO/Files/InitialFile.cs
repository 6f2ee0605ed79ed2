using System.Globalization;

namespace Meanfield.IO;

/// <summary>What initial.file names: token positions, or the last state of an earlier result.</summary>
/// <param name="Positions">[N·d] unit vectors one after another; null for a result.</param>
/// <param name="State">The state; null for positions.</param>
internal sealed record InitialFile(double[]? Positions, ForeignState? State)
{
    private const double UnitTolerance = 1e-5; // float32 positions are unit vectors to 1e−7
    private const int Piece = 1 << 16;

    /// <summary>
    /// Reads a file: a .npy holds positions [N, d]. HDF5 with a dataset coefficients is an earlier result; else its dataset positions or tokens/positions
    /// ([N, d], or [T, N, d], whose last time counts) counts, or its only matrix.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="dimension">The dimension d of the case.</param>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    /// <exception cref="IOException">It is no regular file or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It holds neither, or is damaged; the sentence says how.</exception>
    /// <exception cref="ArgumentException">Its tokens or its state are of another dimension, or its tokens no unit vectors.</exception>
    /// <exception cref="MemoryException">There are more tokens than memory for them.</exception>
    internal static InitialFile Read(string path, int dimension)
    {
        if (HiddenStateFile.IsNumpy(path))
        {
            using IHiddenStates matrix = HiddenStateFile.OpenMatrix(path);
            return new InitialFile(Tokens(matrix, path, dimension), null);
        }

        using ForeignHdf5 file = ForeignHdf5.Open(path);
        IReadOnlyList<ForeignArray> arrays = file.Arrays();
        if (arrays.Any(array => array.Name == "coefficients"))
            return new InitialFile(null, OfDimension(file.State(), path, dimension));
        return new InitialFile(Tokens(Hdf5HiddenStates.Of(path, file, Find(arrays, path)), path, dimension), null);
    }

    private static ForeignArray Find(IReadOnlyList<ForeignArray> arrays, string path)
    {
        ForeignArray[] matrices = [.. arrays.Where(array => array.Shape.Count == 2 && !array.Name.Contains('/'))];
        ForeignArray positions = arrays.FirstOrDefault(array => array.Name == "positions") ?? arrays.FirstOrDefault(array => array.Name == "tokens/positions")
            ?? (matrices.Length == 1
                ? matrices[0]
                : throw new InvalidDataException($"{path} has no dataset 'positions' and {matrices.Length} matrices at its root: name the one with tokens [N, d] 'positions'"));
        return positions is { Shape.Count: 2 or 3 } && (positions.IsFloat || positions.IsInteger)
            ? positions
            : throw new InvalidDataException($"{Quote.Short(positions.Name)} in {path} has shape ({string.Join(", ", positions.Shape)}); positions [N, d] that are numbers are needed");
    }

    private static double[] Tokens(IHiddenStates file, string path, int dimension)
    {
        if (file.Dimension != dimension)
            throw new ArgumentException($"'{path}' holds tokens of {file.Dimension} coordinates, the case is in dimension {dimension}");
        long numbers = (long)file.Tokens * dimension;
        MemoryException.Require(sizeof(double) * numbers, string.Create(CultureInfo.InvariantCulture, $"the {file.Tokens} tokens of '{path}'"), "use fewer tokens");
        if (numbers > Array.MaxLength)
            throw new InvalidDataException($"'{path}' holds {file.Tokens} tokens, more than one array can hold");
        double[] positions = new double[numbers];
        for (int first = 0; first < file.Tokens; first += Piece)
        {
            int count = Math.Min(Piece, file.Tokens - first);
            Span<double> piece = positions.AsSpan(first * dimension, count * dimension);
            file.Read(file.Layers - 1, 0, first, piece);
            RequireUnit(piece, first, dimension, path);
        }

        return positions;
    }

    private static void RequireUnit(ReadOnlySpan<double> tokens, int first, int dimension, string path)
    {
        for (int i = 0; i < tokens.Length; i += dimension)
        {
            double square = 0;
            foreach (double x in tokens.Slice(i, dimension)) square += x * x;
            double length = Math.Sqrt(square);
            if (Math.Abs(length - 1) > UnitTolerance)
                throw new ArgumentException(FormattableString.Invariant($"token {first + i / dimension} of '{path}' has length {length:G6}, not 1: write unit vectors"));
        }
    }

    private static ForeignState OfDimension(ForeignState state, string path, int dimension)
    {
        if (state.Dimension != dimension)
            throw new ArgumentException($"'{path}' holds a result in dimension {state.Dimension}, the case is in dimension {dimension}");
        return !double.IsNaN(state.Coefficients[0]) && !state.Coefficients.Any(double.IsInfinity)
            ? state
            : throw new InvalidDataException($"'{path}' has infinite coefficients at its last time, or none");
    }
}
