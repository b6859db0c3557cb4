using BayEdge.Core.Drivers;
using BayEdge.Drivers.Rest;

namespace BayEdge.Drivers.ImpinjIot;

/// <summary>A reader that is set up and told to read, and may be told anew.</summary>
internal sealed class ImpinjReading(RestClient client, ImpinjIotSettings settings, TimeProvider time)
{
    private volatile bool _changing;

    public RestClient Client => client;

    public ImpinjPower Power { get; } = new(settings, time);

    public ImpinjLimits Limits { get; private set; } = new(null, null, null);

    /// <summary>As the reader names it, else as it was told to.</summary>
    public TransmitPower PowerNow => new(Power.ToldDbm ?? Power.OrderedDbm, Limits.LeastDbm, Limits.MostDbm);

    /// <summary>Sees that what is configured can be.</summary>
    /// <exception cref="DeviceFaultException">The reader works in another band than the configured one, or cannot send so.</exception>
    public async Task RequirePossibleAsync(CancellationToken cancellationToken)
    {
        Limits = await ImpinjLimits.AskAsync(client, cancellationToken);
        await RequireBandAsync(cancellationToken);
        RequireAllowed(Power.OrderedDbm);
        Limits.Require(settings, Power.OrderedDbm);
    }

    /// <exception cref="DeviceFaultException">The reader works in another band than the configured one, or refuses.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await RequirePossibleAsync(cancellationToken);
        await client.PutAsync("system/rfid/interface", """{"rfidInterface":"rest"}""", cancellationToken);
        await RestartAsync(Power.OrderedDbm, cancellationToken);
    }

    /// <exception cref="DeviceFaultException">The reader cannot send so, and goes on as before.</exception>
    public async Task<TransmitPower> ChangePowerAsync(double powerDbm, CancellationToken cancellationToken)
    {
        RequireAllowed(powerDbm);
        Limits.Require(settings, powerDbm);
        var before = Power.OrderedDbm;
        _changing = true;
        Power.Order(powerDbm);
        try
        {
            await RestartAsync(powerDbm, cancellationToken);
        }
        catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Refused)
        {
            Power.Order(before);
            await RestartAsync(before, cancellationToken);
            throw;
        }
        finally
        {
            _changing = false;
        }

        return PowerNow;
    }

    /// <summary>Whether the reader has stopped without being told to.</summary>
    public async Task<bool> HasStoppedAsync(CancellationToken cancellationToken) =>
        !_changing && RestAnswer.TextIn(await client.GetAsync("status", cancellationToken), "status") == "idle";

    /// <returns>Null when the reader does not tell: what the region forbids, it refuses by itself.</returns>
    public static async Task<RadioRegion?> RegionAsync(RestClient client, CancellationToken cancellationToken) =>
        ImpinjRegion.Of(RestAnswer.TextIn(await client.TryGetAsync("system/region", cancellationToken), "operatingRegion"));

    /// <summary>Has the reader read, from the beginning when it reads already.</summary>
    public async Task RestartAsync(double powerDbm, CancellationToken cancellationToken)
    {
        // A profile that another program left running would keep the radio.
        await client.PostAsync("profiles/stop", null, cancellationToken);
        await client.PostAsync("profiles/inventory/start", ImpinjPreset.Write(settings, powerDbm), cancellationToken);
    }

    private async Task RequireBandAsync(CancellationToken cancellationToken)
    {
        if (settings.Band is { } wanted && await RegionAsync(client, cancellationToken) is { } found && found.Name != wanted.Name)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused,
                $"The reader at {settings.Address} is set to {found.Description}, but {wanted.Description} is configured. Set the region on the reader's own page, use a reader made for this region, or correct the setting region.");
        }
    }

    private void RequireAllowed(double powerDbm) => settings.Band?.RequireAllowed($"reader at {settings.Address}", powerDbm, settings.AntennaGainDbi);
}
