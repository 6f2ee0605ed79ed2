using Meanfield.IO;
using Xunit;

namespace Meanfield.Tests.IO;

/// <summary>Each error of a case file: its line, its column, the path of the key and the sentence.</summary>
public class CaseErrorTests
{
    /// <summary>Lines 1 to 4 of a case; the tests append from line 5 on.</summary>
    private const string Head = "dimension: 3\nattention: {normalization: softmax, beta: 9}\ntime: {until: 20}\n# more\n";

    private const string Circle = "dimension: 2\nattention: {normalization: softmax, beta: 9}\ntime: {until: 20}\n# more\n";

    private const string Higher = "dimension: 5\nattention: {normalization: softmax, beta: 9}\ntime: {until: 20}\n# more\n";

    [Theory]
    [InlineData("", 1, 1, "the case is empty, but must be a mapping")]
    [InlineData("# only a comment\n", 2, 1, "the case is empty, but must be a mapping")]
    [InlineData("just text", 1, 1, "the case must be a mapping with the keys title, dimension, attention, initial, method, time, output, training, but is 'just text'")]
    [InlineData("---\n- 1\n- 2", 2, 1, "the case must be a mapping with the keys title, dimension, attention, initial, method, time, output, training, but is a list")]
    [InlineData("--- {}\n--- {}\n", 2, 1, "a second document starts here, but there must be one")]
    [InlineData("dimension: 3\n...\ntitle: x\n", 3, 1, "a second document starts here, but there must be one")]
    [InlineData("dimension: 3\ntitle: &a x\n", 2, 8, "anchors (&) are not allowed in a case; write the value out where it is used")]
    [InlineData("dimension: 3\ntitle: *a\n", 2, 8, "aliases (*) are not allowed in a case; write the value out")]
    [InlineData("dimension: !!int 3\n", 1, 12, "tags (!) are not allowed in a case; types follow from the keys")]
    [InlineData("dimension: ! 3\n", 1, 12, "tags (!) are not allowed in a case; types follow from the keys")]
    [InlineData("dimension: 3\n[a]: 4\n", 2, 1, "a key must be a word")]
    [InlineData("dimension: 3\n: 4\n", 2, 3, "a key must come before this")]
    [InlineData("dimension: 3\nnull: 4\n", 2, 7, "a key must come before this")]
    [InlineData("dimension: 3\n\u0007title: x\n", 2, 1, "the character U+0007 cannot be in a case file, which must be plain UTF-8 text")]
    public void Documents(string text, int line, int column, string problem)
    {
        var error = Throws(text);
        Assert.Equal((line, column, ""), (error.Line, error.Column, error.Key));
        Assert.Equal($"x.yaml, line {line}, column {column}: {problem}.", error.Message);
    }

    [Theory]
    [InlineData("dimension: 3\n  time: 4\n", 2)]
    [InlineData("dimension: 3\ntime: {until: 4\n", 3)]
    [InlineData("dimension: 3\ntime: [1, 2}\n", 2)]
    [InlineData("dimension: 3\ntitle: \"open\n", 2)]
    [InlineData("dimension: 3\n\ttitle: x\n", 1)]
    [InlineData("dimension: 3\ntitle: \"\\UFFFFFFFF\"\n", 2)]
    [InlineData("dimension: 3\ntitle: \"\\q\"\n", 2)]
    [InlineData("dimension: 3\ntitle: @x\n", 2)]
    [InlineData("dimension: 3\ntitle: [\ntime: {until: 2}\na: b\n", 2)]
    [InlineData("%YAML 9.9.9\n---\n", 1)]
    public void Text_that_is_not_YAML(string text, int line)
    {
        var error = Throws(text);
        Assert.Equal(line, error.Line);
        Assert.StartsWith("the text is not valid YAML (", error.Problem);
    }

    [Fact]
    public void Half_a_surrogate_pair()
    {
        var error = Throws("title: a\r\n  \ud800");
        Assert.Equal("x.yaml, line 2, column 3: the character U+D800 cannot be in a case file, which must be plain UTF-8 text.", error.Message);
    }

