using System.Buffers.Binary;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.R200;

/// <summary>Brings a module into the state that the configuration asks for, and believes only what it reads back.</summary>
internal static class R200SetUp
{
    /// <summary>Bits of the query parameters that choose tags: selection, session and target (Unit RFID-UHF protocol, section 2.13).</summary>
    private const int WhichTags = 0x0C00 | 0x0300 | 0x0080;

    private const byte NeverSelect = 1;

    /// <exception cref="DeviceFaultException">The module does not do what was asked for.</exception>
    public static async Task ApplyAsync(R200Session session, R200Settings settings, CancellationToken cancellationToken)
    {
        if (settings.Region is { } region)
            await ApplyRegionAsync(session, settings, region, cancellationToken);
        if (settings.PowerCentiDbm is { } power)
            await ApplyPowerAsync(session, settings, power, cancellationToken);
        else if (settings.Region is { } chosen)
            settings.RequireOwnAllowed(chosen, await PowerAsync(session, cancellationToken));
        await ReadAllTagsAgainAndAgainAsync(session, cancellationToken);
    }

    public static async Task<byte> RegionAsync(R200Session session, CancellationToken cancellationToken) =>
        (await AskAsync(session, R200Command.GetRegion, bytes: 1, cancellationToken))[0];

    /// <returns>Hundredths of a dBm.</returns>
    public static async Task<int> PowerAsync(R200Session session, CancellationToken cancellationToken) =>
        BinaryPrimitives.ReadUInt16BigEndian(await AskAsync(session, R200Command.GetPower, sizeof(ushort), cancellationToken));

    private static async Task ApplyRegionAsync(R200Session session, R200Settings settings, R200Region wanted, CancellationToken cancellationToken)
    {
        var found = await RegionAsync(session, cancellationToken);
        if (found == wanted.Code)
            return;

        await session.RequestAsync(R200Command.SetRegion, new[] { wanted.Code }, cancellationToken);
        found = await RegionAsync(session, cancellationToken);
        if (found != wanted.Code)
            throw SerialReadback.RegionStays("module", settings.Port, wanted.Description, R200Region.Describe(found));
    }

    /// <summary>Sets the power and reads it back.</summary>
    /// <param name="wanted">Hundredths of a dBm.</param>
    public static async Task ApplyPowerAsync(R200Session session, R200Settings settings, int wanted, CancellationToken cancellationToken)
    {
        settings.RequireAllowed(R200Region.Of(await RegionAsync(session, cancellationToken)), wanted);
        await SerialReadback.ApplyPowerAsync(
            "module", settings.Port, wanted, () => PowerAsync(session, cancellationToken),
            power => session.RequestAsync(R200Command.SetPower, new[] { (byte)(power >> 8), (byte)power }, cancellationToken), SerialReadback.Dbm);
    }

    /// <summary>For a check, which sets nothing.</summary>
    /// <exception cref="DeviceFaultException">What is configured would be refused.</exception>
    /// <param name="powerCentiDbm">As the module has it.</param>
    public static void RequirePossible(R200Settings settings, byte region, int powerCentiDbm)
    {
        if (settings.PowerCentiDbm is { } wanted)
            settings.RequireAllowed(settings.Region ?? R200Region.Of(region), wanted);
        else if (settings.Region is { } chosen)
            settings.RequireOwnAllowed(chosen, powerCentiDbm);
    }

    /// <summary>
    /// Undoes what another program may have left: a filter, or a session in which a parked car's tag answers once and then never again.
    /// </summary>
    private static async Task ReadAllTagsAgainAndAgainAsync(R200Session session, CancellationToken cancellationToken)
    {
        try
        {
            // The documents show this answer with the number of another command.
            await session.RequestAsync(R200Command.SetSelectMode, new[] { NeverSelect }, cancellationToken, answeredAs: R200Command.SetSelect);
            var query = BinaryPrimitives.ReadUInt16BigEndian(await AskAsync(session, R200Command.GetQuery, sizeof(ushort), cancellationToken));
            var wanted = query & ~WhichTags;
            if (wanted != query)
                await session.RequestAsync(R200Command.SetQuery, new[] { (byte)(wanted >> 8), (byte)wanted }, cancellationToken);
        }
        catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Refused)
        {
            // Modules without these commands read all tags in every round anyway.
        }
    }

    private static async Task<byte[]> AskAsync(R200Session session, byte command, int bytes, CancellationToken cancellationToken)
    {
        var answer = await session.RequestAsync(command, cancellationToken);
        return answer.Length >= bytes ? answer : throw SerialRefusal.TooShort("module", session.Port, R200Command.InWords(command), answer.Length, bytes, command);
    }
}
