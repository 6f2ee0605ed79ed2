using System.Text;
using Meanfield.IO;
using Xunit;
using Xunit.Abstractions;

namespace Meanfield.Tests.IO;

/// <summary>Whatever a file holds, reading it ends soon, with a case or with an error that names the place.</summary>
/// <remarks>Four seeds share a campaign (<see cref="Campaign"/>).</remarks>
public class CaseFuzzTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private static readonly string[] Tokens =
    [
        "null", "~", "", "-", ":", "?", "[", "]", "{", "}", "{}", "[]", "&a", "*a", "!!str", "!", "|", ">", "%", "@", "`", "'", "\"", "#",
        "---", "...", "<<", "=", "auto", "true", "yes", "nan", ".nan", "-.inf", "1e999", "-1e-999", "-0", "0x10", "0o7", "1_000", "1:30",
        "18446744073709551616", "-9223372036854775809", "99999999999999999999999999", "1e18", "2147483648", "\"\\UFFFFFFFF\"",
        "\"\\uD800\"", "\"\\x00\"", "\0", "\t", "\r", "\u0085", "\u2028", "\ufeff", "\ufffe", "😀", "é", "[[[[[[[[", "{a: {b: {c: ",
        "[1, 2", "1 2", "? a", "- - -", "dimension", "beta: 3", "? [a]\n: b",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Mutated_cases_read_or_fail_with_a_place(int seed)
    {
        var random = new Random(seed);
        var samples = CaseSamples.All.ToArray();
        var (read, failed) = (0, 0);
        var count = Campaign.Size(1500, 0.25);
        for (var i = 0; i < count; i++)
        {
            var text = samples[random.Next(samples.Length)];
            for (var n = random.Next(1, 4); n > 0; n--)
                text = Mutate(text, random);
            if (Reads(text, []))
                read++;
            else
                failed++;
        }

        output.WriteLine($"seed {seed}: {count} mutations, {read} read, {failed} refused");
        Assert.True(read > count / 15 && failed > count / 3, $"the mutations are too strong or too weak: {read} read, {failed} failed");
    }

    [Fact]
    public void Mutated_overrides_read_or_fail_with_a_place()
    {
        var random = new Random(5);
        string[] valid = ["attention.beta=7", "initial.modes[0].amplitude=0.1", "time={until: 3}", "method.bandlimit=auto", "title=x", "output.fields=false"];
        for (var i = 0; i < 1500; i++)
        {
            var argument = valid[random.Next(valid.Length)];
            for (var n = random.Next(1, 3); n > 0; n--)
                argument = Mutate(argument, random);
            Reads(CaseSamples.Design(CaseSamples.Initials[0]), ["method.seed=2", argument]);
        }
    }

    [Fact]
    public void Mutated_bytes_read_or_fail_with_a_place()
    {
        var random = new Random(6);
        var path = Path.GetTempFileName();
        var samples = CaseSamples.All.Select(Encoding.UTF8.GetBytes).ToArray();
        for (var i = 0; i < 500; i++)
        {
            var bytes = (byte[])samples[random.Next(samples.Length)].Clone();
            for (var n = random.Next(1, 4); n > 0; n--)
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, bytes);
            AssertOutcome(path, () => CaseReader.Read(path), Encoding.UTF8.GetString(bytes));
        }

        for (var i = 0; i < 100; i++)
        {
            var noise = new byte[random.Next(1, 5000)];
            random.NextBytes(noise);
            File.WriteAllBytes(path, noise);
            Assert.False(AssertOutcome(path, () => CaseReader.Read(path), "noise"));
        }

        File.Delete(path);
    }

    [Theory]
    [InlineData("[", "")]
    [InlineData("{", "")]
    [InlineData("- ", "")]
    [InlineData("? ", "")]
    [InlineData("{a: ", "")]
    [InlineData("a", "")]
    [InlineData("a\n", "")]
    [InlineData(" ", "")]
    [InlineData("\n", "")]
    [InlineData("!", "")]
    [InlineData("\\n", "\"")]
    [InlineData("a ", "'")]
    [InlineData("[a,[", "x: ")]
    [InlineData(" a\n", "x: |\n")]
    public void Repetitive_files_end_soon(string piece, string start)
    {
        const int Length = 1 << 17;
        var text = start + string.Concat(Enumerable.Repeat(piece, Length / piece.Length));
        Assert.False(Reads(text, []));
    }

    [Fact]
    public void An_alias_bomb_is_refused_at_its_first_anchor()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (var i = 1; i < 100; i++)
            bomb.Append($"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n");
        var error = Assert.Throws<CaseException>(() => CaseReader.Parse(bomb.ToString(), "x.yaml"));
        Assert.StartsWith("x.yaml, line 1, column 5: anchors (&) are not allowed", error.Message);
    }

    [Fact]
    public void Nesting_is_allowed_to_a_depth_of_32()
    {
        var deepest = $"title: {new string('[', 31)}{new string(']', 31)}";
        Assert.Equal("title", Assert.Throws<CaseException>(() => CaseReader.Parse(deepest, "x.yaml")).Key);
        var deeper = $"title: {new string('[', 32)}{new string(']', 32)}";
        Assert.Equal("lists and mappings are nested more than 32 deep",
            Assert.Throws<CaseException>(() => CaseReader.Parse(deeper, "x.yaml")).Problem);
    }

    private static bool Reads(string text, string[] overrides) =>
        AssertOutcome("fuzz.yaml", () => CaseReader.Parse(text, "fuzz.yaml", overrides), string.Join("\n", [text, .. overrides]));

    private static bool AssertOutcome(string name, Func<Case> read, string input)
    {
        var start = ThreadClock.Now;
        try
        {
            var value = read();
            Assert.True(ThreadClock.Now - start < Limit, $"slow for\n{input}");
            Assert.Equal(value, CaseReader.Parse(CaseWriter.Write(value), name));
            return true;
        }
        catch (CaseException e)
        {
            Assert.True(ThreadClock.Now - start < Limit, $"slow for\n{input}");
            var place = e.Override is not null ? ", --set " : $", line {e.Line}, column {e.Column}: ";
            Assert.True(e.Message.StartsWith(name + place) && (e.Override is not null || (e.Line >= 1 && e.Column >= 1)), $"{e.Message}\n{input}");
            Assert.True(e.Message.EndsWith('.') && !e.Message.Any(char.IsControl), e.Message);
            return false;
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"{e.GetType().Name} for\n{input}", e);
        }
    }

    private static string Mutate(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        var (at, line) = (random.Next(text.Length + 1), random.Next(lines.Count));
        switch (random.Next(9))
        {
            case 0:
                return text[..at] + Flip(text[at..], random);
            case 1:
                return text.Remove(at, random.Next(Math.Min(8, text.Length - at) + 1));
            case 2:
                return text.Insert(at, Tokens[random.Next(Tokens.Length)]);
            case 3:
                lines.Insert(random.Next(lines.Count + 1), lines[line]);
                break;
            case 4:
                var other = random.Next(lines.Count);
                (lines[line], lines[other]) = (lines[other], lines[line]);
                break;
            case 5:
                lines[line] = lines[line].Replace("e", "ee");
                break;
            case 6:
                var colon = lines[line].LastIndexOf(':');
                lines[line] = lines[line][..(colon + 1)] + " " + Tokens[random.Next(Tokens.Length)];
                break;
            case 7:
                lines.RemoveAt(line);
                break;
            default:
                return random.Next(4) == 0 ? text[..at] : text.Replace(random.Next(10).ToString(), Tokens[random.Next(Tokens.Length)]);
        }

        return string.Join("\n", lines);
    }

    private static string Flip(string text, Random random) =>
        text.Length == 0 ? text : (char)(text[0] ^ (1 << random.Next(7))) + text[1..];
}