    [Theory]
    [InlineData("{}", 1, 1, "dimension", "is missing; it must be a whole number from 2 to 1024")]
    [InlineData("dimension: 3\ntime: {until: 2}\n", 1, 1, "attention", "is missing; it must be a mapping with the keys normalization, beta, noise, query, key, value, mask, layer_norm, layer_norm_switch")]
    [InlineData("dimension: 3\nattention: {normalization: none, beta: 1}", 1, 1, "time", "is missing; it must be a mapping with the keys until, unit, every")]
    [InlineData("dimension: 3\nattention:\n  beta: 1\n", 3, 3, "attention.normalization", "is missing; it must be softmax or none")]
    [InlineData("dimension: 3\nattention: {normalization: none}\n", 2, 12, "attention.beta", "is missing; it must be a number from -700 to 10000")]
    [InlineData(Head + "initial: {modes: [{degree: 1, amplitude: 1}]}", 5, 19, "initial.modes[0].order", "is missing; it must be a whole number from -65535 to 65535")]
    [InlineData(Head + "initial: {poisson: {radius: 0.5}}", 5, 20, "initial.poisson.axis", "is missing; it must be a list of numbers, one per dimension")]
    [InlineData(Head + "initial: {file: {}}", 5, 17, "initial.file.path", "is missing; it must be one line of text")]
    [InlineData("dimension: 3\ntime: {}\ndimension: 4\n", 3, 1, "dimension", "was already given in line 1")]
    [InlineData("time: {until: 1,\n  until: 2}\n", 2, 3, "time.until", "was already given in line 1")]
    [InlineData(Head + "initial:\n  modes:\n  - {order: 0,\n     order: 1}\n", 8, 6, "initial.modes[0].order", "was already given in line 7")]
    [InlineData("dimensoin: 3\n", 1, 1, "dimensoin", "is not a known key (did you mean dimension?); the keys here are title, dimension, attention, initial, method, time, output, training")]
    [InlineData("dimension: 3\nattention:\n  normalization: none\n  Beta: 2\n", 4, 3, "attention.Beta", "is not a known key (did you mean beta?); the keys here are normalization, beta, noise, query, key, value, mask, layer_norm, layer_norm_switch")]
    [InlineData(Head + "method: {maxBandlimit: 2}", 5, 10, "method.maxBandlimit", "is not a known key (did you mean max_bandlimit?); the keys here are scheme, bandlimit, max_bandlimit, tolerance, tokens, seed, forces, step, order, fourier, handover")]
    [InlineData(Head + "output: {unrelated_thing: 2}", 5, 10, "output.unrelated_thing", "is not a known key; the keys here are degree, tokens, fields")]
    [InlineData(Head + "initial:\n  modes:\n    - {degree: 1, order: 0, amplitude: 1}\n    - {degree: 1, phase: 0}", 8, 19, "initial.modes[1].phase", "is not a known key; the keys here are degree, order, amplitude")]
    public void Missing_repeated_and_unknown_keys(string text, int line, int column, string key, string problem) =>
        AssertError(text, line, column, key, problem);

