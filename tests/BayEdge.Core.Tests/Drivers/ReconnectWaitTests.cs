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
    public void What_an_attempt_without_an_answer_took_is_not_waited_again()
    {
        double[] waits = [.. new[] { 0.3, 0.9, 2 }.Select(lasted => _wait.After(DeviceFaultKind.Unreachable, TimeSpan.FromSeconds(lasted)).TotalSeconds)];

        Assert.Equal([0.7, 0.1, 0.1], waits);
    }

    [Theory]
    [InlineData(DeviceFaultKind.Refused)]
    [InlineData(DeviceFaultKind.Busy)]
    public void A_reader_that_was_away_and_is_starting_is_tried_every_second_for_a_while(DeviceFaultKind fault)
    {
        Seconds(DeviceFaultKind.Lost);
        Seconds(DeviceFaultKind.Unreachable);

        Assert.All(Enumerable.Range(0, 60), _ => Assert.Equal(1, Seconds(fault)));
        Seconds(DeviceFaultKind.Unreachable);
        Assert.Equal(fault == DeviceFaultKind.Busy ? [1, 2, 4] : [2, 4, 8], Enumerable.Range(0, 3).Select(_ => Seconds(fault)));
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
        Assert.Equal(TimeSpan.FromSeconds(0.55), new ReconnectWait(() => 0.5).After(DeviceFaultKind.Unreachable, TimeSpan.Zero));

    private double Seconds(DeviceFaultKind? fault) => _wait.After(fault, TimeSpan.Zero).TotalSeconds;
}
