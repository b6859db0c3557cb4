using BayEdge.Simulator.Cameras;
using BayEdge.Simulator.Plates;

namespace BayEdge.Simulator.Tests.Cameras;

internal static class Scenes
{
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public static readonly BayScene Empty = new(Monday);

    public static readonly BayScene Parked = Empty with { Car = ACar(approach: 1) };

    public static SceneCar ACar(double approach, CarEnd end = CarEnd.Front) =>
        new(approach, end, Look: 3) { Plate = new PlateNumber(PlateKind.ChinaGreenSmall, "沪AD12345") };
}
