using System.Text.Json;
using BayEdge.Contracts;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Commissioning;
using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;
using BayEdge.Service.Hosting;
using BayEdge.Service.Status;
using BayEdge.Storage.Files;

namespace BayEdge.Service.Commissioning;

/// <summary>The record of what was proved: kept on the device, and told to the central system on a retained topic after every start.</summary>
internal sealed class Handovers(CommissioningKeeper keeper, RuntimeKeeper runtimes, DataFolder folder, TimeProvider time) : BackgroundService
{
    public const string FileName = "handover.json";

    private readonly string _path = Path.Combine(folder.Path, FileName);

    /// <summary>The last one; null when the device was never handed over.</summary>
    public DeviceHandover? Read()
    {
        try
        {
            return PrivateFile.Read(_path) is { } content ? JsonSerializer.Deserialize(content, ContractsJson.Wire.DeviceHandover) : null;
        }
        catch (Exception exception) when (exception is StorageFaultException or JsonException)
        {
            // What cannot be read was not handed over, as far as anybody can show.
            return null;
        }
    }

    /// <exception cref="StorageFaultException">The disk does not take it; nothing was handed over.</exception>
    public DeviceHandover Sign(EdgeConfiguration configuration, string revision, string by)
    {
        var now = time.GetUtcNow();
        var present = keeper.Progress;
        var verified = configuration.Bays.Count(bay => present.Walks.GetValueOrDefault(bay.Id)?.Under(configuration) is { IsVerified: true });
        var says = CommissioningSentences.HandedOver.With(("by", by), ("count", verified), ("of", configuration.Bays.Length));
        var state = verified == configuration.Bays.Length ? StepState.Ok : StepState.Warning;
        var record = new StepRecord(state, says, [], now);
        var handover = Compose(configuration, revision, by, present.With(CommissioningStep.Handover, record), KernelClock.Describe(), now);
        PrivateFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(handover, ContractsJson.Wire.DeviceHandover));
        // What was proved while the disk took its time is no part of this record, but is not lost.
        keeper.Update(progress => progress.With(CommissioningStep.Handover, record) with { HandedOverAt = now });
        Tell(handover);
        return handover;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = runtimes.Changed;
            if (Read() is { } handover)
                Tell(handover);
            await changed.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static DeviceHandover Compose(
        EdgeConfiguration configuration, string revision, string by, CommissioningProgress progress, ClockInfo clock, DateTimeOffset at) => new()
        {
            Site = configuration.Site,
            Device = configuration.Device,
            Version = HealthReporter.Version,
            Revision = revision,
            At = at,
            By = by,
            Clock = clock,
            Steps = [.. progress.Steps.Select(step => Item(JsonNamingPolicy.CamelCase.ConvertName(step.Key.ToString()), step.Value.State, step.Value.Says, null))],
            Bays = [.. configuration.Bays.Select(bay => progress.Walks.GetValueOrDefault(bay.Id)?.Under(configuration) is { } walk
                ? new HandoverBay(bay.Id, bay.Name, StateOf(walk.State), walk.EndedAt, [.. walk.Items.Select(item => Item(item.Id, item.State, item.Says, item.Milliseconds))])
                : new HandoverBay(bay.Id, bay.Name, HandoverState.Unknown, null, []))],
        };

    private static HandoverItem Item(string name, StepState state, Phrase says, double? milliseconds) =>
        new(name, StateOf(state), says.Text, says.Key, says.Values, milliseconds);

    private static HandoverState StateOf(StepState state) => state switch
    {
        StepState.Ok => HandoverState.Ok,
        StepState.Warning => HandoverState.Warning,
        StepState.Failed => HandoverState.Failed,
        _ => HandoverState.Unknown,
    };

    private void Tell(DeviceHandover handover)
    {
        // A device that was named anew since then is another one to the central system.
        if (runtimes.Runtime is { } runtime && (runtime.Configuration.Site, runtime.Configuration.Device) == (handover.Site, handover.Device))
        {
            runtime.Services.GetRequiredService<IRetainedPublisher>().Set(
                Topics.Handover(handover.Site, handover.Device), JsonSerializer.SerializeToUtf8Bytes(handover, ContractsJson.Wire.DeviceHandover));
        }
    }
}
