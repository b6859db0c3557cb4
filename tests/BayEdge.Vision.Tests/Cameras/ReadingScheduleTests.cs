using BayEdge.Vision.Cameras;

namespace BayEdge.Vision.Tests.Cameras;

public sealed class ReadingScheduleTests
{
    private const int FramesPerSecond = 4;

    private readonly ReadingSchedule _schedule = new(new ReadingScheduleOptions());
    private int _frames;

    [Fact]
    public void The_first_picture_is_read_for_a_vehicle_may_stand_there_already() =>
        Assert.True(_schedule.TakeTurn(TimeSpan.Zero, motion: false, VoteState.Nothing));

    [Fact]
    public void An_idle_bay_is_read_twice_a_minute() => Assert.Equal(2, Readings(seconds: 60, motion: false, VoteState.Nothing));

    [Fact]
    public void An_arriving_vehicle_is_read_in_every_picture()
    {
        Readings(seconds: 60, motion: false, VoteState.Nothing);

        Assert.Equal(20, Readings(seconds: 5, motion: true, VoteState.Nothing));
    }

    [Fact]
    public void A_standing_vehicle_is_read_in_every_picture_until_its_plate_is_sure()
    {
        Readings(seconds: 2, motion: true, VoteState.Nothing);

        Assert.Equal(28, Readings(seconds: 7, motion: false, VoteState.Unsure));
    }

    [Fact]
    public void A_standing_vehicle_whose_plate_is_sure_is_read_every_three_seconds()
    {
        Readings(seconds: 2, motion: true, VoteState.Unsure);
        Readings(seconds: 6, motion: false, VoteState.Sure);

        Assert.Equal(20, Readings(seconds: 60, motion: false, VoteState.Sure));
    }

    [Fact]
    public void Something_that_moves_before_a_sure_plate_is_read_every_second_so_that_leaving_is_dated_well() =>
        Assert.Equal(10, Readings(seconds: 10, motion: true, VoteState.Sure));

    [Fact]
    public void People_who_walk_about_all_day_do_not_keep_the_processor_busy()
    {
        Readings(seconds: 11, motion: true, VoteState.Nothing);

        Assert.InRange(Readings(seconds: 60, motion: true, VoteState.Nothing), 59, 61);
    }

    [Fact]
    public void A_dirty_plate_that_stands_still_is_read_less_often_after_a_minute()
    {
        Readings(seconds: 2, motion: true, VoteState.Unsure);
        Readings(seconds: 70, motion: false, VoteState.Unsure);

        Assert.Equal(12, Readings(seconds: 60, motion: false, VoteState.Unsure));
    }

    [Fact]
    public void A_vehicle_that_comes_after_a_quiet_time_gets_full_effort_again()
    {
        Readings(seconds: 60, motion: true, VoteState.Nothing);
        Readings(seconds: 10, motion: false, VoteState.Nothing);

        Assert.Equal(20, Readings(seconds: 5, motion: true, VoteState.Nothing));
    }

    private int Readings(int seconds, bool motion, VoteState vote) => Enumerable.Range(0, seconds * FramesPerSecond)
        .Count(_ => _schedule.TakeTurn(TimeSpan.FromSeconds((double)_frames++ / FramesPerSecond), motion, vote));
}
