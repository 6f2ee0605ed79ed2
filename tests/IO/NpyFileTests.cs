using System.Text;
using System.Text.Json;
using Meanfield.IO;
using Xunit;

namespace Meanfield.Tests.IO;

public sealed class NpyFileTests : IDisposable
{
    private const string Header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }";

    private readonly TemporaryFolder _folder = new();

    private string MatrixPath => _folder["matrix.npy"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_form_that_numpy_writes_is_read()
    {
        JsonElement written = Script.Python("write_npy.py", _folder.FullName);
        double[] expected = [.. written.GetProperty("values").EnumerateArray().Select(v => v.GetDouble())];
        string[] files = [.. written.GetProperty("files").EnumerateArray().Select(f => f.GetString()!)];
        Assert.Equal(24, files.Length);
        foreach (string file in files)
        {
            double[,] matrix = Matrix(file);
            Assert.Equal((7, 3), (matrix.GetLength(0), matrix.GetLength(1)));
            Assert.Equal(expected, matrix.Cast<double>());
        }
    }

    [Fact]
    public void Matrices_longer_than_a_buffer_are_read_whole()
    {
        double[] numbers = [.. Enumerable.Range(0, 60_000).Select(i => Math.Sin(i))];
        Write("{'descr': '<f8', 'fortran_order': False, 'shape': (20000, 3), }", numbers);
        Assert.Equal(numbers, Matrix(MatrixPath).Cast<double>());
    }

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (6,), }", "a matrix [N, d] is needed")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2, 3), }", "a matrix [N, d] is needed")]
    [InlineData("{'descr': '<i8', 'fortran_order': False, 'shape': (2, 3), }", "float64")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2, 3), }", "float64")]
    [InlineData("{'descr': [('x', '<f8')], 'fortran_order': False, 'shape': (2, 3), }", "plain array")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 4), }", "bytes of data")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (0, 3), }", "bytes of data")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4611686018427387904)}", "bytes of data")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999, 3), }", "has the shape")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (-2, 3), }", "plain array")]
    [InlineData("{'descr': '<f8', 'fortran_order': False}", "lacks")]
    [InlineData("{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (2, 3)}", "plain array")]
    [InlineData("{'descr': True, 'fortran_order': False, 'shape': (2, 3)}", "plain array")]
    [InlineData("__import__('os').abort()", "plain array")]
    [InlineData("", "plain array")]
    public void Other_headers_are_refused_with_the_reason(string header, string reason)
    {
        Write(header, new double[6]);
        var error = Assert.Throws<InvalidDataException>(() => Matrix(MatrixPath));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(MatrixPath, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_claims_gigabytes_costs_nothing()
    {
        File.WriteAllBytes(MatrixPath, [0x93, .. "NUMPY"u8, 2, 0, 0xff, 0xff, 0xff, 0xff, .. new byte[100]]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => Matrix(MatrixPath));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        Write(Header, new double[6]);
        byte[] whole = File.ReadAllBytes(MatrixPath);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(MatrixPath, whole[..length]);
            Assert.Throws<InvalidDataException>(() => Matrix(MatrixPath));
        }
    }

    [Fact]
    public void Other_versions_and_missing_files_are_named()
    {
        File.WriteAllBytes(MatrixPath, [0x93, .. "NUMPY"u8, 4, 0, 0, 0]);
        var error = Assert.Throws<InvalidDataException>(() => Matrix(MatrixPath));
        Assert.Contains("version 4.0", error.Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => Matrix(_folder["none.npy"]));
    }

    private static double[,] Matrix(string path)
    {
        using IHiddenStates file = HiddenStateFile.OpenMatrix(path);
        double[] rows = new double[file.Tokens * file.Dimension];
        file.Read(0, 0, 0, rows);
        var matrix = new double[file.Tokens, file.Dimension];
        Buffer.BlockCopy(rows, 0, matrix, 0, Buffer.ByteLength(rows));
        return matrix;
    }

    private void Write(string header, double[] numbers)
    {
        byte[] text = Encoding.ASCII.GetBytes(header + "\n");
        byte[] data = new byte[8 * numbers.Length];
        Buffer.BlockCopy(numbers, 0, data, 0, data.Length);
        File.WriteAllBytes(MatrixPath, [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, (byte)(text.Length >> 8), .. text, .. data]);
    }
}
