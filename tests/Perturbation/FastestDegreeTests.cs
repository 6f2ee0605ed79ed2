using Meanfield.Perturbation;
using Meanfield.Spectral;
using Xunit;

namespace Meanfield.Tests.Perturbation;

/// <summary>The fastest degree against mpmath (tests/references/make_perturbation_reference.py) and THEORY 2.3, 2.5 (V06, V07, V35).</summary>
public class FastestDegreeTests
{
    [Fact]
    public void Switch_points_agree_with_the_reference() =>
        Assert.All(ReferenceTable.Read("switch.csv"), row => Assert.Equal(1, FastestDegree.SwitchPoint((int)row[1], (int)row[0]) / row[2], 1e-12));

    /// <summary>V06: the table of THEORY 2.3, and which degree leads on either side.</summary>
    [Theory]
    [InlineData(2, new[] { 1.04446, 3.16543, 6.21130, 10.22848, 15.2363, 21.2405, 28.2430, 36.2446 })]
    [InlineData(3, new[] { 1.81615, 4.42529, 7.96238, 12.4774, 17.9849, 24.4891, 31.9918, 40.4936 })]
    [InlineData(8, new[] { 5.2511, 10.5003, 16.5950 })]
    public void Fastest_degree_changes_at_the_switch_points(int dimension, double[] table)
    {
        for (int k = 1; k <= table.Length; k++)
        {
            double point = FastestDegree.SwitchPoint(k, dimension);
            Assert.Equal(table[k - 1], point, 6e-5);
            Assert.Equal(k, Eigenmodes.About(new(Normalization.Softmax, point - 1e-9), dimension).Fastest.Degree);
            Assert.Equal(k + 1, Eigenmodes.About(new(Normalization.None, point + 1e-9), dimension).Fastest.Degree);
        }
    }

    /// <summary>Between two switch points of the reference table those two are named; below the first only the first.</summary>
    [Fact]
    public void Switch_points_around_beta_are_the_two_next_to_it()
    {
        foreach (IGrouping<double, double[]> table in ReferenceTable.Read("switch.csv").GroupBy(row => row[0]))
        {
            double[][] rows = [.. table.OrderBy(row => row[1])];
            for (int k = 0; k < rows.Length && rows[k][1] == k + 1; k++)
            {
                IReadOnlyList<SwitchPoint> found = FastestDegree.SwitchesAround(rows[k][2] * (1 - 1e-9), (int)table.Key);
                Assert.Equal(k == 0 ? 1 : 2, found.Count);
                Assert.Equal((k + 1, k + 2), (found[^1].From, found[^1].To));
                Assert.Equal(1, found[^1].Beta / rows[k][2], 1e-12);
                if (k > 0) Assert.Equal(1, found[0].Beta / rows[k - 1][2], 1e-12);
            }
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => FastestDegree.SwitchesAround(-1, 3));
    }

    /// <summary>V07: the maximum over real k against mpmath, and its expansion (2/e)(1 − 1/(3β) + O(β^−2)), k → √(2β + ν²) − ν.</summary>
    [Fact]
    public void Continuous_maximum_agrees_with_the_reference_and_its_asymptotics()
    {
        foreach (double[] row in ReferenceTable.Read("fastest.csv"))
        {
            (int dimension, double beta) = ((int)row[0], row[1]);
            (double degree, double rate) = FastestDegree.Continuous(beta, dimension);
            Assert.Equal(row[2], degree, 2e-6 * row[2]);
            Assert.Equal(1, rate / row[3], 1e-11);
        }
        foreach (int dimension in new[] { 2, 3, 5 })
        {
            double[] gaps = Array.ConvertAll([100.0, 400, 1600], beta =>
                beta * beta * (FastestDegree.Continuous(beta, dimension).Rate / FastestDegree.AsymptoticSoftmaxRate(beta) - 1));
            Assert.InRange(gaps[2] / gaps[1], 0.95, 1.05); // what is left is O(β^−2)
            Assert.InRange(Math.Abs(gaps[2]), 1e-3, 3);
            Assert.Equal(1, FastestDegree.Asymptotic(1600, dimension) / FastestDegree.Continuous(1600, dimension).Degree, 1e-3);
        }
    }

    /// <summary>κ_c = λ_1/β (V35), and degree ℓ is neutral at κ = m_ℓ.</summary>
    [Theory]
    [InlineData(2, Normalization.None, 1, 0.565159103992)]
    [InlineData(2, Normalization.Softmax, 1, 0.446389965896)]
    [InlineData(3, Normalization.None, -2, 0.48719137179003)] // (cosh 2/2 − sinh 2/4)/2
    public void Critical_noise_is_the_largest_multiplier(int dimension, Normalization normalization, double beta, double expected)
    {
        Eigenmodes modes = Eigenmodes.About(new(normalization, beta), dimension);
        Assert.Equal(expected, modes.CriticalNoise, 1e-11);
        foreach (Eigenmode mode in modes.Modes.Where(mode => mode.Multiplier > 0))
            Assert.Equal(0, Eigenmodes.About(new(normalization, beta, mode.Multiplier), dimension).Modes[mode.Degree - 1].GrowthRate);
    }

    [Fact]
    public void All_of_it_takes_less_than_three_tenths_of_a_second_up_to_d_1024()
    {
        Assert.InRange(Expansions.Quickest(Work), 0, 0.3);

        static void Work()
        {
            foreach (int dimension in new[] { 2, 3, 1024 })
            {
                for (int k = 1; k <= 8; k++) FastestDegree.SwitchPoint(k, dimension);
                FastestDegree.Continuous(1000, dimension);
                Eigenmodes.About(new(Normalization.Softmax, 1000), dimension);
            }
        }
    }

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FastestDegree.SwitchPoint(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => FastestDegree.SwitchPoint(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => FastestDegree.Continuous(0, 3));
    }
}
