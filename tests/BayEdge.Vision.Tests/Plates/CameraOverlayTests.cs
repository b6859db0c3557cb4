using BayEdge.Core.Configuration;
using BayEdge.Simulator.Cameras;
using BayEdge.Simulator.Plates;
using BayEdge.Vision.Plates;
using OpenCvSharp;

namespace BayEdge.Vision.Tests.Plates;

/// <summary>What cameras write into their pictures, as they write it: white, with a black rim, in a corner.</summary>
public sealed class CameraOverlayTests
{
    [Theory]
    [InlineData(PlateRegion.Cn)]
    [InlineData(PlateRegion.Eu)]
    [InlineData(PlateRegion.Us)]
    [InlineData(PlateRegion.Br)]
    public void The_cameras_clock_and_name_are_never_read_as_a_plate(PlateRegion region)
    {
        using var reader = PlateReader.Open(new PlateReaderOptions(), TimeProvider.System);
        using var plates = new PlateRenderer();
        using var renderer = new SceneRenderer(plates, seed: 3);
        foreach (var (date, time, name) in new[] { ("2026-03-02", "08:15:22", "CAM01"), ("02/03/2026 Mon", "17:40:05", "IPCamera 02"), ("2026.11.28", "23:59:59", "Channel1") })
        {
            using var scene = renderer.Render(new BayScene(DateTimeOffset.UnixEpoch));
            Write(scene, $"{date} {time}", new Point(20, 50), 1.2);
            Write(scene, date, new Point(20, 690), 0.9);
            Write(scene, time, new Point(400, 690), 0.9);
            Write(scene, name, new Point(900, 690), 1.2);

            Assert.Empty(reader.Read(scene, new PlateSearch(region), TestContext.Current.CancellationToken).Select(plate => plate.Text));
        }
    }

    private static void Write(Mat picture, string text, Point at, double scale)
    {
        Cv2.PutText(picture, text, at, HersheyFonts.HersheySimplex, scale, Scalar.Black, thickness: 6, LineTypes.AntiAlias);
        Cv2.PutText(picture, text, at, HersheyFonts.HersheySimplex, scale, Scalar.White, thickness: 2, LineTypes.AntiAlias);
    }
}
