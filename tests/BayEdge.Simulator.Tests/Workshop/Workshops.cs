using BayEdge.Simulator.Cameras;
using BayEdge.Simulator.Plates;
using BayEdge.Simulator.Workshop;

namespace BayEdge.Simulator.Tests.Workshop;

internal static class Workshops
{
    public static readonly DateTimeOffset Morning = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public static readonly SimulatedVehicle Vehicle =
        new("WO-1001", new PlateNumber(PlateKind.ChinaGreenSmall, "沪AD12345"), ["E28068940000501234567890"], Look: 3);

    public static WorkshopScript ADay(int seed = 1, int bays = 3, int cameras = 1, double hours = 8) => WorkshopScript.Generate(
        new WorkshopOptions { Seed = seed, Bays = bays, Cameras = cameras, Duration = TimeSpan.FromHours(hours) }, Morning);

    /// <summary>One vehicle in the middle one of three bays from 8:01 to 8:11, hidden by a person from 8:05 to 8:06.</summary>
    public static WorkshopScript OneVisit()
    {
        SimulatedBay[] bays = [.. Enumerable.Range(0, 3).Select(i => SimulatedBay.InRow(i, hasCamera: true))];
        var obstruction = new Obstruction(Morning.AddMinutes(5), Morning.AddMinutes(6), Across: 0);
        var visit = new TrueVisit(bays[1], Vehicle, Morning.AddMinutes(1), Morning.AddMinutes(11), CarEnd.Front, [obstruction]);
        return new WorkshopScript(Morning, bays, [Vehicle], [visit]);
    }
}
