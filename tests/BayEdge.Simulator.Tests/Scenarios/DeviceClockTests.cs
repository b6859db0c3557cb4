using BayEdge.Core.Sightings;
using BayEdge.Simulator.Scenarios;

namespace BayEdge.Simulator.Tests.Scenarios;

public sealed class DeviceClockTests
{
    private static readonly Scenario Troubled = Days.With(device => device with { PowerCutsPerDay = 3, RestartsPerDay = 3, ClockStepsPerDay = 3 });

    [Fact]
    public void The_monotonic_clock_never_steps_while_the_wall_clock_does()
    {
        var (previous, steps) = (default((DateTimeOffset At, Sighting Sighting)), 0);
        foreach (var (at, sighting) in Troubled.All<Sighting>())
        {
            if (previous.Sighting is not null && Troubled.Clock.BootAt(at) == Troubled.Clock.BootAt(previous.At))
            {
                Assert.Equal(at - previous.At, sighting.At - previous.Sighting.At);
                steps += (sighting.At.Wall - previous.Sighting.At.Wall - (at - previous.At)).Duration() > TimeSpan.FromSeconds(1) ? 1 : 0;
            }

            previous = (at, sighting);
        }

        Assert.True(steps > 2);
    }

    [Fact]
    public void Only_a_power_cut_starts_the_monotonic_clock_anew() => Assert.All(Troubled.Interruptions, off =>
    {
        Assert.Equal(off.PowerWasCut, Troubled.Clock.BootAt(off.From) != Troubled.Clock.BootAt(off.To));
        Assert.Equal(off.PowerWasCut, Troubled.Clock.At(off.To).Monotonic == TimeSpan.Zero);
    });

    [Fact]
    public void After_a_power_cut_the_wall_clock_goes_on_from_the_cut_until_it_is_set_right() =>
        Assert.All(Troubled.Interruptions.Where(off => off.PowerWasCut), off =>
        {
            Assert.Equal(off.From, Troubled.Clock.At(off.To).Wall);
            Assert.Equal(off.To.AddMinutes(1), Troubled.Clock.At(off.To.AddMinutes(1)).Wall);
        });

    [Fact]
    public void What_the_device_says_is_understood_whatever_its_wall_clock_showed()
    {
        foreach (var (at, sighting) in Troubled.All<OccupancySighting>().Take(20_000))
            Assert.Equal(at, Troubled.Clock.TrueTimeOf(sighting.At, at));
    }

    [Fact]
    public void What_lies_before_a_power_cut_is_told_by_the_wall_clock_of_that_time()
    {
        var off = Troubled.Interruptions.First(off => off.PowerWasCut);
        var before = Troubled.Clock.At(off.From.AddMinutes(-2));
        var restored = before with { Monotonic = -TimeSpan.FromMinutes(2) };

        Assert.Equal(off.From.AddMinutes(-2), Troubled.Clock.TrueTimeOf(restored, off.To.AddMinutes(5)));
    }
}
