using BayEdge.Vision.Plates.Locating;
using OpenCvSharp;

namespace BayEdge.Vision.Tests.Plates.Locating;

public sealed class ColourZonesTests : IDisposable
{
    private static readonly Rect Plate = new(500, 400, 120, 35);

    private readonly Mat _picture = new(720, 1280, MatType.CV_8UC3, new Scalar(90, 90, 90));

    public void Dispose() => _picture.Dispose();

    [Theory]
    [InlineData("Blue", 160, 70, 20)]
    [InlineData("Green", 120, 200, 70)]
    [InlineData("Yellow", 30, 180, 230)]
    public void A_patch_of_a_plates_colour_and_shape_is_looked_at_with_its_surroundings(string ground, int blue, int green, int red)
    {
        Cv2.Rectangle(_picture, Plate, new Scalar(blue, green, red), -1);

        var zone = Assert.Single(ColourZones.Locate(_picture, [Enum.Parse<PlateGround>(ground)])).Zone;

        Assert.Equal(Plate, zone.Intersect(Plate));
        Assert.InRange(zone.Width, Plate.Width + 10, 2 * Plate.Width);
        Assert.Empty(ColourZones.Locate(_picture, []));
    }

    [Fact]
    public void A_plate_that_is_green_in_front_and_yellow_behind_is_one_patch()
    {
        Cv2.Rectangle(_picture, Plate with { Width = 32 }, new Scalar(120, 200, 70), -1);
        Cv2.Rectangle(_picture, Plate with { X = Plate.X + 32, Width = Plate.Width - 32 }, new Scalar(30, 180, 230), -1);

        var zone = Assert.Single(ColourZones.Locate(_picture, [PlateGround.GreenAndYellow])).Zone;

        Assert.Equal(Plate, zone.Intersect(Plate));
    }

    [Fact]
    public void A_blue_vehicle_is_no_plate()
    {
        Cv2.Rectangle(_picture, new Rect(200, 200, 900, 200), new Scalar(160, 70, 20), -1);

        Assert.Empty(ColourZones.Locate(_picture, [PlateGround.Blue]));
    }

    [Fact]
    public void A_patch_at_the_edge_gives_a_zone_within_the_picture()
    {
        Cv2.Rectangle(_picture, new Rect(1200, 690, 80, 30), new Scalar(160, 70, 20), -1);

        var zone = Assert.Single(ColourZones.Locate(_picture, [PlateGround.Blue])).Zone;

        Assert.Equal(new Size(1280, 720), new Size(zone.Right, zone.Bottom));
    }
}
