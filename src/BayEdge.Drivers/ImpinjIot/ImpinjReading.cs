using BayEdge.Core.Drivers;
using BayEdge.Drivers.Rest;

namespace BayEdge.Drivers.ImpinjIot;

/// <summary>A reader that is set up and told to read, and may be told anew.</summary>
internal sealed class ImpinjReading(RestClient client, ImpinjIotSettings settings, TimeProvider time)
{
    private static readonly TimeSpan MemoryLimit = TimeSpan.FromSeconds(3);

    private RadioBand? _band = settings.Band;
    private int _changes;
    private volatile bool _changing;
    private volatile ImpinjMemory? _wanted;

    public RestClient Client => client;

    public ImpinjPower Power { get; } = new(settings, time);

    public ImpinjLimits Limits { get; private set; } = new(null, null, null);

    /// <summary>As the reader names it, else as it was told to.</summary>
    public TransmitPower PowerNow => new(Power.NowDbm, Limits.LeastDbm, Limits.MostDbm);

    /// <summary>Sees that what is configured can be.</summary>
    /// <exception cref="DeviceFaultException">The reader works in another band than the configured one, or cannot send so.</exception>
    public async Task RequirePossibleAsync(CancellationToken cancellationToken)
    {
        Limits = await ImpinjLimits.AskAsync(client, cancellationToken);
        await RequireBandAsync(cancellationToken);
        settings.RequireAllowed(_band, Power.OrderedDbm);
        Limits.Require(settings, Power.OrderedDbm);
    }

    /// <exception cref="DeviceFaultException">The reader works in another band than the configured one, or refuses.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await RequirePossibleAsync(cancellationToken);
        await client.PutAsync("system/rfid/interface", """{"rfidInterface":"rest"}""", "switch its IoT device interface on", cancellationToken);
        await RestartAsync(Power.OrderedDbm, memory: null, cancellationToken);
    }

    /// <exception cref="DeviceFaultException">The reader cannot send so, and goes on as before.</exception>
    public async Task<TransmitPower> ChangePowerAsync(double powerDbm, CancellationToken cancellationToken)
    {
        settings.RequireAllowed(_band, powerDbm);
        Limits.Require(settings, powerDbm);
        var before = Power.OrderedDbm;
        BeginChange();
        Power.Order(powerDbm);
        try
        {
            await RestartAsync(powerDbm, memory: null, cancellationToken);
        }
        catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Refused)
        {
            Power.Order(before);
            await HalfWay.MustAsync(() => RestartAsync(before, memory: null, cancellationToken));
            throw;
        }
        finally
        {
            _changing = false;
        }

        return PowerNow;
    }

    /// <exception cref="DeviceFaultException">The tag is not there, or does not give it; the reader goes on as before.</exception>
    public async Task<string> ReadMemoryAsync(ImpinjMemory memory, CancellationToken cancellationToken)
    {
        BeginChange();
        _wanted = memory;
        string? found;
        try
        {
            await RestartAsync(Power.OrderedDbm, memory, cancellationToken);
            found = await memory.WithinAsync(MemoryLimit, time, cancellationToken);
        }
        finally
        {
            _wanted = null;
            try
            {
                await HalfWay.MustAsync(() => RestartAsync(Power.OrderedDbm, memory: null, cancellationToken));
            }
            finally
            {
                _changing = false;
            }
        }

        return found is null
            ? throw TagWords.NotFound($"reader at {settings.Address}", memory.Tag)
            : TagWords.HexOf(Convert.FromHexString(found), memory.Tag, memory.Words);
    }

    /// <summary>Takes what the reader told of a tag while its memory is wanted.</summary>
    public void Offer(ImpinjEvent found) => _wanted?.Offer(found);

    /// <summary>Whether the reader has stopped without being told to.</summary>
    public async Task<bool> HasStoppedAsync(CancellationToken cancellationToken)
    {
        var changes = Volatile.Read(ref _changes);
        // What the answer says of the midst of a change says nothing.
        return !_changing && RestAnswer.TextIn(await client.GetAsync("status", "say whether it reads", cancellationToken), "status") == "idle"
            && !_changing && changes == Volatile.Read(ref _changes);
    }

    /// <returns>Null when the reader does not tell: what the region forbids, it refuses by itself.</returns>
    public static async Task<RadioRegion?> RegionAsync(RestClient client, CancellationToken cancellationToken) =>
        ImpinjRegion.Of(RestAnswer.TextIn(await client.TryGetAsync("system/region", cancellationToken), "operatingRegion"));

    /// <summary>Has the reader read, from the beginning when it reads already.</summary>
    /// <param name="memory">What is to be told of each tag besides; null for nothing.</param>
    public async Task RestartAsync(double powerDbm, ImpinjMemory? memory, CancellationToken cancellationToken)
    {
        // A profile that another program left running would keep the radio.
        await client.PostAsync("profiles/stop", null, "stop reading", cancellationToken);
        await client.PostAsync(
            "profiles/inventory/start", ImpinjPreset.Write(settings, powerDbm, memory), "start reading", cancellationToken,
            "Check antennas, powerDbm and rfMode against what its region allows.");
    }

    private void BeginChange()
    {
        Interlocked.Increment(ref _changes);
        _changing = true;
    }

    private async Task RequireBandAsync(CancellationToken cancellationToken)
    {
        var found = await RegionAsync(client, cancellationToken);
        _band = settings.Band ?? (found?.Name is { } name ? RadioBand.Named(name) : null);
        if (settings.Band is { } wanted && found is not null && found.Name != wanted.Name)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused,
                $"The reader at {settings.Address} is set to {found.Description}, but {wanted.Description} is configured. Set the region on the reader's own page, use a reader made for this region, or correct the setting region.");
        }
    }
}
