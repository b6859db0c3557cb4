using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Vision.Plates;
using OpenCvSharp;

namespace BayEdge.Vision.Cameras;

/// <summary>Shows a watcher what a camera sees: the whole picture, read once, whatever the zones and the votes make of it.</summary>
internal sealed class CameraPeep(CameraConfiguration configuration, SharedPlateReader reader, ICameraWatch watch)
{
    // A phone's width; the plates are read from the camera's own picture.
    private const int MostWidth = 960;
    private const int JpegQuality = 70;

    public async Task ShowAsync(Frame frame, CancellationToken cancellationToken)
    {
        if (!watch.Wants(configuration.Id))
            return;
        var picture = frame.Picture;
        var search = new PlateSearch(configuration.PlateRegion) { Upright = PictureZones.InPixels(configuration.Straighten, picture.Size()) };
        var plates = await reader.ReadAsync(picture, search, cancellationToken);
        watch.Saw(configuration.Id, new CameraLook(
            Pictures.ToJpeg(picture, MostWidth, JpegQuality), picture.Width, picture.Height, frame.At, [.. plates.Select(plate => Look(plate, picture.Size()))]));
    }

    private static PlateLook Look(PlateReading plate, Size size) => new(
        plate.Text,
        plate.Confidence,
        [.. plate.Quad.Select(corner => new PicturePoint(Math.Clamp(corner.X / size.Width, 0, 1), Math.Clamp(corner.Y / size.Height, 0, 1)))],
        Math.Round(PlateGeometry.Width(plate.Quad)));
}
