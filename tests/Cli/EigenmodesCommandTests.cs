using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Meanfield.Perturbation;
using Meanfield.Spectral;
using Meanfield.Tests.IO;
using Xunit;

namespace Meanfield.Tests.Cli;

public class EigenmodesCommandTests
{
    /// <summary>The 12-digit reference numbers of THEORY 2.3 (computed there by an independent program): γ_1 … γ_5 without normalization.</summary>
    [Theory]
    [InlineData(2, 1, new[] { 0.565159103992, 0.542990679068, 0.199515824319, 0.0437939235367, 0.00678657889892 }, 1.266065877752)]
    [InlineData(2, 5, new[] { 4.86712842849, 14.0044919733, 18.5960703045, 16.3463512437, 10.7898727366 }, 27.239871823604)]
    [InlineData(2, 7, new[] { 22.2912989814, 70.8636060271, 109.511340227, 116.580000906, 96.0195942492 }, 168.59390851029)]
    [InlineData(3, 5, new[] { 4.74954451274, 9.25959041574, 9.97808624495, 7.58310014758, 4.4708452139 }, 14.840642115558)]
    [InlineData(3, 7, new[] { 19.1831085878, 42.4767530328, 54.4175757659, 50.8932171661, 37.8927348801 }, 78.330874753321)]
    [InlineData(4, 5, new[] { 4.20134759199, 6.61193610826, 6.12988171637, 4.14331113086, 2.21839987319 }, 9.7342568569802)]
    public void Table_of_reference_numbers_is_reproduced(int dimension, double beta, double[] rates, double lambda0)
    {
        double[] none = Rates(dimension, beta, "none"), softmax = Rates(dimension, beta, "softmax");
        for (int k = 0; k < rates.Length; k++)
        {
            Assert.Equal(1, none[k] / rates[k], 1e-11); // the table has 12 digits
            Assert.Equal(1, softmax[k] / (rates[k] / lambda0), 1e-11);
        }
    }

    [Fact]
    public void Json_has_the_documented_keys()
    {
        Command command = Command.Run("eigenmodes", "--dimension", "3", "--beta", "9", "--noise", "0.01", "--degrees", "6", "--json");
        Assert.Equal(0, command.ExitCode);
        JsonElement root = JsonDocument.Parse(command.Output).RootElement;
        Assert.Equal("softmax", root.GetProperty("normalization").GetString());
        Assert.Equal(0.01, root.GetProperty("noise").GetDouble());
        JsonElement[] degrees = [.. root.GetProperty("degrees").EnumerateArray()];
        Assert.Equal(6, degrees.Length);
        Assert.Equal(1, degrees[0].GetProperty("degree").GetInt32());
        Assert.Equal(7, degrees[2].GetProperty("multiplicity").GetDouble());
        JsonElement fastest = degrees[root.GetProperty("fastest_degree").GetInt32() - 1];
        Assert.All(degrees, mode => Assert.True(mode.GetProperty("growth_rate").GetDouble() <= fastest.GetProperty("growth_rate").GetDouble()));
        Assert.All(degrees, mode =>
        {
            int l = mode.GetProperty("degree").GetInt32();
            Assert.Equal(l * (l + 1) * (mode.GetProperty("multiplier").GetDouble() - 0.01), mode.GetProperty("growth_rate").GetDouble(), 1e-15);
        });
    }

