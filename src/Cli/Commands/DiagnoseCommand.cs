using System.CommandLine;
using Meanfield.IO;

namespace Meanfield.Cli.Commands;

/// <summary>meanfield diagnose FILE</summary>
internal static class DiagnoseCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("file") { Description = "hidden states [layers, tokens, dim] or [layers, sequences, tokens, dim]: .npy, .safetensors or .h5" };
        var dataset = new Option<string?>("--dataset") { Description = ".safetensors, .h5: the array meant, or the beginning of the layers' names", HelpName = "name" };
        var mask = new Option<string?>("--mask") { Description = "tokens that count: [tokens] or [sequences, tokens], 0 for those left out", HelpName = "FILE.npy" };
        var length = new Option<int?>("--sequence-length") { Description = "tokens of a sequence where the file has several in a row", HelpName = "n" };
        var angle = new Option<double>("--cluster-angle") { Description = "degrees within which tokens are neighbours in a cluster", DefaultValueFactory = _ => 30 };
        var causal = new Option<bool>("--causal") { Description = "compare with flows in which tokens see earlier ones only" };
        var seed = new Option<ulong>("--seed") { Description = "seed of samples, estimates and intervals", DefaultValueFactory = _ => 1 };
        var json = new Option<bool>("--json") { Description = "print JSON" };
        var csv = new Option<bool>("--csv") { Description = "print CSV" };
        var output = new Option<string?>("--out") { Description = "write result.h5, layers.csv, diagnosis.json and report.html to this folder", HelpName = "DIR" };
        var command = new Command("diagnose", "Token clustering in the hidden states of a transformer, layer by layer.\n\nExample: meanfield diagnose hidden_states.safetensors --causal --out runs/my-model")
        {
            path, dataset, mask, length, angle, causal, seed, json, csv, output,
        };
        command.SetAction(parsed => Guard.Run(() =>
        {
            if (parsed.GetValue(json) && parsed.GetValue(csv)) throw new ArgumentException("--json and --csv exclude each other");
            var options = new DiagnosisOptions
            {
                Mask = parsed.GetValue(mask),
                SequenceLength = parsed.GetValue(length),
                ClusterAngle = parsed.GetValue(angle),
                Causal = parsed.GetValue(causal),
                Seed = parsed.GetValue(seed),
            };
            Diagnosis diagnosis = Diagnose(parsed.GetRequiredValue(path), parsed.GetValue(dataset), options);
            if (parsed.GetValue(output) is string folder) Write(Directory.CreateDirectory(folder).FullName, diagnosis);
            if (parsed.GetValue(json)) Json.Print(DiagnosisJson.Of(diagnosis));
            else if (parsed.GetValue(csv)) Console.Out.Write(LayerColumn.ToCsv(diagnosis.Layers));
            else DiagnosisTables.Print(diagnosis);
            return ExitCode.Done;
        }));
        return command;
    }

    private static Diagnosis Diagnose(string path, string? dataset, DiagnosisOptions options)
    {
        bool terminal = !Console.IsErrorRedirected;
        try
        {
            using IHiddenStates states = HiddenStateFile.Open(path, dataset);
            return Diagnosis.Of(Path.GetFileName(path), states, options, done =>
            {
                if (terminal) Console.Error.Write(done < states.Layers ? $"\r\u001b[Klayer {done} of {states.Layers}" : "\r\u001b[K");
            });
        }
        catch (InvalidDataException problem)
        {
            throw new ArgumentException(problem.Message, problem); // what the user gave is at fault, not the disk
        }
    }

    private static void Write(string folder, Diagnosis diagnosis)
    {
        DiagnosisFile.Write(Path.Combine(folder, "result.h5"), diagnosis);
        AtomicFile.WriteText(Path.Combine(folder, "layers.csv"), LayerColumn.ToCsv(diagnosis.Layers));
        AtomicFile.WriteText(Path.Combine(folder, "diagnosis.json"), Json.Text(DiagnosisJson.Of(diagnosis)) + "\n");
        DiagnosisPage.Of(diagnosis).Write(Path.Combine(folder, "report.html"));
    }
}
