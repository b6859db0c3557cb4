using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Vision.Cameras;
using BayEdge.Vision.Plates;
using Microsoft.Extensions.Logging.Abstractions;
using OpenCvSharp;

namespace BayEdge.Vision.Tests.Cameras;

public sealed class ZoneWatchTests
{
    private const int FramesPerSecond = 4;

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private int _frames;

    [Fact]
    public async Task A_standing_car_keeps_giving_a_sighting_every_few_seconds_and_is_seldom_read()
    {
        using var reader = new ScriptedReader(CameraBench.Reading("沪AD12345"));
        using var shared = Shared(reader);
        using var watch = Watch(shared);

        var seen = await LookAsync(watch, seconds: 60);

        Assert.All(seen, sighting => Assert.Equal(("bay-01", "沪AD12345"), (sighting.Bay, sighting.Text)));
        Assert.InRange(seen[0].Second, 0.5, 1);
        Assert.All(seen.Skip(7).Zip(seen.Skip(8)), pair => Assert.InRange(pair.Second.Second - pair.First.Second, 2, 5));
        Assert.InRange(seen[^1].Second, 56, 60);
        Assert.InRange(reader.Readings, 20, 30);
    }

    [Fact]
    public async Task An_empty_bay_is_seldom_read()
    {
        using var reader = new ScriptedReader();
        using var shared = Shared(reader);
        using var watch = Watch(shared);
        await LookAsync(watch, seconds: 20);
        var before = reader.Readings;

        Assert.Empty(await LookAsync(watch, seconds: 60));

        Assert.InRange(reader.Readings - before, 2, 3);
    }

    [Theory]
    [InlineData(20, 100, 120)]
    [InlineData(100, 100, 40)]
    public async Task A_plate_outside_the_zones_or_too_narrow_is_ignored(float x, float y, float width)
    {
        using var reader = new ScriptedReader(CameraBench.Reading("沪AD12345", x: x, y: y, width: width));
        using var shared = Shared(reader);
        using var watch = new ZoneWatch(
            CameraBench.Camera("unused") with { Zones = [CameraBench.Zone("bay-01", (0.3, 0), (1, 0), (1, 1), (0.3, 1))] },
            CameraBench.Options("unused"),
            shared);

        Assert.Empty(await LookAsync(watch, seconds: 5));
        Assert.True(reader.Readings > 3);
    }

    [Fact]
    public async Task Only_the_zones_and_a_plates_width_around_them_are_read()
    {
        using var reader = new ScriptedReader();
        using var shared = Shared(reader);
        using var watch = new ZoneWatch(
            CameraBench.Camera("unused") with { Zones = [CameraBench.Zone("bay-01", (0.5, 0.5), (0.75, 0.5), (0.75, 0.75), (0.5, 0.75))] },
            CameraBench.Options("unused"),
            shared);

        await LookAsync(watch, seconds: 1);

        Assert.Equal(60, reader.LastSearch!.LeastWidthPx);
        Assert.Equal(new Rect(120, 100, 160, 99), reader.LastSearch.Area);
    }

    [Fact]
    public async Task Each_plate_goes_to_the_bay_whose_zone_holds_its_middle()
    {
        using var reader = new ScriptedReader(
            CameraBench.Reading("沪AD12345", x: 20, y: 100, width: 100), CameraBench.Reading("京Q58A77", x: 200, y: 100, width: 100));
        using var shared = Shared(reader);
        using var watch = new ZoneWatch(
            CameraBench.Camera("unused") with
            {
                Zones =
                [
                    CameraBench.Zone("left", (0, 0), (0.5, 0), (0.5, 1), (0, 1)),
                    CameraBench.Zone("right", (0.5, 0), (1, 0), (1, 1), (0.5, 1)),
                ],
            },
            CameraBench.Options("unused"),
            shared);

        var seen = await LookAsync(watch, seconds: 2);

        Assert.Equal([("left", "沪AD12345"), ("right", "京Q58A77")], seen.Select(sighting => (sighting.Bay, sighting.Text)).Distinct());
    }

    [Fact]
    public async Task A_second_reading_of_the_same_plate_has_no_vote()
    {
        using var reader = new ScriptedReader(CameraBench.Reading("沪AD12345"), CameraBench.Reading("S12345", 0.9, x: 110, width: 90));
        using var shared = Shared(reader);
        using var watch = Watch(shared);

        var seen = await LookAsync(watch, seconds: 5);

        Assert.Equal(["沪AD12345"], seen.Select(sighting => sighting.Text).Distinct());
    }

    [Fact]
    public async Task A_standing_plate_is_looked_for_where_it_stood_and_all_of_the_zone_now_and_then()
    {
        using var reader = new ScriptedReader(CameraBench.Reading("沪AD12345"));
        using var shared = Shared(reader);
        using var watch = Watch(shared);
        await LookAsync(watch, seconds: 20);

        var areas = new List<Rect?>();
        for (var time = 0; time < 15; time++)
        {
            await LookAsync(watch, seconds: 3);
            areas.Add(reader.LastSearch!.Area);
        }

        Assert.Contains(new Rect(10, 54, 301, 123), areas);
        Assert.InRange(areas.Count(area => area == new Rect(0, 0, 320, 240)), 1, 2);
    }

    [Fact]
    public async Task A_plate_that_is_gone_from_where_it_stood_is_looked_for_in_all_of_the_zone()
    {
        var isThere = true;
        using var reader = new ScriptedReader(_ => isThere ? [CameraBench.Reading("沪AD12345")] : []);
        using var shared = Shared(reader);
        using var watch = Watch(shared);
        await LookAsync(watch, seconds: 20);

        isThere = false;
        await LookAsync(watch, seconds: 7);

        Assert.Equal(new Rect(0, 0, 320, 240), reader.LastSearch!.Area);
    }

    private static ZoneWatch Watch(SharedPlateReader shared) => new(CameraBench.Camera("unused"), CameraBench.Options("unused"), shared);

    private static SharedPlateReader Shared(IPlateReader reader) => new(() => reader, TimeProvider.System, NullLogger.Instance);

    private async Task<List<(string Bay, string Text, double Second)>> LookAsync(ZoneWatch watch, int seconds)
    {
        var seen = new List<(string, string, double)>();
        using var picture = CameraBench.Picture(x: 100);
        for (var i = 0; i < seconds * FramesPerSecond; i++)
        {
            var second = (double)_frames++ / FramesPerSecond;
            using var frame = new Frame(picture.Clone(), new ObservedAt(Start, TimeSpan.Zero) + TimeSpan.FromSeconds(second));
            foreach (var plate in (await watch.LookAsync(frame, TestContext.Current.CancellationToken)).OfType<PlateSighting>())
                seen.Add((plate.Zone, plate.Text, second));
        }

        return seen;
    }
}
