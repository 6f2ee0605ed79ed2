using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Meanfield.IO;
using Xunit;
using Xunit.Abstractions;

namespace Meanfield.Tests.IO;

/// <summary>Files of hidden states that are damaged, lie about themselves or are larger than memory.</summary>
public sealed class HiddenStateErrorTests(ITestOutputHelper output) : IDisposable
{
    private const string Tensor = """ "a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]} """;

    private readonly TemporaryFolder _folder = new();

    private string Safetensors => _folder["x.safetensors"];

    private string Npy => _folder["x.npy"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{}", 0, "no arrays")]
    [InlineData("", 0, "not that of a .safetensors file")]
    [InlineData("[]", 0, "StartArray")]
    [InlineData("{" + Tensor, 24, "not that of a .safetensors file")]
    [InlineData("{" + Tensor + "} {}", 24, "not that of a .safetensors file")]
    [InlineData("{" + Tensor + "," + Tensor + "}", 24, "names 'a' twice")]
    [InlineData("{" + Tensor + ""","\u0061":{"dtype":"F32","shape":[0],"data_offsets":[24,24]}}""", 24, "names 'a' twice")]
    [InlineData("{" + Tensor + "}", 23, "cut off or damaged")]
    [InlineData("{" + Tensor + "}", 25, "25 bytes of data where its tensors take 24")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[1,25]}}""", 25, "where the one before ends at 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b":{"dtype":"F32","shape":[2,3],"data_offsets":[20,44]}}""", 44, "where the one before ends at 24")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b":{"dtype":"F32","shape":[2,3],"data_offsets":[28,52]}}""", 52, "where the one before ends at 24")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[24,0]}}""", 24, "where the one before ends at 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2,4],"data_offsets":[0,24]}}""", 24, "24 bytes where F32 (2, 4) needs 32")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4611686018427387904,4],"data_offsets":[0,24]}}""", 24, "24 bytes where F32")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2,-3],"data_offsets":[0,24]}}""", 24, "no whole number")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2,3.5],"data_offsets":[0,24]}}""", 24, "no whole number")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2,99999999999999999999],"data_offsets":[0,24]}}""", 24, "no whole number")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2,"3"],"data_offsets":[0,24]}}""", 24, "no number")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0]}}""", 24, "lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24,24]}}""", 24, "one too many")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2,3]}}""", 24, "lacks")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}""", 24, "'dtype' for 'a' twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24],"x":1}}""", 24, "'x' for 'a'")]
    [InlineData("""{"a":{"dtype":"Q4","shape":[2,3],"data_offsets":[0,24]}}""", 24, "unknown dtype 'Q4'")]
    [InlineData("""{"a":{"dtype":"I32","shape":[2,3],"data_offsets":[0,24]}}""", 24, "no array of floating-point numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[6],"data_offsets":[0,24]}}""", 24, "with two axes or more; it has a (6)")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0,6],"data_offsets":[0,0]}}""", 0, "every length must be from 1")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,2,1,3],"data_offsets":[0,24]}}""", 24, "[layers, tokens, dimension]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b":{"dtype":"F32","shape":[3,2],"data_offsets":[24,48]}}""", 48, "different shapes, a (2, 3) and b (3, 2)")]
    [InlineData("""{"__metadata__":[[[[[[[[[[]]]]]]]]]]}""", 0, "not that of a .safetensors file")]
    [InlineData("""{"__metadata__":{"a":{"b":1}}}""", 0, "StartObject")]
    [InlineData("{\"\\ud800\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}}", 24, "not that of a .safetensors file")]
    public void Safetensors_that_are_not_whole_are_refused(string header, int dataBytes, string reason)
    {
        WriteSafetensors(header, dataBytes);
        Refused(Safetensors, reason);
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 }, "it has 3 bytes")]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, 1 }, "claims 18446744073709551615 bytes")]
    [InlineData(new byte[] { 0, 0, 0, 1, 0, 0, 0, 0, 1 }, "ends inside its header")]
    [InlineData(new byte[] { 3, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0xff, 0x7d }, "not that of a .safetensors file")]
    public void Safetensors_without_a_header_are_refused(byte[] bytes, string reason)
    {
        File.WriteAllBytes(Safetensors, bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused(Safetensors, reason);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData("<f4", "(2, 3)", 24, "[layers, tokens, dimension]")]
    [InlineData("<f4", "(2, 3, 0)", 0, "every length must be from 1")]
    [InlineData("<f4", "(70000, 1, 1)", 280000, "more than 65536")]
    [InlineData("<f4", "(1, 3000000000, 0, 1)", 0, "every length must be from 1")]
    [InlineData("<i4", "(1, 2, 3)", 24, "numbers of type <i4")]
    [InlineData("|O", "(1, 2, 3)", 24, "numbers of type |O")]
    [InlineData(">V2", "(1, 2, 3)", 12, "numbers of type >V2")]
    [InlineData("<c8", "(1, 2, 3)", 48, "numbers of type <c8")]
    [InlineData("<f4", "(1, 2, 3)", 20, "20 bytes of data where its shape (1, 2, 3) needs 24")]
    [InlineData("<f2", "(4294967296, 4294967296, 4294967296)", 0, "needs 9223372036854775807")]
    public void Arrays_that_are_no_hidden_states_are_refused(string descr, string shape, int dataBytes, string reason)
    {
        WriteNpy(descr, shape, dataBytes);
        Refused(Npy, reason);
    }

    [Fact]
    public void The_first_number_that_is_not_finite_is_named()
    {
        WriteNpy("<f4", "(3, 2, 5, 7)", 4 * 210);
        float[] numbers = new float[210];
        numbers[((1 * 2 + 1) * 5 + 3) * 7 + 4] = float.NegativeInfinity;
        numbers[((1 * 2 + 1) * 5 + 4) * 7 + 0] = float.NaN;
        byte[] file = File.ReadAllBytes(Npy);
        MemoryMarshal.AsBytes(numbers.AsSpan()).CopyTo(file.AsSpan(file.Length - 4 * 210));
        File.WriteAllBytes(Npy, file);
        using IHiddenStates states = HiddenStateFile.Open(Npy);
        double[] rows = new double[35];
        states.Read(1, 0, 0, rows);
        var error = Assert.Throws<InvalidDataException>(() => states.Read(1, 1, 2, rows.AsSpan(0, 21)));
        Assert.Equal($"{Npy} has an infinite number in layer 1 (1), sequence 1, token 3, component 4: every number must be finite", error.Message);
        Assert.Contains("NaN in layer 1 (1), sequence 1, token 4, component 0", Assert.Throws<InvalidDataException>(() => states.Read(1, 1, 4, rows.AsSpan(0, 7))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => states.Read(3, 0, 0, rows));
        Assert.Throws<ArgumentOutOfRangeException>(() => states.Read(0, -1, 0, rows));
        Assert.Throws<ArgumentOutOfRangeException>(() => states.Read(0, 0, 1, rows));
        Assert.Throws<ArgumentException>(() => states.Read(0, 0, 0, rows.AsSpan(0, 8)));
        Assert.Throws<ArgumentOutOfRangeException>(() => states.LayerName(3));
    }

    /// <summary>Far behind the first piece that is looked at.</summary>
    [Fact]
    public void A_number_that_is_not_finite_is_named_wherever_it_is()
    {
        const int Tokens = 50_000, Bad = 2 * 47_001 + 1;
        WriteNpy("<f4", $"(1, {Tokens}, 2)", 8 * Tokens);
        byte[] file = File.ReadAllBytes(Npy);
        BitConverter.TryWriteBytes(file.AsSpan(file.Length - 8 * Tokens + 4 * Bad), float.NaN);
        File.WriteAllBytes(Npy, file);
        using IHiddenStates states = HiddenStateFile.Open(Npy);
        Assert.Contains("NaN in token 47001, component 1", Assert.Throws<InvalidDataException>(() => states.Read(0, 0, 0, new double[2 * Tokens])).Message, StringComparison.Ordinal);
        states.Read(0, 0, 0, new double[2 * 47_001]);
    }

    [Fact]
    public void Twenty_gigabytes_are_read_without_memory_for_them()
    {
        // 20 layers of 1 GiB, of which the disk holds one page: the last token's last number is 1.
        WriteNpy("<f2", "(20, 131072, 4096)", 0);
        using (FileStream file = new(Npy, FileMode.Open))
        {
            file.Position = file.Length + 20L * 131072 * 4096 * 2 - 2;
            file.Write([0x00, 0x3c]);
        }

        using IHiddenStates states = HiddenStateFile.Open(Npy);
        double[] rows = new double[4096 * 256];
        states.Read(7, 0, 131072 - 256, rows);
        long before = GC.GetAllocatedBytesForCurrentThread();
        states.Read(19, 0, 131072 - 256, rows);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal([.. new double[rows.Length - 1], 1], rows);

        double best = double.PositiveInfinity;
        for (int i = 0; i < 24; i++)
        {
            long start = Stopwatch.GetTimestamp();
            states.Read(3, 0, 256 * (i % 4), rows);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        output.WriteLine($"float16 from the page cache: {2 * rows.Length / best / 1e9:F2} GB/s, 256 tokens at a time");
    }

    [Fact]
    public void A_file_that_shrinks_while_it_is_read_is_an_error()
    {
        WriteNpy("<f8", "(2, 100, 10)", 16000);
        using IHiddenStates states = HiddenStateFile.Open(Npy);
        using (FileStream file = new(Npy, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            file.SetLength(9000);
        Assert.Contains("became shorter", Assert.Throws<InvalidDataException>(() => states.Read(1, 0, 0, new double[1000])).Message);
    }

    [Fact]
    public void Names_with_numbers_have_their_natural_order()
    {
        string[] names = ["a", "a2", "a10", "a10b", "b.1.weight", "b.02", "b.2", "b.10.x", "b.10.x2", "b.99999999999999999999", "b.100000000000000000000"];
        string[] mixed = [.. names.OrderBy(name => name.GetHashCode(StringComparison.Ordinal)).Order(NaturalOrder.Instance)];
        Assert.Equal(names, mixed);
    }

    [Fact]
    public void Other_files_are_refused()
    {
        File.WriteAllText(_folder["x.bin"], "not numbers");
        Refused(_folder["x.bin"], "neither a NumPy .npy file nor HDF5");
        File.WriteAllText(_folder["x.h5"], "not numbers");
        Refused(_folder["x.h5"], "HDF5");
        WriteNpy("<f8", "(1, 1, 1)", 8);
        Assert.Contains("one array without a name", Assert.Throws<InvalidDataException>(() => HiddenStateFile.Open(Npy, "states")).Message);
        Assert.Throws<FileNotFoundException>(() => HiddenStateFile.Open(_folder["none.npy"]));
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => HiddenStateFile.Open(_folder.FullName)).Message);
        Assert.Contains("is a device", Assert.Throws<IOException>(() => HiddenStateFile.Open("/dev/zero")).Message);
    }

    private static void Refused(string path, string reason)
    {
        var error = Assert.Throws<InvalidDataException>(() => HiddenStateFile.Open(path).Dispose());
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private void WriteSafetensors(string header, int dataBytes)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        File.WriteAllBytes(Safetensors, [.. BitConverter.GetBytes((long)text.Length), .. text, .. new byte[dataBytes]]);
    }

    private void WriteNpy(string descr, string shape, int dataBytes)
    {
        byte[] text = Encoding.ASCII.GetBytes($"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}\n");
        File.WriteAllBytes(Npy, [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, (byte)(text.Length >> 8), .. text, .. new byte[dataBytes]]);
    }
}
