using BayEdge.Core.Drivers;
using BayEdge.Core.Timing;
using BayEdge.Service.Pictures;

namespace BayEdge.Service.Tests.Pictures;

public sealed class PictureTrayTests
{
    private static readonly ObservedAt Start = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero), TimeSpan.FromHours(1));

    private readonly PictureTray _tray = new();

    [Fact]
    public void A_plate_is_pictured_once_a_visit_and_anew_when_it_comes_back()
    {
        Assert.True(Wants(quality: 100, minutes: 0));
        Lay(quality: 100, minutes: 0);

        Assert.All(Enumerable.Range(1, 60), minute => Assert.False(Wants(quality: 110, minute)));
        Assert.True(Wants(quality: 50, minutes: 75));
    }

    [Fact]
    public void A_clearly_better_picture_takes_the_place_of_one_that_no_event_has_named()
    {
        Lay(quality: 100, minutes: 0);
        Assert.True(Wants(quality: 150, minutes: 0));

        _tray.PlateOf("cam-1", "bay-01", "沪AD12345", null)!.CropId = "told";

        Assert.False(Wants(quality: 150, minutes: 0));
    }

    [Fact]
    public void A_vehicle_that_comes_back_soon_is_pictured_anew_and_not_shown_by_its_former_visit()
    {
        Lay(quality: 100, minutes: 0);
        Assert.False(Wants(quality: 100, minutes: 3));

        _tray.Leave("bay-01", Start + TimeSpan.FromMinutes(4));

        Assert.True(Wants(quality: 50, minutes: 6));
        Assert.True(Wants(quality: 50, minutes: 6.1));
        Assert.Null(Shown(cameAfterMinutes: 6));
        Lay(quality: 50, minutes: 6.2);
        Assert.NotNull(Shown(cameAfterMinutes: 6));
        Assert.False(Wants(quality: 50, minutes: 6.3));
    }

    [Fact]
    public void A_picture_of_a_plate_that_only_drove_through_does_not_show_its_visit_later()
    {
        Lay(quality: 100, minutes: 0);

        Assert.Null(Shown(cameAfterMinutes: 5));
        Assert.True(Wants(quality: 100, minutes: 5.1));
    }

    [Fact]
    public void A_leaving_that_is_decided_late_costs_the_next_vehicle_no_picture()
    {
        Lay(quality: 100, minutes: 5);

        _tray.Leave("bay-01", Start + TimeSpan.FromMinutes(4));
        _tray.Leave("bay-02", Start + TimeSpan.FromMinutes(6));

        Assert.False(Wants(quality: 100, minutes: 6));
        Assert.NotNull(Shown(cameAfterMinutes: 5));
    }

    [Fact]
    public void However_many_plates_pass_only_the_latest_lie_there()
    {
        for (var number = 0; number < 100; number++)
            _tray.Lay(new PlatePicture("cam-1", "bay-01", $"{number:000000000}", 1, Start + TimeSpan.FromSeconds(number), default, default));

        Assert.Null(_tray.PlateOf("cam-1", "bay-01", "000000000", null));
        Assert.NotNull(_tray.PlateOf("cam-1", "bay-01", "000000099", null));
    }

    [Fact]
    public void While_something_moves_a_scene_is_taken_every_other_second()
    {
        var taken = 0;
        for (var quarter = 0; quarter < 40; quarter++)
        {
            var at = Start + TimeSpan.FromSeconds(0.25 * quarter);
            if (!_tray.WantsScene("cam-1", at))
                continue;
            _tray.Lay(new ScenePicture("cam-1", ["bay-01"], at, default));
            taken++;
        }

        Assert.Equal(5, taken);
    }

    private bool Wants(double quality, double minutes) => _tray.WantsPlate("cam-1", "bay-01", "沪AD12345", quality, Start + TimeSpan.FromMinutes(minutes));

    private LaidPlate? Shown(double cameAfterMinutes) =>
        _tray.PlateOf("cam-1", "bay-01", "沪AD12345", Start + TimeSpan.FromMinutes(cameAfterMinutes));

    private void Lay(double quality, double minutes) =>
        _tray.Lay(new PlatePicture("cam-1", "bay-01", "沪AD12345", quality, Start + TimeSpan.FromMinutes(minutes), default, default));
}
