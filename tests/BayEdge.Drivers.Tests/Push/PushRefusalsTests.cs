using BayEdge.Drivers.Push;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Drivers.Tests.Push;

public sealed class PushRefusalsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly LoggedLines _lines = new();
    private readonly PushRefusals _refusals;

    public PushRefusalsTests() => _refusals = new PushRefusals("cam-1", _time, _lines);

    [Fact]
    public void A_sender_that_is_right_only_now_and_then_is_said_once()
    {
        for (var message = 0; message < 1000; message++)
        {
            _refusals.Refused("no JSON");
            _refusals.Taken();
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["Warning: A message for cam-1 was refused: no JSON"], _lines.All);
    }

    [Fact]
    public void The_end_is_said_with_the_count_once_nothing_was_refused_for_five_minutes()
    {
        _refusals.Refused("no JSON");
        _refusals.Refused("too long");
        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        _refusals.Taken();
        Assert.Single(_lines.All);

        _time.Advance(TimeSpan.FromTicks(1));
        _refusals.Taken();
        _refusals.Taken();
        _refusals.Refused("again");

        Assert.Equal(
            [
                "Warning: A message for cam-1 was refused: no JSON",
                "Information: Messages for cam-1 are taken again; 2 were refused before",
                "Warning: A message for cam-1 was refused: again",
            ],
            _lines.All);
    }

    [Fact]
    public void What_was_refused_before_the_last_good_message_explains_no_silence()
    {
        _refusals.Refused("no JSON");
        _refusals.Refused("too long");
        Assert.Equal((2, "too long"), _refusals.SinceTaken);

        _refusals.Taken();
        Assert.Null(_refusals.SinceTaken);
    }

    public void Dispose() => _lines.Dispose();
}
