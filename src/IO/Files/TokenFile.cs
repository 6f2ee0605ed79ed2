namespace Meanfield.IO;

/// <summary>Token positions [N, d] in a .npy or HDF5 file.</summary>
public static class TokenFile
{
    /// <summary>Whether a file is HDF5 with harmonic coefficients, an earlier result, rather than positions.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool IsResult(string path)
    {
        if (IsNpy(path)) return false;
        using Hdf5File file = Hdf5File.OpenRead(path);
        return file.Contains("coefficients");
    }

    /// <summary>
    /// Reads positions: the matrix of a .npy; in HDF5 the dataset positions or tokens/positions ([N, d], or [T, N, d], whose last time counts),
    /// else the only two-dimensional dataset at the root.
    /// </summary>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    /// <exception cref="InvalidDataException">It holds no such matrix or is damaged; the sentence says how.</exception>
    public static double[,] Read(string path)
    {
        if (IsNpy(path)) return NpyFile.ReadMatrix(path);
        using Hdf5File file = Hdf5File.OpenRead(path);
        using Hdf5Dataset dataset = file.Open(NameOfPositions(file, path));
        IReadOnlyList<long> shape = dataset.Shape;
        if (shape.Count is not (2 or 3) || shape.Contains(0))
            throw new InvalidDataException($"{dataset.Location} in {path} has shape ({string.Join(", ", shape)}); positions [N, d] are needed");
        double[] values = shape.Count == 2 ? dataset.Read<double>() : dataset.ReadRows<double>(shape[0] - 1, 1);
        var positions = new double[shape[^2], shape[^1]];
        Buffer.BlockCopy(values, 0, positions, 0, Buffer.ByteLength(values));
        return positions;
    }

    private static bool IsNpy(string path) => path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase);

    private static string NameOfPositions(Hdf5File file, string path)
    {
        foreach (string name in (string[])["positions", "tokens/positions"])
            if (file.Contains(name)) return name;
        string[] matrices = [.. file.Names().Where(name => Rank(file, name) == 2)];
        return matrices.Length == 1
            ? matrices[0]
            : throw new InvalidDataException($"{path} has no dataset 'positions' and {matrices.Length} matrices at its root: name the one with tokens [N, d] 'positions'");
    }

    private static int Rank(Hdf5File file, string name)
    {
        try
        {
            using Hdf5Dataset dataset = file.Open(name);
            return dataset.Shape.Count;
        }
        catch (InvalidDataException)
        {
            return 0; // a group
        }
    }
}
