using System.Runtime.InteropServices;
using BayEdge.Core.Delivery;
using BayEdge.Service.Hosting;
using BayEdge.Service.Status;

namespace BayEdge.Service.Support;

/// <summary>The computer and what runs on it.</summary>
internal sealed record SystemView(
    string Version, string Runtime, string System, string Machine, DateTimeOffset Now, long? DiskFreeBytes, double? TemperatureCelsius, long? Backlog, bool Watching)
{
    public static SystemView Of(DataFolder folder, RuntimeKeeper keeper, TimeProvider time) => new(
        HealthReporter.Version,
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.OSDescription,
        RuntimeInformation.OSArchitecture.ToString(),
        time.GetUtcNow(),
        folder.FreeBytes(),
        ProcessorTemperature.ReadCelsius(),
        BacklogOf(keeper.Runtime),
        keeper.Runtime is not null);

    private static long? BacklogOf(EdgeRuntime? runtime)
    {
        try
        {
            return runtime?.Services.GetRequiredService<IOutbox>().GetStatus().Backlog;
        }
        catch (StorageFaultException)
        {
            // The page says first that the disk fails.
            return null;
        }
    }
}
