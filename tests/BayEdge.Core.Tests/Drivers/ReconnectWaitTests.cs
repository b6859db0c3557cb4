using BayEdge.Core.Drivers;

namespace BayEdge.Core.Tests.Drivers;

public sealed class ReconnectWaitTests
{
    private readonly ReconnectWait _wait = new(() => 1);

    [Fact]
    public void A_reader_that_nobody_reaches_is_tried_every_second_for_ever() =>
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.Equal(1, Seconds(DeviceFaultKind.Unreachable)));

    [Theory]
    [InlineData(DeviceFaultKind.Refused)]
    [InlineData(DeviceFaultKind.Lost)]
    [InlineData(DeviceFaultKind.Protocol)]
    [InlineData(DeviceFaultKind.Local)]
    [InlineData(null)]
    public void A_device_that_answers_and_fails_is_left_ever_longer_in_peace(DeviceFaultKind? fault) =>
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], Enumerable.Range(0, 8).Select(_ => Seconds(fault)));

    [Fact]
    public void A_reader_that_still_serves_a_lost_connection_is_tried_every_ten_seconds() =>
        Assert.Equal([1, 2, 4, 8, 10, 10], Enumerable.Range(0, 6).Select(_ => Seconds(DeviceFaultKind.Busy)));

    [Fact]
    public void Being_out_of_reach_neither_shortens_nor_lengthens_the_other_waits()
    {
        Seconds(DeviceFaultKind.Lost);
        Seconds(DeviceFaultKind.Unreachable);

        Assert.Equal(2, Seconds(DeviceFaultKind.Lost));
    }

    [Fact]
    public void Steady_work_begins_anew()
    {
        Seconds(DeviceFaultKind.Refused);
        Seconds(DeviceFaultKind.Busy);
        _wait.Succeeded();

        Assert.Equal((1, 1), (Seconds(DeviceFaultKind.Refused), Seconds(DeviceFaultKind.Busy)));
    }

    [Fact]
    public void Devices_do_not_knock_all_at_once() =>
        Assert.Equal(TimeSpan.FromSeconds(0.55), new ReconnectWait(() => 0.5).After(DeviceFaultKind.Unreachable));

    private double Seconds(DeviceFaultKind? fault) => _wait.After(fault).TotalSeconds;
}