    /// <summary>DESIGN: the keys that others rely on come first, in this order; what is new comes after them.</summary>
    [Fact]
    public void Json_begins_with_the_agreed_keys()
    {
        JsonElement root = JsonDocument.Parse(Command.Run("eigenmodes", "--dimension", "3", "--beta", "9", "--json").Output).RootElement;
        string[] names = [.. root.EnumerateObject().Select(key => key.Name)], mode = [.. root.GetProperty("degrees")[0].EnumerateObject().Select(key => key.Name)];
        Assert.Equal(["dimension", "beta", "normalization", "noise", "fastest_degree", "degrees", "log_scale", "critical_noise", "switch_points", "large_beta"], names);
        Assert.Equal(["degree", "multiplicity", "multiplier", "growth_rate", "kernel_multiplier", "threshold"], mode);
        JsonElement[] points = [.. root.GetProperty("switch_points").EnumerateArray()];
        Assert.Equal([(3, 4), (4, 5)], points.Select(point => (point.GetProperty("from").GetInt32(), point.GetProperty("to").GetInt32())));
        Assert.Equal(7.96238, points[0].GetProperty("beta").GetDouble(), 6e-6); // THEORY 2.3
        Assert.Equal(12.4774, points[1].GetProperty("beta").GetDouble(), 6e-5);
        Assert.Equal((1 / Math.Tanh(9) - 1 / 9.0) / 9, root.GetProperty("critical_noise").GetDouble(), 1e-14); // m_1 = L(β)/β, L the Langevin function
        JsonElement limit = root.GetProperty("large_beta");
        Assert.Equal(Math.Sqrt(18.25) - 0.5, limit.GetProperty("degree").GetDouble(), 1e-13);
        Assert.Equal(2 / Math.E * 26 / 27, limit.GetProperty("softmax_growth_rate").GetDouble(), 1e-15);
    }

    /// <summary>β ≤ 0 has no switch points and no large-β limit; even degrees then decay at any noise.</summary>
    [Fact]
    public void Negative_beta_has_neither_switch_points_nor_a_limit()
    {
        JsonElement root = JsonDocument.Parse(Command.Run("eigenmodes", "--dimension", "2", "--beta", "-3", "--normalization", "none", "--json").Output).RootElement;
        Assert.Equal(0, root.GetProperty("switch_points").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("large_beta").ValueKind);
        Assert.All(root.GetProperty("degrees").EnumerateArray(), mode => Assert.Equal(
            mode.GetProperty("degree").GetInt32() % 2 == 0 ? JsonValueKind.Null : JsonValueKind.Number, mode.GetProperty("threshold").ValueKind));
    }

    [Fact]
    public void Csv_has_the_numbers_of_the_json_in_full()
    {
        string[] arguments = ["eigenmodes", "--dimension", "3", "--beta", "9", "--noise", "0.01"];
        JsonElement degrees = JsonDocument.Parse(Command.Run([.. arguments, "--json"]).Output).RootElement.GetProperty("degrees");
        string[] lines = Command.Run([.. arguments, "--csv"]).Output.Trim().Split('\n'), names = lines[0].Split(',');
        Assert.Equal(degrees.GetArrayLength(), lines.Length - 1);
        for (int i = 1; i < lines.Length; i++)
        {
            foreach ((string name, string value) in names.Zip(lines[i].Split(',')))
                Assert.Equal(degrees[i - 1].GetProperty(name).GetDouble(), double.Parse(value, CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Eigenfunctions_go_to_the_file_asked_for()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, Command.Run("eigenmodes", "--dimension", "2", "--beta", "3", "--out", folder["modes.h5"]).ExitCode);
        Assert.Equal(["modes.h5", "modes.xdmf", "modes.xdmf2"], folder.Files());
        Assert.Equal(2, Command.Run("eigenmodes", "--dimension", "2", "--beta", "3", "--out", folder["modes.csv"]).ExitCode);
        Assert.Equal(5, Command.Run("eigenmodes", "--dimension", "2", "--beta", "3", "--out", Path.Combine(folder["missing"], "modes.h5")).ExitCode);
    }

    /// <summary>
    /// From nothing to the table, the start of the runtime included: processor time, as other programs may be busy, the least of five runs.
    /// </summary>
    [Fact]
    public void The_command_takes_less_than_three_tenths_of_a_second()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "meanfield.dll");
        double least = Enumerable.Range(0, 5).Min(_ =>
        {
            var start = new ProcessStartInfo("bash", ["-c", "TIMEFORMAT='%3U %3S'; time dotnet \"$0\" eigenmodes --dimension 1024 --beta 9 >/dev/null", program]) { RedirectStandardError = true };
            using Process shell = Process.Start(start)!;
            string times = shell.StandardError.ReadToEnd();
            shell.WaitForExit();
            Assert.Equal(0, shell.ExitCode);
            return times.Split(' ').Sum(seconds => double.Parse(seconds, CultureInfo.InvariantCulture));
        });
        Assert.InRange(least, 0.01, 0.3);
    }

