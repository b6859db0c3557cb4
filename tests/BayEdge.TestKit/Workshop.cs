using System.Collections.Immutable;
using System.Globalization;
using BayEdge.Contracts.State;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;

namespace BayEdge.TestKit;

/// <summary>A workshop whose bays <c>bay-01</c>, <c>bay-02</c> … each have an antenna of <c>reader-1</c>, a camera <c>cam-N</c> and a contact <c>loop-N</c>.</summary>
public static class Workshop
{
    public const string Reader = "reader-1";

    private static readonly ImmutableArray<PicturePoint> WholePicture = [new(0, 0), new(1, 0), new(1, 1), new(0, 1)];

    public static EdgeConfiguration WithBays(int count, params ExpectedVehicle[] expected)
    {
        var numbers = Enumerable.Range(1, count).ToList();
        return new EdgeConfiguration
        {
            Site = "sh-01",
            Device = "pi-01",
            Bays = [.. numbers.Select(number => new BayConfiguration(Bay(number), Bay(number)))],
            Readers = [new ReaderConfiguration(Reader, "llrp", DriverSettings.Empty, [.. numbers.Select(number => new AntennaConfiguration(number, Bay(number)))])],
            Cameras = [.. numbers.Select(number => new CameraConfiguration($"cam-{number}", "stream", DriverSettings.Empty, [new ZoneConfiguration(Bay(number), WholePicture)]))],
            Presence = [.. numbers.Select(number => new PresenceConfiguration($"loop-{number}", "gpio", DriverSettings.Empty, Bay(number)))],
            Vehicles = [.. expected],
        };
    }

    public static string Bay(int number) => string.Create(CultureInfo.InvariantCulture, $"bay-{number:00}");

    public static string Camera(string bay) => $"cam-{Number(bay)}";

    public static string Loop(string bay) => $"loop-{Number(bay)}";

    /// <summary>The antenna port that looks at a bay.</summary>
    public static int Number(string bay) => int.Parse(bay.AsSpan("bay-".Length), CultureInfo.InvariantCulture);
}