    [Theory]
    [InlineData("dimension: three", 1, 12, "dimension", "must be a whole number from 2 to 1024, but is 'three'")]
    [InlineData("dimension: \"3\"", 1, 12, "dimension", "must be a whole number from 2 to 1024, but is '3'")]
    [InlineData("dimension: 2.5", 1, 12, "dimension", "must be a whole number from 2 to 1024, but is '2.5'")]
    [InlineData("dimension: 1", 1, 12, "dimension", "must be a whole number from 2 to 1024, but is '1'")]
    [InlineData("dimension: 1025", 1, 12, "dimension", "must be a whole number from 2 to 1024, but is '1025'")]
    [InlineData("dimension: .nan", 1, 12, "dimension", "must be a whole number from 2 to 1024, but is '.nan'")]
    [InlineData("dimension: 1e99", 1, 12, "dimension", "must be a whole number from 2 to 1024, but is '1e99'")]
    [InlineData("dimension:", 1, 11, "dimension", "must be a whole number from 2 to 1024, but is empty")]
    [InlineData("dimension: [3]", 1, 12, "dimension", "must be a whole number from 2 to 1024, but is a list")]
    [InlineData("dimension: 3\nattention: softmax", 2, 12, "attention", "must be a mapping with the keys normalization, beta, noise, query, key, value, mask, layer_norm, layer_norm_switch, but is 'softmax'")]
    [InlineData("dimension: 3\nattention: {normalization: soft_max, beta: 1}", 2, 28, "attention.normalization", "must be softmax or none, but is 'soft_max' (did you mean softmax?)")]
    [InlineData("dimension: 3\nattention: {normalization: null, beta: 1}", 2, 28, "attention.normalization", "must be softmax or none, but is empty")]
    [InlineData("dimension: 3\nattention: {normalization: none, beta: .inf}", 2, 40, "attention.beta", "must be a number from -700 to 10000, but '.inf' is not finite")]
    [InlineData("dimension: 3\nattention: {normalization: none, beta: -.INF}", 2, 40, "attention.beta", "must be a number from -700 to 10000, but '-.INF' is not finite")]
    [InlineData("dimension: 3\nattention: {normalization: none, beta: .NaN}", 2, 40, "attention.beta", "must be a number from -700 to 10000, but '.NaN' is not finite")]
    [InlineData("dimension: 3\nattention: {normalization: none, beta: 1e999}", 2, 40, "attention.beta", "must be a number from -700 to 10000, but '1e999' is not finite")]
    [InlineData("dimension: 3\nattention: {normalization: none, beta: -700.5}", 2, 40, "attention.beta", "must be a number from -700 to 10000, but is '-700.5'")]
    [InlineData("dimension: 3\nattention: {normalization: softmax, beta: 10001}", 2, 43, "attention.beta", "must be a number from -700 to 10000, but is '10001'")]
    [InlineData("dimension: 3\nattention: {normalization: softmax, beta: 1, noise: -1}", 2, 53, "attention.noise", "must be a number at least 0, but is '-1'")]
    [InlineData(Head + "title: [a]", 5, 8, "title", "must be one line of text, but is a list")]
    [InlineData(Head + "title: \"  \"", 5, 8, "title", "must be one line of text, but is '  '")]
    [InlineData(Head + "title: \"a\\nb\"", 5, 8, "title", "must be one line of text, but is 'a\ufffdb'")]
    [InlineData(Head + "output: {fields: yes}", 5, 18, "output.fields", "must be true or false, but is 'yes'")]
    [InlineData(Head + "output: {degree: 0}", 5, 18, "output.degree", "must be a whole number from 1 to 65535, but is '0'")]
    [InlineData(Head + "output: {tokens: -1}", 5, 18, "output.tokens", "must be a whole number from 0 to 2147483647, but is '-1'")]
    public void Values(string text, int line, int column, string key, string problem) => AssertError(text, line, column, key, problem);

    [Theory]
    [InlineData("tolerance: 1e-14", 12, "tolerance", "must be a number from 1.0e-13 to 0.01, but is '1e-14'")]
    [InlineData("tolerance: 0.02", 12, "tolerance", "must be a number from 1.0e-13 to 0.01, but is '0.02'")]
    [InlineData("bandlimit: Auto", 12, "bandlimit", "must be auto or a whole number from 1 to 65535, but is 'Auto'")]
    [InlineData("bandlimit: 0", 12, "bandlimit", "must be auto or a whole number from 1 to 65535, but is '0'")]
    [InlineData("bandlimit: 1e99", 12, "bandlimit", "must be auto or a whole number from 1 to 65535, but is '1e99'")]
    [InlineData("bandlimit: 2000", 12, "bandlimit", "must be at most method.max_bandlimit, 1023, but is 2000")]
    [InlineData("max_bandlimit: 1024", 16, "max_bandlimit", "must be at most 1023 from dimension 3 on, but is 1024")]
    [InlineData("max_bandlimit: 65536", 16, "max_bandlimit", "must be a whole number from 1 to 65535, but is '65536'")]
    [InlineData("tokens: 0", 9, "tokens", "must be a whole number from 1 to 2147483647, but is '0'")]
    [InlineData("seed: -1", 7, "seed", "must be a whole number from 0 to 18446744073709551615, but is '-1'")]
    [InlineData("seed: 18446744073709551616", 7, "seed", "must be a whole number from 0 to 18446744073709551615, but is '18446744073709551616'")]
    [InlineData("scheme: particle", 9, "scheme", "must be spectral, characteristics, particles or perturbation, but is 'particle' (did you mean particles?)")]
    [InlineData("forces: fast", 9, "forces", "must be auto, direct or harmonic, but is 'fast'")]
    [InlineData("fourier: builtin", 10, "fourier", "must be auto, built_in, mkl or fftw, but is 'builtin' (did you mean built_in?)")]
    [InlineData("handover: characteristic", 11, "handover", "must be characteristics or stop, but is 'characteristic' (did you mean characteristics?)")]
    [InlineData("order: 65", 8, "order", "must be a whole number from 1 to 64, but is '65'")]
    public void Method(string entry, int column, string key, string problem) =>
        AssertError($"{Head}method:\n  {entry}\n", 6, column + 2, $"method.{key}", problem);

