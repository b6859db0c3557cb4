using BayEdge.Core.Drivers;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.Chafon;

/// <summary>Brings a reader into the state that the configuration asks for, and believes only what it reads back.</summary>
internal static class ChafonSetUp
{
    /// <exception cref="DeviceFaultException">The reader does not do what was asked for.</exception>
    public static async Task ApplyAsync(ChafonSession session, ChafonSettings settings, CancellationToken cancellationToken)
    {
        settings.RequireAntennas(settings.Model ?? session.Information.Model);
        if (settings.Band is { } band && band.Code != session.Information.Band)
            await ApplyBandAsync(session, settings, band, cancellationToken);
        if (settings.PowerDbm is { } power)
            await ApplyPowerAsync(session, settings, power, cancellationToken);
        else if (settings.Band is { } chosen)
            settings.RequireOwnAllowed(chosen, session.Information.PowerDbm);
    }

    /// <summary>Sets the power, in whole dBm, and reads it back.</summary>
    public static async Task ApplyPowerAsync(ChafonSession session, ChafonSettings settings, int power, CancellationToken cancellationToken)
    {
        settings.RequireAllowed(ChafonBand.Of(session.Information.Band), power);
        await SerialReadback.ApplyPowerAsync(
            "reader", settings.Port, power, () => Task.FromResult((int)session.Information.PowerDbm),
            wanted => SetPowerAsync(session, wanted, cancellationToken), dBm => $"{dBm} dBm");
    }

    private static async Task SetPowerAsync(ChafonSession session, int power, CancellationToken cancellationToken)
    {
        await session.RequestAsync(ChafonCommand.SetPower, new[] { (byte)power }, cancellationToken);
        await session.RefreshAsync(cancellationToken);
    }

    /// <summary>For a check, which sets nothing.</summary>
    /// <exception cref="DeviceFaultException">What is configured would be refused.</exception>
    public static void RequirePossible(ChafonSettings settings, ChafonInformation found)
    {
        if (settings.PowerDbm is { } wanted)
            settings.RequireAllowed(settings.Band ?? ChafonBand.Of(found.Band), wanted);
        else if (settings.Band is { } chosen)
            settings.RequireOwnAllowed(chosen, found.PowerDbm);
    }

    private static async Task ApplyBandAsync(ChafonSession session, ChafonSettings settings, ChafonBand band, CancellationToken cancellationToken)
    {
        await session.RequestAsync(ChafonCommand.SetBand, band.Parameters, cancellationToken);
        await session.RefreshAsync(cancellationToken);
        if (session.Information.Band != band.Code)
            throw SerialReadback.RegionStays("reader", settings.Port, band.Description, ChafonBand.Describe(session.Information.Band));
    }
}
