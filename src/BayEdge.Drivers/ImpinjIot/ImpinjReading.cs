using System.Text.Json;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Rest;

namespace BayEdge.Drivers.ImpinjIot;

/// <summary>A reader that is set up and told to read, and may be told anew.</summary>
internal sealed class ImpinjReading(RestClient client, ImpinjIotSettings settings)
{
    private volatile bool _changing;

    public RestClient Client => client;

    public double PowerDbm { get; private set; } = settings.PowerDbm;

    /// <exception cref="DeviceFaultException">The reader works in another band than the configured one, or refuses.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await RequireBandAsync(cancellationToken);
        RequireAllowed(PowerDbm);
        await client.PutAsync("system/rfid/interface", """{"rfidInterface":"rest"}""", cancellationToken);
        await RestartAsync(PowerDbm, cancellationToken);
    }

    /// <exception cref="DeviceFaultException">The reader cannot send so, and goes on as before.</exception>
    public async Task<TransmitPower> ChangePowerAsync(double powerDbm, CancellationToken cancellationToken)
    {
        RequireAllowed(powerDbm);
        _changing = true;
        try
        {
            await RestartAsync(powerDbm, cancellationToken);
            PowerDbm = powerDbm;
        }
        catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Refused)
        {
            await RestartAsync(PowerDbm, cancellationToken);
            throw;
        }
        finally
        {
            _changing = false;
        }

        return new TransmitPower(PowerDbm, LeastDbm: null, MostDbm: null);
    }

    /// <summary>Whether the reader has stopped without being told to.</summary>
    public async Task<bool> HasStoppedAsync(CancellationToken cancellationToken) =>
        !_changing && TextIn(await client.GetAsync("status", cancellationToken), "status") == "idle";

    /// <returns>Null when the reader does not tell, or tells what has no name here.</returns>
    public static async Task<RadioRegion?> RegionAsync(RestClient client, CancellationToken cancellationToken)
    {
        try
        {
            return ImpinjRegion.Of(TextIn(await client.GetAsync("system/region", cancellationToken), "operatingRegion"));
        }
        catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Refused)
        {
            // Firmware that does not tell: what the region forbids, it refuses by itself.
            return null;
        }
    }

    public static string? TextIn(JsonElement answer, string key) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private async Task RestartAsync(double powerDbm, CancellationToken cancellationToken)
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