    [Theory]
    [InlineData("{until: 0}", 9, "until", "must be a number greater than 0, but is '0'")]
    [InlineData("{until: -3}", 9, "until", "must be a number greater than 0, but is '-3'")]
    [InlineData("{until: 3, every: 0}", 19, "every", "must be a number greater than 0, but is '0'")]
    [InlineData("{until: 3, every: 4}", 19, "every", "must be at most time.until, 3, but is 4")]
    [InlineData("{until: 3, unit: growths}", 18, "unit", "must be natural or growth, but is 'growths' (did you mean growth?)")]
    public void Times(string time, int column, string key, string problem) =>
        AssertError($"dimension: 3\nattention: {{normalization: none, beta: 1}}\ntime: {time}", 3, column + 6, $"time.{key}", problem);

    [Theory]
    [InlineData(Head, "modes: []", 8, "initial.modes", "must be a list of modes such as {degree: 3, order: -1, amplitude: 0.05}, but is empty")]
    [InlineData(Head, "modes: {degree: 1, order: 0, amplitude: 1}", 8, "initial.modes", "must be a list of modes such as {degree: 3, order: -1, amplitude: 0.05}, but is a mapping")]
    [InlineData(Head, "modes: [{degree: 0, order: 0, amplitude: 1}]", 18, "initial.modes[0].degree", "must be a whole number from 1 to 65535, but is '0'")]
    [InlineData(Head, "modes: [{degree: 2, order: 3, amplitude: 1}]", 28, "initial.modes[0].order", "must be from -2 to 2 for this degree, but is 3")]
    [InlineData(Head, "modes: [{degree: 2, order: -3, amplitude: 1}]", 28, "initial.modes[0].order", "must be from -2 to 2 for this degree, but is -3")]
    [InlineData(Circle, "modes: [{degree: 2, order: 0, amplitude: 1}]", 28, "initial.modes[0].order", "must be 1 (cosine) or -1 (sine) in dimension 2, but is 0")]
    [InlineData(Higher, "modes: [{degree: 2, order: 1, amplitude: 1}]", 28, "initial.modes[0].order", "must be 0 from dimension 4 on, but is 1")]
    [InlineData(Higher, "modes: [{degree: 1024, order: 0, amplitude: 1}]", 18, "initial.modes[0].degree", "must be at most 1023 from dimension 3 on, but is 1024")]
    [InlineData(Circle, "modes: [{degree: 1024, order: 1, amplitude: 1}]", 18, "initial.modes[0].degree", "must be at most method.max_bandlimit, 1023, but is 1024")]
    [InlineData(Head, "modes: [{degree: 2, order: 1, amplitude: .inf}]", 42, "initial.modes[0].amplitude", "must be a number, but '.inf' is not finite")]
    [InlineData(Head, "poisson: {radius: 1, axis: [1, 0, 0]}", 19, "initial.poisson.radius", "must be a number at least 0 and less than 1, but is '1'")]
    [InlineData(Head, "poisson: {radius: -0.1, axis: [1, 0, 0]}", 19, "initial.poisson.radius", "must be a number at least 0 and less than 1, but is '-0.1'")]
    [InlineData(Head, "poisson: {radius: 0.1, axis: [0, 0, 0]}", 30, "initial.poisson.axis", "must have a direction, but is zero")]
    [InlineData(Head, "poisson: {radius: 0.1, axis: [0, 1]}", 30, "initial.poisson.axis", "must have 3 numbers, as dimension is 3, but has 2")]
    [InlineData(Head, "poisson: {radius: 0.1, axis: []}", 30, "initial.poisson.axis", "must be a list of numbers, one per dimension, but is empty")]
    [InlineData(Head, "poisson: {radius: 0.1, axis: [0, x, 1]}", 34, "initial.poisson.axis[1]", "must be a number, but is 'x'")]
    [InlineData(Head, "von_mises_fisher: [{mean: [0, 1], concentration: 2}]", 27, "initial.von_mises_fisher[0].mean", "must have 3 numbers, as dimension is 3, but has 2")]
    [InlineData(Head, "von_mises_fisher: [{mean: [0, 1, 0], concentration: -2}]", 53, "initial.von_mises_fisher[0].concentration", "must be a number at least 0, but is '-2'")]
    [InlineData(Head, "von_mises_fisher: [{mean: [0, 1, 0], concentration: 2, weight: 0}]", 64, "initial.von_mises_fisher[0].weight", "must be a number greater than 0, but is '0'")]
    [InlineData(Head, "tokens: {count: 0}", 17, "initial.tokens.count", "must be a whole number from 1 to 2147483647, but is '0'")]
    [InlineData(Head, "tokens: {law: unifrom}", 15, "initial.tokens.law", "must be uniform or equiangular, but is 'unifrom' (did you mean uniform?)")]
    [InlineData(Head, "tokens: {degree: 2000}", 18, "initial.tokens.degree", "must be at most 1023 from dimension 3 on, but is 2000")]
    [InlineData(Head, "file: {path: }", 14, "initial.file.path", "must be one line of text, but is empty")]
    [InlineData(Head, "{file: {path: a}, tokens: {}}", 19, "initial.tokens", "cannot be given beside initial.file; give one of modes, von_mises_fisher, poisson, tokens, file")]
    public void Initial_states(string head, string initial, int column, string key, string problem) =>
        AssertError($"{head}initial:\n  {initial}\n", 6, column + 2, key, problem);

