using Meanfield.IO;
using Xunit;

namespace Meanfield.Tests.IO;

public sealed class MalformedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string ResultPath => _folder["result.h5"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_file_is_named()
    {
        var error = Assert.Throws<FileNotFoundException>(() => ResultFile.Open(ResultPath));
        Assert.Contains(ResultPath, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is not HDF5")]
    public void A_file_of_another_kind_is_refused(string content)
    {
        File.WriteAllText(ResultPath, content);
        var error = Assert.Throws<InvalidDataException>(() => ResultFile.Open(ResultPath));
        Assert.Contains(ResultPath, error.Message, StringComparison.Ordinal);
        Assert.Contains("H5F", error.Message, StringComparison.Ordinal);        // libhdf5's own explanation
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused_or_reads_as_an_error()
    {
        ResultFile.Write(_folder["whole.h5"], SampleResult.Create(3, 30, 3));
        byte[] whole = File.ReadAllBytes(_folder["whole.h5"]);
        for (int part = 1; part < 20; part++)
        {
            File.WriteAllBytes(ResultPath, whole[..(whole.Length * part / 20)]);
            Assert.Throws<InvalidDataException>(() => ReadAll(ResultPath));
        }
    }

    [Fact]
    public void Damaged_compressed_data_are_noticed()
    {
        ResultFile.Write(ResultPath, SampleResult.Create(3, 60, 1));
        byte[] damaged = File.ReadAllBytes(ResultPath);
        damaged.AsSpan(damaged.Length / 2, 64).Clear();         // the coefficients are most of the file
        File.WriteAllBytes(ResultPath, damaged);
        var error = Assert.Throws<InvalidDataException>(() => ReadAll(ResultPath));
        Assert.Contains("coefficients", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_HDF5_file_is_refused_by_what_it_lacks()
    {
        using (Hdf5File file = Hdf5File.CreateInMemory("other.h5"))
            file.Publish(ResultPath);
        var error = Assert.Throws<InvalidDataException>(() => ResultFile.Open(ResultPath));
        Assert.EndsWith("has no attribute 'format_version'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dataset_that_claims_more_than_it_stores_is_not_believed()
    {
        using (Hdf5File file = Hdf5File.CreateInMemory("bomb.h5"))
        {
            file.Create<double>("time", new Hdf5Layout([1L << 40], 1 << 20)).Dispose();
            file.Publish(ResultPath);
        }

        using Hdf5File opened = Hdf5File.OpenRead(ResultPath);
        using Hdf5Dataset time = opened.Open("time");
        var error = Assert.Throws<InvalidDataException>(() => time.Read<double>());
        Assert.Contains("the file is damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_of_the_same_name_are_built_side_by_side()
    {
        using Hdf5File first = Hdf5File.CreateInMemory("result.h5");
        using Hdf5File second = Hdf5File.CreateInMemory("result.h5");
        first.SetNumber("value", 1);
        second.SetNumber("value", 2);
        first.Publish(ResultPath);
        using Hdf5File opened = Hdf5File.OpenRead(ResultPath);
        Assert.Equal(1, opened.GetNumber<int>("value"));
    }

    [Fact]
    public void Objects_of_another_kind_are_refused()
    {
        using (Hdf5File file = Hdf5File.CreateInMemory("kinds.h5"))
        {
            file.SetText("beta", "nine");
            file.SetNumber("noise", 0.5);
            file.CreateGroup("time").Dispose();
            file.Write<double>("degree", [1.5]).Dispose();
            file.Publish(ResultPath);
        }

        using Hdf5File opened = Hdf5File.OpenRead(ResultPath);
        Assert.Throws<InvalidDataException>(() => opened.GetNumber<double>("beta"));
        Assert.Throws<InvalidDataException>(() => opened.GetNumber<int>("noise"));
        Assert.Throws<InvalidDataException>(() => opened.GetText("noise"));
        Assert.Throws<InvalidDataException>(() => opened.Open("time"));
        Assert.Throws<InvalidDataException>(() => opened.Open("nothing/here"));
        Assert.Throws<InvalidDataException>(() => opened.OpenGroup("degree"));
        using Hdf5Dataset degree = opened.Open("degree");
        Assert.Throws<InvalidDataException>(() => degree.Read<int>());
        Assert.Equal([1.5f], degree.Read<float>());
    }

    private static void ReadAll(string path)
    {
        using ResultFile file = ResultFile.Open(path);
        for (int step = 0; step < file.Time.Length; step++)
            file.Coefficients(step);
        foreach (string name in file.DiagnosticNames)
            file.Diagnostic(name);
    }
}
