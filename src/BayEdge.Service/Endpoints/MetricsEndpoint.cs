using System.Diagnostics;
using System.Globalization;
using System.Text;
using BayEdge.Contracts.State;
using BayEdge.Core.Delivery;
using BayEdge.Service.Hosting;
using BayEdge.Service.Status;

namespace BayEdge.Service.Endpoints;

/// <summary>Figures for those who monitor, in the Prometheus text format (0.0.4). None names a vehicle.</summary>
internal static class MetricsEndpoint
{
    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/metrics", (RuntimeKeeper keeper, DataFolder folder) =>
            TypedResults.Text(Write(keeper.Runtime, folder), "text/plain; version=0.0.4; charset=utf-8")).AllowAnonymous();
        routes.MapGet("/readyz", (DeviceStatus status) => status.Read().Faults.Where(fault => fault.Level == FaultView.Bad).Select(fault => fault.Says.Text).ToList() is [_, ..] faults
            ? TypedResults.Text(string.Join('\n', faults), statusCode: StatusCodes.Status503ServiceUnavailable)
            : status.FaultOfWork() is { } fault ? TypedResults.Text(fault, statusCode: StatusCodes.Status503ServiceUnavailable) : TypedResults.Text("ok")).AllowAnonymous();
    }

    private static string Write(EdgeRuntime? runtime, DataFolder folder)
    {
        var text = new StringBuilder();
        Add(text, "bayedge_info", "gauge", "The version that runs.", 1, ("version", HealthReporter.Version));
        Add(text, "bayedge_watching", "gauge", "1 while the bays are watched.", runtime is null ? 0 : 1);
        Add(text, "bayedge_clock_synchronised", "gauge", "1 while the clock follows a time server.", KernelClock.Read().IsSynchronised ? 1 : 0);
        if (folder.FreeBytes() is { } free)
            Add(text, "bayedge_disk_free_bytes", "gauge", "Free on the disk of the data folder.", free);
        if (ProcessorTemperature.ReadCelsius() is { } celsius)
            Add(text, "bayedge_processor_temperature_celsius", "gauge", "Of the processor.", celsius);
        using var process = Process.GetCurrentProcess();
        Add(text, "process_resident_memory_bytes", "gauge", "Resident memory.", process.WorkingSet64);
        Add(text, "process_cpu_seconds_total", "counter", "Processor time used.", process.TotalProcessorTime.TotalSeconds);
        if (runtime is not null)
            AddWork(text, runtime);
        return text.ToString();
    }

    private static void AddWork(StringBuilder text, EdgeRuntime runtime)
    {
        var view = runtime.Board.Read();
        Add(text, "bayedge_broker_connected", "gauge", "1 while the broker is connected.", view.Delivery.Connected ? 1 : 0);
        Add(text, "bayedge_events_confirmed_total", "counter", "Events that the central system confirmed.", view.Delivery.Confirmed);
        Add(text, "bayedge_storage_fault", "gauge", "1 while the disk takes no events.", view.Storage is null ? 0 : 1);
        AddEach(text, "bayedge_source_up", "gauge", "1 while the reader, camera or contact works.", "source", view.Sources.Select(source => (source.Id, source.Up ? 1.0 : 0)));
        AddEach(text, "bayedge_sightings_total", "counter", "What a source has seen.", "source", view.Sources.Select(source => (source.Id, (double)source.Sightings)));
        AddEach(text, "bayedge_bay_occupied", "gauge", "1 occupied, 0 vacant, -1 unknown.", "bay", view.Bays.Select(bay => (bay.Id, bay.State switch
        {
            BayOccupancy.Occupied => 1.0,
            BayOccupancy.Vacant => 0,
            _ => -1,
        })));
        try
        {
            var outbox = runtime.Services.GetRequiredService<IOutbox>().GetStatus();
            Add(text, "bayedge_events_unconfirmed", "gauge", "Events that the central system has not confirmed.", outbox.Backlog);
            Add(text, "bayedge_events_quarantined", "gauge", "Events set aside because they cannot be sent.", outbox.Quarantined);
        }
        catch (StorageFaultException)
        {
            // bayedge_storage_fault says it; a figure that is not known is left out.
        }
    }

    private static void Add(StringBuilder text, string name, string type, string help, double value, (string Name, string Value)? label = null)
    {
        Head(text, name, type, help);
        Line(text, name, value, label);
    }

    private static void AddEach(StringBuilder text, string name, string type, string help, string label, IEnumerable<(string Label, double Value)> values)
    {
        Head(text, name, type, help);
        foreach (var (of, value) in values)
            Line(text, name, value, (label, of));
    }

    private static void Head(StringBuilder text, string name, string type, string help) => text.Append($"# HELP {name} {help}\n# TYPE {name} {type}\n");

    // Ids hold no quote, backslash or line feed, which would have to be escaped.
    private static void Line(StringBuilder text, string name, double value, (string Name, string Value)? label) => text.Append(
        CultureInfo.InvariantCulture, $"{name}{(label is { } of ? $"{{{of.Name}=\"{of.Value}\"}}" : "")} {value}\n");
}
