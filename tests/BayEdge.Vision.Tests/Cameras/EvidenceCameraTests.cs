using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Vision.Cameras;
using Microsoft.Extensions.Logging.Abstractions;
using OpenCvSharp;

namespace BayEdge.Vision.Tests.Cameras;

public sealed class EvidenceCameraTests
{
    private static readonly ObservedAt Start = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero), TimeSpan.Zero);

    [Fact]
    public async Task A_plate_that_became_sure_lies_there_with_its_crop_and_the_scene()
    {
        var tray = new KeepingTray();

        var plates = await LookAsync(tray);

        Assert.NotEmpty(plates);
        var laid = Assert.Single(tray.Plates);
        Assert.Equal(("cam-1", "bay-01", "沪AD12345", plates[0].At), (laid.Camera, laid.Bay, laid.Plate, laid.At));
        using var crop = Cv2.ImDecode(laid.Crop.ToArray(), ImreadModes.Color);
        using var scene = Cv2.ImDecode(laid.Scene.ToArray(), ImreadModes.Color);
        Assert.Equal((320, 240), (scene.Width, scene.Height));
        Assert.InRange(crop.Width, 150, 160);
        Assert.InRange(crop.Height, 50, 58);
    }

    [Fact]
    public async Task While_nothing_moves_no_scene_is_taken()
    {
        var tray = new KeepingTray();

        await LookAsync(tray);

        // The first picture counts as motion.
        Assert.Equal(["bay-01"], Assert.Single(tray.Scenes).Bays);
    }

    [Fact]
    public async Task Where_no_pictures_are_wanted_none_is_made()
    {
        var tray = new KeepingTray { Wants = false };

        Assert.NotEmpty(await LookAsync(tray));
        Assert.Empty(tray.Plates);
        Assert.Empty(tray.Scenes);
    }

    [Fact]
    public async Task A_tray_that_breaks_loses_no_plate() => Assert.NotEmpty(await LookAsync(new KeepingTray { Breaks = true }));

    private static async Task<List<PlateSighting>> LookAsync(KeepingTray tray)
    {
        using var reader = new ScriptedReader(CameraBench.Reading("沪AD12345"));
        using var shared = new SharedPlateReader(() => reader, TimeProvider.System, NullLogger.Instance);
        using var watch = new ZoneWatch(CameraBench.Camera("unused"), CameraBench.Options("unused"), shared, tray: tray);
        using var picture = CameraBench.Picture(x: 100);
        var plates = new List<PlateSighting>();
        for (var number = 0; number < 20; number++)
        {
            using var frame = new Frame(picture.Clone(), Start + TimeSpan.FromSeconds(0.25 * number));
            plates.AddRange((await watch.LookAsync(frame, TestContext.Current.CancellationToken)).OfType<PlateSighting>());
        }

        return plates;
    }

    private sealed class KeepingTray : IPictureTray
    {
        public bool Wants { get; init; } = true;

        public bool Breaks { get; init; }

        public List<PlatePicture> Plates { get; } = [];

        public List<ScenePicture> Scenes { get; } = [];

        public bool WantsPlate(string camera, string bay, string plate, double quality, ObservedAt at) =>
            Breaks ? throw new InvalidOperationException("out of sorts") : Wants && Plates.Count == 0;

        public void Lay(PlatePicture picture) => Plates.Add(picture);

        public bool WantsScene(string camera, ObservedAt at) => Breaks ? throw new InvalidOperationException("out of sorts") : Wants;

        public void Lay(ScenePicture picture) => Scenes.Add(picture);
    }
}
