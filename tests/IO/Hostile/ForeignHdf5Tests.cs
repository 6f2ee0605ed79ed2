using Meanfield.IO;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>HDF5 files of others: whatever is in them, this process goes on.</summary>
public sealed class ForeignHdf5Tests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File5 => _folder["x.h5"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("external", "no array")]
    [InlineData("virtual", "no array")]
    [InlineData("link", "no array")]
    [InlineData("compound", "no array")]
    [InlineData("strings", "no array")]
    [InlineData("never-written", "stores only 0")]
    [InlineData("self-containing", "no array")]
    [InlineData("many", "more than 4096 objects")]
    public void Files_that_lead_astray_are_refused(string kind, string reason)
    {
        Script.Python("write_hostile_hdf5.py", kind, File5);
        var error = Assert.Throws<InvalidDataException>(() =>
        {
            using IHiddenStates states = HiddenStateFile.Open(File5);
            states.Read(0, 0, 0, new double[states.Dimension]);
        });
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(File5, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_end_of_the_reading_process_is_an_error_here()
    {
        ResultFile.Write(File5, SampleResult.Create(3, 4, 2));
        using ForeignHdf5 file = ForeignHdf5.Open(File5);
        Assert.Contains(file.Arrays(), array => array is { Name: "coefficients", IsFloat: true, Shape: [2, 36] });
        Assert.Equal((3, 5), (file.State().Dimension, file.State().Bandlimit));
        int reader = Assert.IsType<int>(file.ProcessId);
        using (var process = System.Diagnostics.Process.GetProcessById(reader))
            process.Kill();
        var error = Assert.Throws<InvalidDataException>(() => file.State());
        Assert.Contains("the HDF5 library failed on it (exit 137); the file is damaged", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => file.Arrays());
    }
}
