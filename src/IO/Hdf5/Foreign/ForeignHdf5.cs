using System.Runtime.InteropServices;

namespace Meanfield.IO;

/// <summary>
/// An HDF5 file that others wrote. libhdf5 may crash, or never return, on a damaged file; so it runs in a process of its own, and whatever happens there is an
/// <see cref="InvalidDataException"/> here. Where the meanfield program is not beside this library, the file is read in this process.
/// </summary>
/// <remarks>Several threads may ask at once; they are answered one after another.</remarks>
internal sealed class ForeignHdf5 : IDisposable
{
    private const int MostArrays = 1 << 16;
    private const double SlowestBytesPerSecond = 2e6;

    private readonly string _path;
    private readonly Hdf5Process? _process;
    private readonly Hdf5Service? _service;
    private readonly Lock _gate = new();

    private ForeignHdf5(string path)
    {
        _path = path;
        _process = Hdf5Process.Start();
        _service = _process is null ? new Hdf5Service() : null;
    }

    /// <summary>The process that reads it; null where that is this one.</summary>
    internal int? ProcessId => _process?.Id;

    /// <summary>Opens a file.</summary>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    /// <exception cref="IOException">It is no regular file, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    internal static ForeignHdf5 Open(string path)
    {
        InputFile.Open(path).Dispose();     // what the system refuses, it says here
        return new ForeignHdf5(path);
    }

    /// <summary>Its datasets, group by group; those behind links to other files are not among them.</summary>
    /// <exception cref="InvalidDataException">It is not an HDF5 file or is damaged.</exception>
    internal IReadOnlyList<ForeignArray> Arrays() => Ask(Hdf5Question.Arrays, static _ => { }, TimeSpan.Zero, reader =>
    {
        int count = reader.ReadInt32();
        if (count is < 0 or > MostArrays)
            throw new EndOfStreamException();
        var arrays = new ForeignArray[count];
        for (int i = 0; i < count; i++)
        {
            string name = reader.ReadString();
            var shape = new long[reader.ReadByte()];
            for (int axis = 0; axis < shape.Length; axis++) shape[axis] = reader.ReadInt64();
            arrays[i] = new ForeignArray(name, shape, reader.ReadBoolean(), reader.ReadBoolean(), reader.ReadString());
        }

        return arrays;
    });

    /// <summary>Reads a block of at most <see cref="Hdf5Service.LargestBlock"/> numbers, whatever type they are stored in.</summary>
    /// <param name="name">The dataset.</param>
    /// <param name="start">[rank] first index along each axis.</param>
    /// <param name="count">[rank] lengths.</param>
    /// <param name="values">Receives the numbers, the last index fastest.</param>
    /// <exception cref="InvalidDataException">It is not numeric or is damaged.</exception>
    internal unsafe void Read(string name, long[] start, long[] count, Span<double> values)
    {
        fixed (double* first = values)
        {
            (nint address, int length) = ((nint)first, values.Length);
            _ = Ask(
                Hdf5Question.Block,
                writer =>
                {
                    writer.Write(name);
                    Write(writer, start);
                    Write(writer, count);
                },
                TimeSpan.FromSeconds(sizeof(double) * (double)length / SlowestBytesPerSecond),
                reader =>
                {
                    reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(new Span<double>((double*)address, length)));
                    return true;
                });
        }
    }

    /// <summary>The last state of an earlier result.</summary>
    /// <exception cref="InvalidDataException">It is not a result of Meanfield or is damaged.</exception>
    internal ForeignState State() => Ask(Hdf5Question.State, static _ => { }, TimeSpan.Zero, reader =>
    {
        (int dimension, int bandlimit, int count) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        if (count < 1)
            throw new EndOfStreamException();
        var coefficients = new double[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(coefficients.AsSpan()));
        return new ForeignState(dimension, bandlimit, coefficients);
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _process?.Dispose();
        _service?.Dispose();
    }

    private static void Write(BinaryWriter writer, long[] lengths)
    {
        writer.Write((byte)lengths.Length);
        foreach (long length in lengths) writer.Write(length);
    }

    private T Ask<T>(Hdf5Question kind, Action<BinaryWriter> parameters, TimeSpan extra, Func<BinaryReader, T> read)
    {
        using var question = new MemoryStream();
        using (var writer = new BinaryWriter(question, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write((byte)kind);
            writer.Write(_path);
            parameters(writer);
        }

        lock (_gate)
        {
            if (_process is null)
                return Locally(question, read);
            try
            {
                _process.Work(extra);
                _process.Questions.Write(question.GetBuffer().AsSpan(0, (int)question.Length));
                _process.Questions.Flush();
                return Answer(_process.Answers, read);
            }
            catch (Exception problem) when (problem is EndOfStreamException or IOException or FormatException)
            {
                throw new InvalidDataException($"{_path} cannot be read as HDF5: {_process.Ending()}; the file is damaged", problem);
            }
            finally
            {
                _process.Rest();
            }
        }
    }

    private T Locally<T>(MemoryStream question, Func<BinaryReader, T> read)
    {
        using var answer = new MemoryStream();
        using var writer = new BinaryWriter(answer);
        question.Position = 0;
        _service!.Answer(new BinaryReader(question), writer);
        writer.Flush();
        answer.Position = 0;
        return Answer(new BinaryReader(answer), read);
    }

    private static T Answer<T>(BinaryReader reader, Func<BinaryReader, T> read) =>
        reader.ReadByte() == 0 ? read(reader) : throw new InvalidDataException(Quote.Line(reader.ReadString()));
}
