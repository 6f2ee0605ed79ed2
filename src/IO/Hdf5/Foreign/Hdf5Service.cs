using System.Runtime.InteropServices;

namespace Meanfield.IO;

/// <summary>Questions that <see cref="ForeignHdf5"/> asks.</summary>
internal enum Hdf5Question : byte
{
    /// <summary>Which datasets are there?</summary>
    Arrays = 1,

    /// <summary>The numbers of a block of a dataset.</summary>
    Block = 2,

    /// <summary>The last state of a result.</summary>
    State = 3,
}

/// <summary>
/// Answers questions about HDF5 files over two streams, until they end: the part of <see cref="ForeignHdf5"/> that a damaged file may crash, so that it runs in a
/// process of its own (meanfield read-hdf5).
/// </summary>
/// <remarks>
/// A question is its number, the file and its parameters; an answer is 0 and what was asked for, or 1 and a sentence that says why not. Numbers are little-endian,
/// texts as <see cref="BinaryWriter"/> writes them.
/// </remarks>
public sealed class Hdf5Service : IDisposable
{
    /// <summary>The argument with which the program serves.</summary>
    public const string Verb = "read-hdf5";

    /// <summary>Most numbers of one block.</summary>
    internal const int LargestBlock = 1 << 22;

    private const int MostObjects = 4096;
    private const int DeepestGroup = 8;
    private const int ChunkCache = 256 << 20;
    private const int LongestNames = 1 << 16;
    private const string LayerNames = "layer_names";

    private readonly Dictionary<string, Hdf5Dataset> _open = [];
    private string? _path;
    private Hdf5File? _file;
    private double[] _block = [];

    /// <summary>Serves until the questions end.</summary>
    /// <param name="questions">Where they come from.</param>
    /// <param name="answers">Where answers go.</param>
    public static void Serve(Stream questions, Stream answers)
    {
        using var service = new Hdf5Service();
        using var reader = new BinaryReader(questions);
        using var writer = new BinaryWriter(new BufferedStream(answers, 1 << 16));
        try
        {
            while (true)
            {
                service.Answer(reader, writer);
                writer.Flush();
            }
        }
        catch (EndOfStreamException)
        {
            // Whoever asked is gone.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    /// <summary>Answers one question.</summary>
    /// <exception cref="EndOfStreamException">There is none.</exception>
    internal void Answer(BinaryReader question, BinaryWriter answer)
    {
        var kind = (Hdf5Question)question.ReadByte();
        string path = question.ReadString();
        Action<BinaryWriter> reply;
        try
        {
            reply = kind switch
            {
                Hdf5Question.Arrays => Arrays(path),
                Hdf5Question.Block => Block(path, question.ReadString(), Lengths(question), Lengths(question)),
                _ => State(path),
            };
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException or ArgumentException or UnauthorizedAccessException && problem is not EndOfStreamException)
        {
            reply = writer => writer.Write(problem.Message);
            answer.Write((byte)1);
            reply(answer);
            return;
        }

        answer.Write((byte)0);
        reply(answer);
    }

    private static long[] Lengths(BinaryReader question)
    {
        var lengths = new long[question.ReadByte()];
        for (int i = 0; i < lengths.Length; i++) lengths[i] = question.ReadInt64();
        return lengths;
    }

    private Action<BinaryWriter> Arrays(string path)
    {
        var found = new List<ForeignArray>();
        int visited = 0;
        Collect(Open(path), "", 0, found, ref visited);
        return writer =>
        {
            writer.Write(found.Count);
            foreach (ForeignArray array in found)
            {
                writer.Write(array.Name);
                writer.Write((byte)array.Shape.Count);
                foreach (long length in array.Shape) writer.Write(length);
                writer.Write(array.IsInteger);
                writer.Write(array.IsFloat);
                writer.Write(array.LayerNames);
            }
        };
    }

    // Groups may contain themselves: the depth ends that.
    private static void Collect(Hdf5Group group, string prefix, int depth, List<ForeignArray> found, ref int visited)
    {
        foreach (string name in group.Names())
        {
            if (++visited > MostObjects)
                throw new InvalidDataException($"{group.Location} and its groups have more than {MostObjects} objects: copy the datasets that are meant into a file of their own");
            if (!group.IsHard(name))
                continue;
            if (TryOpen(group, name) is { } dataset)
            {
                using (dataset)
                    found.Add(Describe(dataset, prefix + name));
            }
            else if (depth < DeepestGroup && TryOpenGroup(group, name) is { } inner)
            {
                using (inner)
                    Collect(inner, $"{prefix}{name}/", depth + 1, found, ref visited);
            }
        }
    }

    private static ForeignArray Describe(Hdf5Dataset dataset, string name)
    {
        int kind = dataset.ElementClass;
        string names = "";
        try
        {
            if (dataset.HasAttribute(LayerNames)) names = dataset.GetText(LayerNames);
        }
        catch (InvalidDataException)
        {
            // Names in another form are no names.
        }

        return new ForeignArray(
            name, dataset.Shape, kind == Hdf5ElementType.IntegerClass, kind == Hdf5ElementType.FloatClass, names.Length > LongestNames ? "" : names);
    }

    private static Hdf5Dataset? TryOpen(Hdf5Group group, string name)
    {
        try
        {
            return group.Open(name);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static Hdf5Group? TryOpenGroup(Hdf5Group group, string name)
    {
        try
        {
            return group.OpenGroup(name);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private Action<BinaryWriter> Block(string path, string name, long[] start, long[] count)
    {
        Hdf5File file = Open(path);
        if (!_open.TryGetValue(name, out Hdf5Dataset? dataset))
            _open.Add(name, dataset = file.Open(name, ChunkCache));
        long numbers = ArraySize.Bytes(1, count);
        if (numbers > LargestBlock)
            throw new ArgumentException($"a block of {numbers} numbers is more than {LargestBlock}");
        if (_block.Length < numbers)
            _block = new double[numbers];
        dataset.ReadBlock(start, count, _block.AsSpan(0, (int)numbers));
        return writer => writer.Write(MemoryMarshal.AsBytes(_block.AsSpan(0, (int)numbers)));
    }

    private Action<BinaryWriter> State(string path)
    {
        Close();
        using ResultFile result = ResultFile.Open(path);
        if (result.Time.Length == 0)
            throw new InvalidDataException($"{path} has no output times, so it has no state to start from");
        double[] coefficients = result.Coefficients(result.Time.Length - 1);
        (int dimension, int bandlimit) = (result.Header.Dimension, result.Basis.Bandlimit);
        return writer =>
        {
            writer.Write(dimension);
            writer.Write(bandlimit);
            writer.Write(coefficients.Length);
            writer.Write(MemoryMarshal.AsBytes<double>(coefficients));
        };
    }

    private Hdf5File Open(string path)
    {
        if (_file is null || _path != path)
        {
            Close();
            (_file, _path) = (Hdf5File.OpenRead(path), path);
        }

        return _file;
    }

    private void Close()
    {
        foreach (Hdf5Dataset dataset in _open.Values) dataset.Dispose();
        _open.Clear();
        _file?.Dispose();
        (_file, _path) = (null, null);
    }
}
