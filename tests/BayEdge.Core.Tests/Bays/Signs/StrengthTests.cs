using BayEdge.Core.Bays.Signs;

namespace BayEdge.Core.Tests.Bays.Signs;

public sealed class StrengthTests
{
    [Fact]
    public void A_hundred_levels_outweigh_the_assumption()
    {
        var learned = Learn(Strength.Assume(-58, 6), level: () => -70, times: 100);

        Assert.InRange(learned.MeanDb, -70, -69);
    }

    [Fact]
    public void The_spread_is_that_of_the_levels()
    {
        var random = new Random(5);
        var learned = Learn(Strength.Assume(-58, 6), () => -60 + (8 * Math.Sqrt(3) * ((2 * random.NextDouble()) - 1)), 2000);

        Assert.InRange(learned.SpreadDb, 7, 9);
    }

    [Fact]
    public void Levels_that_are_always_the_same_leave_some_doubt()
    {
        Assert.Equal(3, Learn(Strength.Assume(-58, 6), () => -58, 5000).SpreadDb);
    }

    [Fact]
    public void An_antenna_that_was_mounted_elsewhere_is_learned_anew()
    {
        var before = Learn(Strength.Assume(-58, 6), () => -50, 5000);

        Assert.InRange(Learn(before, () => -65, 300).MeanDb, -66, -64);
    }

    [Theory]
    [InlineData(-50)]
    [InlineData(-57)]
    [InlineData(-64)]
    public void Two_equal_alternatives_are_symmetric(double dbm)
    {
        Assert.Equal(LogOdds.OfNormals(dbm, -50, 5, -64, 7), -LogOdds.OfNormals(dbm, -64, 7, -50, 5), 9);
    }

    [Fact]
    public void Limits_hold_on_both_sides()
    {
        Assert.Equal((4.0, -4.0, 3.0), (LogOdds.Limit(9, 4), LogOdds.Limit(-9, 4), LogOdds.Limit(3, 4)));
    }

    private static Strength Learn(Strength strength, Func<double> level, int times)
    {
        for (var time = 0; time < times; time++)
            strength = strength.With(level());
        return strength;
    }
}
