using BayEdge.Core.Commissioning.Walk;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.TestKit;

namespace BayEdge.Core.Tests.Commissioning.Walk;

public sealed class WatchedByTests
{
    private static readonly EdgeConfiguration Device = Workshop.WithBays(2);

    [Fact]
    public void A_bay_whose_antenna_was_given_to_another_is_watched_otherwise_and_one_beside_it_as_before()
    {
        var reader = Device.Readers[0];
        var port = reader.Antennas.First(antenna => antenna.Bay == Workshop.Bay(1)).Port;
        var moved = Device with { Readers = Device.Readers.SetItem(0, reader with { Antennas = [.. reader.Antennas.Where(antenna => antenna.Port != port)] }) };

        Assert.NotEqual(WatchedBy.Of(Device, Workshop.Bay(1)), WatchedBy.Of(moved, Workshop.Bay(1)));
        Assert.Equal(WatchedBy.Of(Device, Workshop.Bay(2)), WatchedBy.Of(moved, Workshop.Bay(2)));
    }

    [Fact]
    public void Another_power_is_another_watching_and_another_name_of_the_bay_is_not()
    {
        var louder = Device with
        {
            Readers = [.. Device.Readers.Select(reader => reader with { Settings = DriverSettings.Of([.. reader.Settings.Values.Select(setting => (setting.Key, setting.Value)), ("powerDbm", "31")]) })],
        };
        var renamed = Device with { Bays = [.. Device.Bays.Select(bay => bay with { Name = "Lift" })] };

        Assert.NotEqual(WatchedBy.Of(Device, Workshop.Bay(1)), WatchedBy.Of(louder, Workshop.Bay(1)));
        Assert.Equal(WatchedBy.Of(Device, Workshop.Bay(1)), WatchedBy.Of(renamed, Workshop.Bay(1)));
    }
}
