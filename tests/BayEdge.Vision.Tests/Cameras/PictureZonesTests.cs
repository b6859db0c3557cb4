using BayEdge.Core.Configuration;
using BayEdge.Vision.Cameras;
using OpenCvSharp;

namespace BayEdge.Vision.Tests.Cameras;

public sealed class PictureZonesTests
{
    private readonly PictureZones _zones = new(
    [
        CameraBench.Zone("bay-01", (0.1, 0.2), (0.5, 0.2), (0.4, 0.9), (0.1, 0.9)),
        CameraBench.Zone("bay-02", (0.5, 0.2), (0.9, 0.2), (0.9, 0.9), (0.4, 0.9)),
        CameraBench.Zone("bay-03", (0.6, 0.3), (0.8, 0.3), (0.7, 0.5)),
    ]);

    [Theory]
    [InlineData(0.2, 0.5, "bay-01")]
    [InlineData(0.44, 0.85, "bay-02")]
    [InlineData(0.7, 0.4, "bay-02")]
    [InlineData(0.05, 0.5, null)]
    [InlineData(0.5, 0.95, null)]
    public void A_plate_belongs_to_the_first_zone_that_holds_it(double x, double y, string? bay)
    {
        var zone = _zones.ZoneAt(new PicturePoint(x, y));

        Assert.Equal(bay, zone is { } found ? _zones.BayOf(found) : null);
    }

    [Fact]
    public void A_mask_covers_what_the_zone_holds()
    {
        using var mask = _zones.MaskOf(0, new Size(100, 100));

        Assert.Equal(255, mask.At<byte>(50, 20));
        Assert.Equal(0, mask.At<byte>(50, 70));
        Assert.InRange(Cv2.CountNonZero(mask), 2300, 2700);
    }
}
