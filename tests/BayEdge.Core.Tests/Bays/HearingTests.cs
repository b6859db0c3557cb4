using BayEdge.Core.Bays;
using BayEdge.Core.Bays.Signs;
using BayEdge.Core.Timing;
using BayEdge.TestKit;

namespace BayEdge.Core.Tests.Bays;

public sealed class HearingTests
{
    [Fact]
    public void A_tag_that_stops_as_it_always_sounded_fell_silent_suddenly()
    {
        Assert.Equal(Onset.Sudden, Heard((60, _ => -58)).Onset());
    }

    [Fact]
    public void A_tag_that_grew_weaker_and_weaker_faded_away()
    {
        Assert.Equal(Onset.Falling, Heard((60, _ => -58), (6, second => -60 - (3 * second))).Onset());
        Assert.Equal(Onset.Sinking, Heard((60, _ => -58), (6, _ => -63)).Onset());
    }

    [Fact]
    public void A_reader_that_tells_no_strength_knows_no_onset_and_no_level()
    {
        var hearing = Hearing.Begin("bay-01", "reader-1", At(0), null, 1).With("reader-1", At(1), null, 2);

        Assert.Equal((Onset.Sudden, (double?)null, 3L), (hearing.Onset(), hearing.MeanDbm, hearing.Reads));
    }

    [Fact]
    public void A_vehicle_that_waited_before_it_drove_in_came_when_it_drove_in()
    {
        var hearing = Heard((300, _ => -76), (20, _ => -56));

        Assert.InRange(hearing.FirstAt.Monotonic.TotalSeconds, 299, 304);
        Assert.InRange(hearing.CameAt().Monotonic.TotalSeconds, 299, 304);
    }

    [Fact]
    public void A_vehicle_that_drives_in_at_once_came_with_its_first_reads()
    {
        var hearing = Heard((3, second => -66 + (3 * second)), (60, _ => -57));

        Assert.InRange(hearing.CameAt().Monotonic.TotalSeconds, 0, 2);
    }

    [Fact]
    public void The_last_read_that_was_near_is_known_when_the_tag_is_heard_from_far_afterwards()
    {
        var hearing = Heard((120, _ => -55), (40, _ => -80));

        Assert.InRange(hearing.NearAt.Monotonic.TotalSeconds, 118, 126);
        Assert.Equal(159, hearing.LastAt.Monotonic.TotalSeconds);
    }

    [Fact]
    public void Ten_reads_at_once_weigh_no_more_on_the_mean_than_their_time()
    {
        var hearing = Heard((60, _ => -58));
        for (var read = 0; read < 10; read++)
            hearing = hearing.With("reader-1", At(60), -80, 1);

        Assert.InRange(hearing.MeanDbm!.Value, -64, -58);
    }

    [Fact]
    public void A_late_read_does_not_turn_the_last_one_back()
    {
        var hearing = Heard((10, _ => -58)).With("reader-1", At(3), -58, 1);

        Assert.Equal(At(9), hearing.LastAt);
    }

    /// <summary>One read a second; each phase with its length in seconds and its level.</summary>
    private static Hearing Heard(params (int Seconds, Func<int, double> Dbm)[] phases)
    {
        Hearing? hearing = null;
        var now = 0;
        foreach (var (seconds, dbm) in phases)
        {
            for (var second = 0; second < seconds; second++, now++)
                hearing = hearing is null ? Hearing.Begin("bay-01", "reader-1", At(now), dbm(second), 1) : hearing.With("reader-1", At(now), dbm(second), 1);
        }

        return hearing!;
    }

    private static ObservedAt At(double seconds) => new(BayScenario.Time("08:00:00") + TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds));
}
