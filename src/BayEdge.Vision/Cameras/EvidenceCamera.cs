using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Vision.Plates;
using OpenCvSharp;

namespace BayEdge.Vision.Cameras;

/// <summary>Lays pictures of sure plates, and of what moves, where they may become evidence.</summary>
/// <remarks>What is seen goes on without them, whatever becomes of them.</remarks>
internal sealed class EvidenceCamera(CameraConfiguration configuration, IPictureTray tray)
{
    // Enough for a person to see the vehicle; about 100 kB.
    private const int SceneWidth = 960;
    private const int SceneQuality = 70;
    private const int CropWidth = 480;
    private const int CropQuality = 85;

    /// <summary>What a crop shows around the number, as shares of its width and height.</summary>
    private const double RoomAside = 0.15;
    private const double RoomAbove = 0.4;

    /// <param name="reading">What the sighting rests on in this picture.</param>
    public void PlateIsSure(Frame frame, PlateSighting plate, PlateReading reading) => Try(() => LayPlate(frame, plate, reading));

    public void SomethingMoves(Frame frame) => Try(() => LayScene(frame));

    private static void Try(Action work)
    {
        try
        {
            work();
        }
#pragma warning disable CA1031 // A picture less is better than an event less.
        catch (Exception exception) when (exception is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            // The next one may be well.
        }
    }

    private void LayPlate(Frame frame, PlateSighting plate, PlateReading reading)
    {
        var quality = reading.Confidence * PlateGeometry.Width(reading.Quad);
        if (!tray.WantsPlate(configuration.Id, plate.Zone, plate.Text, quality, frame.At))
            return;
        using var crop = new Mat(frame.Picture, PlateGeometry.WithinOrAll(PlateGeometry.Around(reading.Quad, RoomAside, RoomAbove), frame.Picture.Size()));
        tray.Lay(new PlatePicture(
            configuration.Id, plate.Zone, plate.Text, quality, frame.At, Pictures.ToJpeg(crop, CropWidth, CropQuality), Pictures.ToJpeg(frame.Picture, SceneWidth, SceneQuality)));
    }

    private void LayScene(Frame frame)
    {
        if (tray.WantsScene(configuration.Id, frame.At))
        {
            tray.Lay(new ScenePicture(
                configuration.Id, [.. configuration.Zones.Select(zone => zone.Bay).Distinct()], frame.At, Pictures.ToJpeg(frame.Picture, SceneWidth, SceneQuality)));
        }
    }
}
