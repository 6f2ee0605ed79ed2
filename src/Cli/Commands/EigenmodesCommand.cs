using System.CommandLine;
using System.Globalization;
using Meanfield.IO;
using Meanfield.Perturbation;
using Meanfield.Spectral;

namespace Meanfield.Cli.Commands;

/// <summary>meanfield eigenmodes</summary>
internal static class EigenmodesCommand
{
    public static Command Create()
    {
        var dimension = new Option<int>("--dimension") { Description = "ambient dimension d, 2 to 1024", Required = true, HelpName = "d" };
        var beta = new Option<double>("--beta") { Description = "inverse temperature, -700 to 10000", Required = true, HelpName = "b" };
        var normalization = new Option<string>("--normalization") { Description = "softmax or none", DefaultValueFactory = _ => "softmax" };
        normalization.AcceptOnlyFromAmong("softmax", "none");
        var noise = new Option<double>("--noise") { Description = "coefficient of the Laplacian, at least 0", HelpName = "kappa" };
        var degrees = new Option<int?>("--degrees") { Description = "how many degrees (default: twice the fastest)", HelpName = "n" };
        var json = new Option<bool>("--json") { Description = "print JSON" };
        var csv = new Option<bool>("--csv") { Description = "print CSV" };
        var output = new Option<string?>("--out") { Description = "also write the eigenfunctions, with sidecars for ParaView where d is 2 or 3", HelpName = "FILE.h5" };
        var command = new Command("eigenmodes", "Spectrum of the flow about the uniform state.\n\nExample: meanfield eigenmodes --dimension 3 --beta 9 --normalization softmax --out modes.h5")
        {
            dimension, beta, normalization, noise, degrees, json, csv, output,
        };
        command.SetAction(parsed => Guard.Run(() =>
        {
            (int d, double b, double kappa, int? n) = (parsed.GetValue(dimension), parsed.GetValue(beta), parsed.GetValue(noise), parsed.GetValue(degrees));
            Require(d is >= 2 and <= 1024, $"--dimension must be between 2 and 1024, but is {d}");
            Require(b is >= -700 and <= 1e4, $"--beta must be between -700 and 10000, but is {b}");
            Require(kappa >= 0 && double.IsFinite(kappa), $"--noise must be at least 0, but is {kappa}");
            Require(n is null or (>= 1 and <= 100_000), $"--degrees must be between 1 and 100000, but is {n}");
            Require(!(parsed.GetValue(json) && parsed.GetValue(csv)), $"--json and --csv exclude each other");
            var attention = new Attention(parsed.GetValue(normalization) == "none" ? Normalization.None : Normalization.Softmax, b, kappa);
            Eigenmodes modes = Eigenmodes.About(attention, d, n);
            if (parsed.GetValue(output) is { } file) EigenfunctionFile.Write(file, modes);
            var report = new EigenmodesReport(modes);
            if (parsed.GetValue(json)) report.PrintJson();
            else if (parsed.GetValue(csv)) report.PrintCsv();
            else report.PrintTable();
            return ExitCode.Done;
        }));
        return command;
    }

    private static void Require(bool holds, FormattableString sentence)
    {
        if (!holds) throw new ArgumentException(sentence.ToString(CultureInfo.InvariantCulture));
    }
}
