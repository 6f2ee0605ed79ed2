using Meanfield.IO;
using Meanfield.Tests.IO;
using Xunit;

namespace Meanfield.Tests.Cli;

public sealed class ReportCommandTests
{
    /// <summary>The report of a folder or of a file, beside it or where it is wanted, and says where.</summary>
    [Fact]
    public void A_report_is_written_where_it_is_wanted()
    {
        using var folder = new TemporaryFolder();
        ResultFile.Write(folder["result.h5"], SampleResult.Create(3, 3, 2));
        Command beside = Command.Run("report", folder.FullName), elsewhere = Command.Run("report", folder["result.h5"], "--out", folder["page.html"]);
        Assert.Equal((0, 0), (beside.ExitCode, elsewhere.ExitCode));
        Assert.Equal([folder["report.html"], folder["page.html"]], [beside.Output.Trim(), elsewhere.Output.Trim()]);
        Assert.Equal(File.ReadAllBytes(folder["report.html"]), File.ReadAllBytes(folder["page.html"]));
    }

    [Fact]
    public void What_is_no_run_has_no_report()
    {
        using var folder = new TemporaryFolder();
        Command command = Command.Run("report", folder.FullName);
        Assert.Equal(5, command.ExitCode);
        Assert.Single(command.Errors.Trim().Split('\n'));
        Assert.Empty(folder.Files());
    }
}
