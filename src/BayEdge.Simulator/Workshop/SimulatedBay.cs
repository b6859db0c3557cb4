namespace BayEdge.Simulator.Workshop;

/// <summary>A bay and the devices that watch it.</summary>
/// <param name="Index">Its place in the row, from 0; neighbours differ by 1.</param>
/// <param name="Id">As configured: "bay-01".</param>
/// <param name="Reader">The reader whose antenna hangs over it: "reader-1".</param>
/// <param name="Antenna">The antenna's port, from 1.</param>
/// <param name="Camera">Its camera: "cam-1"; null when it has none.</param>
public sealed record SimulatedBay(int Index, string Id, string Reader, int Antenna, string? Camera)
{
    private const int PortsOfReader = 4;

    internal static SimulatedBay InRow(int index, bool hasCamera) => new(
        index,
        $"bay-{index + 1:00}",
        $"reader-{(index / PortsOfReader) + 1}",
        (index % PortsOfReader) + 1,
        hasCamera ? $"cam-{index + 1}" : null);
}
