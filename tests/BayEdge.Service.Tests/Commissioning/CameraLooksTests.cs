using BayEdge.Core.Drivers;
using BayEdge.Core.Timing;
using BayEdge.Service.Commissioning;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Service.Tests.Commissioning;

public sealed class CameraLooksTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly CameraLooks _looks;

    public CameraLooksTests() => _looks = new CameraLooks(_time);

    [Fact]
    public void A_camera_that_nobody_looks_through_reads_nothing() => Assert.False(_looks.Wants("cam-1"));

    [Fact]
    public void Whoever_looks_gets_two_pictures_a_second_and_no_more()
    {
        _looks.Watch("cam-1");

        Assert.True(_looks.Wants("cam-1"));
        Assert.False(_looks.Wants("cam-1"));
        _time.Advance(TimeSpan.FromMilliseconds(501));
        Assert.True(_looks.Wants("cam-1"));
    }

    [Fact]
    public void When_the_page_has_gone_the_camera_rests()
    {
        _looks.Watch("cam-1");
        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.False(_looks.Wants("cam-1"));
    }

    [Fact]
    public void The_last_ten_pictures_are_kept_and_forgotten_after_a_pause()
    {
        _looks.Watch("cam-1");
        for (var picture = 0; picture < 12; picture++)
            _looks.Saw("cam-1", Look(picture));

        Assert.Equal([11, 10, 9, 8, 7, 6, 5, 4, 3, 2], _looks.Watch("cam-1").Select(look => look.Width));
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Empty(_looks.Watch("cam-1"));
    }

    [Fact]
    public void Pictures_that_come_no_more_are_shown_no_more()
    {
        _looks.Watch("cam-1");
        _looks.Saw("cam-1", Look(1));
        Watch(seconds: 3);
        Assert.Single(_looks.Watch("cam-1"));

        Watch(seconds: 1);

        Assert.Empty(_looks.Watch("cam-1"));
    }

    [Fact]
    public void A_camera_that_is_set_to_a_picture_in_five_seconds_is_shown_from_its_second_on()
    {
        _looks.Watch("cam-1");
        for (var picture = 0; picture < 3; picture++)
        {
            Watch(seconds: 5);
            _looks.Saw("cam-1", Look(picture));
        }

        Watch(seconds: 5);

        Assert.Equal(2, _looks.Watch("cam-1").Length);
    }

    private void Watch(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _looks.Watch("cam-1");
        }
    }

    private CameraLook Look(int number) => new(Array.Empty<byte>(), number, 0, _time.Observe(), []);
}