    /// <summary>The multiplier of either normalization comes from the same ŵ_ℓ: m_ℓ = ŵ_ℓ, or ŵ_ℓ/(βŵ_0) with ŵ_0 = λ_0/β.</summary>
    [Fact]
    public void Kernel_multiplier_is_the_same_for_both_normalizations()
    {
        Eigenmodes softmax = Eigenmodes.About(new(Normalization.Softmax, 5), 3), none = Eigenmodes.About(new(Normalization.None, 5), 3);
        for (int i = 0; i < 8; i++)
        {
            Assert.Equal(none.Modes[i].Multiplier, softmax.Modes[i].KernelMultiplier);
            Assert.Equal(1, softmax.Modes[i].KernelMultiplier / (softmax.Modes[i].Multiplier * 14.840642115558), 1e-12);
        }
    }

    /// <summary>Switch points of the fastest degree (THEORY 2.3, V06): just below and just above.</summary>
    [Theory]
    [InlineData(2, 1.04446, 1)]
    [InlineData(2, 6.21130, 3)]
    [InlineData(2, 36.2446, 8)]
    [InlineData(3, 1.81615, 1)]
    [InlineData(3, 40.4936, 8)]
    [InlineData(8, 16.5950, 3)]
    public void Fastest_degree_switches_where_theory_says(int dimension, double beta, int below)
    {
        Assert.Equal(below, Fastest(beta - 1e-3));
        Assert.Equal(below + 1, Fastest(beta + 1e-3));

        int Fastest(double at) => Eigenmodes.About(new(Normalization.Softmax, at), dimension).Fastest.Degree;
    }

    [Fact]
    public void Overflowing_multipliers_are_scaled_and_say_so()
    {
        Command command = Command.Run("eigenmodes", "--dimension", "1024", "--beta", "10000", "--normalization", "none", "--json");
        JsonElement root = JsonDocument.Parse(command.Output).RootElement;
        Assert.True(root.GetProperty("log_scale").GetDouble() > 700);
        double first = root.GetProperty("degrees")[0].GetProperty("multiplier").GetDouble();
        Assert.InRange(first, 0.5, 1); // λ_1/λ_0
    }

    [Theory]
    [InlineData("eigenmodes", "--dimension", "1", "--beta", "2")]
    [InlineData("eigenmodes", "--dimension", "3", "--beta", "nan")]
    [InlineData("eigenmodes", "--dimension", "3")]
    [InlineData("eigenmodes", "--dimension", "3", "--beta", "2", "--normalization", "soft")]
    [InlineData("eigenmodes", "--dimension", "3", "--beta", "2", "--json", "--csv")]
    [InlineData("frobnicate")]
    public void Bad_usage_is_exit_2_and_one_sentence(params string[] arguments)
    {
        Command command = Command.Run(arguments);
        Assert.Equal(2, command.ExitCode);
        Assert.Single(command.Errors.Trim().Split('\n'));
    }

    private static double[] Rates(int dimension, double beta, string normalization)
    {
        Command command = Command.Run(
            "eigenmodes", "--dimension", $"{dimension}", "--beta", $"{beta}", "--normalization", normalization, "--degrees", "5", "--json");
        Assert.Equal(0, command.ExitCode);
        return [.. JsonDocument.Parse(command.Output).RootElement.GetProperty("degrees").EnumerateArray().Select(mode => mode.GetProperty("growth_rate").GetDouble())];
    }
}
