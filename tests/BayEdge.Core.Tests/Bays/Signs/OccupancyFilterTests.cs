using BayEdge.Core.Bays.Signs;
using BayEdge.Core.Timing;
using BayEdge.TestKit;

namespace BayEdge.Core.Tests.Bays.Signs;

public sealed class OccupancyFilterTests
{
    [Fact]
    public void One_picture_does_not_convince_and_a_few_do()
    {
        Assert.InRange(Seen([0.95]).LogOddsOfOccupied, 0, 5);
        Assert.InRange(Seen([.. Enumerable.Repeat(0.95, 10)]).LogOddsOfOccupied, 7, double.PositiveInfinity);
        Assert.InRange(Seen([.. Enumerable.Repeat(0.05, 10)]).LogOddsOfOccupied, double.NegativeInfinity, -7);
    }

    [Fact]
    public void A_surer_picture_never_speaks_less_for_a_vehicle()
    {
        var odds = Enumerable.Range(1, 99).Select(percent => Seen([percent / 100.0]).LogOddsOfOccupied).ToList();
        var sure = odds[75..90];

        Assert.Equal(sure.Order(), sure);
        Assert.True(odds[90] > odds[50] && odds[50] > odds[10]);
    }

    [Fact]
    public void Unsure_pictures_say_almost_nothing()
    {
        Assert.InRange(Math.Abs(Seen([.. Enumerable.Repeat(0.5, 100)]).LogOddsOfOccupied), 0, 1.5);
    }

    [Fact]
    public void A_single_wrong_picture_among_many_changes_nothing()
    {
        var filter = Seen([.. Enumerable.Repeat(0.95, 60), 0.05, .. Enumerable.Repeat(0.95, 5)]);

        Assert.InRange(filter.LogOddsOfOccupied, 7, double.PositiveInfinity);
        Assert.Equal(At(1), filter.ToOccupied.Since);
    }

    [Fact]
    public void A_change_is_dated_to_the_first_picture_that_shows_it()
    {
        var filter = Seen([.. Enumerable.Repeat(0.04, 100), .. Enumerable.Repeat(0.96, 20)]);

        Assert.Equal((At(101), At(100)), (filter.ToOccupied.Since, filter.ToOccupied.Before));
    }

    [Fact]
    public void A_picture_older_than_one_already_taken_is_passed_over()
    {
        var filter = Seen([0.9, 0.9]);

        Assert.Same(filter, filter.With(At(1), 0.01));
    }

    [Fact]
    public void A_sure_picture_of_a_camera_that_has_shown_anything_says_less_than_one_of_a_camera_that_sees()
    {
        var random = new Random(3);
        var blind = Seen([.. Enumerable.Range(0, 200).Select(_ => 0.3 + (0.4 * random.NextDouble()))]);
        var seeing = Seen([.. Enumerable.Range(0, 200).Select(second => second % 2 == 0 ? 0.05 : 0.95)]);

        Assert.InRange(SaidBy(blind), 0, SaidBy(seeing) / 2);

        static double SaidBy(OccupancyFilter filter) => filter.With(At(201), 0.95).LogOddsOfOccupied - filter.With(At(201), 0.5).LogOddsOfOccupied;
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    public void Ten_thousand_certain_pictures_stay_finite_and_can_still_be_contradicted(double occupied)
    {
        var filter = Seen([.. Enumerable.Repeat(occupied, 10_000)]);
        Assert.True(double.IsFinite(filter.LogOddsOfOccupied));

        for (var second = 1; second <= 15; second++)
            filter = filter.With(At(10_000 + second), 1 - occupied);
        Assert.Equal(occupied < 0.5, filter.LogOddsOfOccupied > 0);
    }

    private static OccupancyFilter Seen(double[] pictures)
    {
        var filter = OccupancyFilter.Begin(At(0));
        for (var index = 0; index < pictures.Length; index++)
            filter = filter.With(At(index + 1), pictures[index]);
        return filter;
    }

    private static ObservedAt At(double seconds) => new(BayScenario.Time("08:00:00") + TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds));
}