    [Theory]
    [InlineData("spectral", "[[1, 0], [0, 1]]", 4, 10, "", "is only for scheme particles; remove it, or set method.scheme to particles")]
    [InlineData("particles", "[[1, 0]]", 4, 10, "", "must have 2 rows of 2 numbers, as dimension is 2, but has 1")]
    [InlineData("particles", "[[1, 0], [0]]", 4, 19, "[1]", "must have 2 numbers, as dimension is 2, but has 1")]
    [InlineData("particles", "[[1, 0], 3]", 4, 19, "[1]", "must be a list of numbers, one per dimension, but is '3'")]
    [InlineData("particles", "[]", 4, 10, "", "must be a list of rows, one per dimension, but is empty")]
    [InlineData("particles", "identity", 4, 10, "", "must be a list of rows, one per dimension, but is 'identity'")]
    public void Matrices(string scheme, string matrix, int line, int column, string at, string problem)
    {
        foreach (var key in new[] { "query", "key", "value" })
        {
            var text = $"dimension: 2\nattention:\n  # a comment\n  {key}: {matrix}\n  normalization: none\n  beta: 1\n"
                + $"time: {{until: 1}}\nmethod: {{scheme: {scheme}}}";
            AssertError(text, line, column + key.Length - 5, $"attention.{key}{at}", problem);
        }
    }

    [Fact]
    public void Beta_without_normalization_has_a_smaller_limit()
    {
        const string Text = "dimension: 3\ntime: {until: 1}\nattention:\n  normalization: none\n  beta: 701";
        AssertError(Text, 5, 9, "attention.beta", "must be at most 700 with normalization none, but is 701");
        Assert.Equal(701, CaseReader.Parse(Text.Replace("none", "softmax"), "x.yaml").Attention.Beta);
    }

    [Fact]
    public void The_circle_has_larger_bandlimits()
    {
        var read = CaseReader.Parse(Circle + "method: {max_bandlimit: 65535, bandlimit: 65535}\noutput: {degree: 65535}", "x.yaml");
        Assert.Equal((65535, 65535, 65535), (read.Method.Bandlimit, read.Method.MaxBandlimit, read.Output.Degree));
        AssertError(Head + "output: {degree: 1024}", 5, 18, "output.degree", "must be at most 1023 from dimension 3 on, but is 1024");
    }

    [Fact]
    public void Long_and_odd_values_are_quoted_on_one_short_line()
    {
        var error = Throws($"dimension: \"{new string('x', 59)}😀{new string('y', 1000)}\"");
        Assert.EndsWith($"but is '{new string('x', 59)}…'", error.Problem);
    }

    private static void AssertError(string text, int line, int column, string key, string problem)
    {
        var error = Throws(text);
        Assert.Equal($"x.yaml, line {line}, column {column}: {key} {problem}.", error.Message);
        Assert.Equal((line, column, key, problem), (error.Line, error.Column, error.Key, error.Problem));
        Assert.Equal(("x.yaml", null), (error.File, error.Override));
    }

    private static CaseException Throws(string text) => Assert.Throws<CaseException>(() => CaseReader.Parse(text, "x.yaml"));
}
