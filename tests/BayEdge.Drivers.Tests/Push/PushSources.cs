using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Tests.Push;

/// <summary>Configured devices that push.</summary>
internal static class PushSources
{
    private static readonly ImmutableArray<PicturePoint> WholePicture = [new(0, 0), new(1, 0), new(1, 1), new(0, 1)];

    public static ReaderConfiguration Reader(DriverSettings? settings = null, params int[] antennas) => new(
        "reader-1", DriverOf(settings), settings ?? DriverSettings.Empty, [.. antennas.DefaultIfEmpty(1).Select(port => new AntennaConfiguration(port, $"bay-{port:00}"))]);

    public static CameraConfiguration Camera(DriverSettings? settings = null, params string[] bays) => new(
        "cam-1", DriverOf(settings), settings ?? DriverSettings.Empty, [.. bays.DefaultIfEmpty("bay-01").Select(bay => new ZoneConfiguration(bay, WholePicture))]);

    public static PresenceConfiguration Contact(DriverSettings? settings = null) => new("loop-1", DriverOf(settings), settings ?? DriverSettings.Empty, "bay-01");

    private static string DriverOf(DriverSettings? settings) => settings?.Find("topic") is null ? "http" : "mqtt";
}
