using System.Buffers.Binary;
using System.Collections.Immutable;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.Mercury;

/// <summary>Brings a module into the state that the configuration asks for, and believes only what it reads back.</summary>
internal static class MercurySetUp
{
    private const byte Gen2 = 5;

    /// <exception cref="DeviceFaultException">The module does not do what was asked for.</exception>
    public static async Task ApplyAsync(MercurySession session, MercurySettings settings, CancellationToken cancellationToken)
    {
        await ApplyRegionAsync(session, settings, cancellationToken);
        if (settings.PowerCentiDbm is { } power)
            await ApplyPowerAsync(session, settings, power, cancellationToken);
        else if (settings.Region is { } region)
            settings.RequireOwnAllowed(region, (await PowerAsync(session, cancellationToken)).Now);
        await ChooseGen2Async(session, cancellationToken);
        await ApplyAntennasAsync(session, settings, cancellationToken);
        await ReadAllTagsAgainAndAgainAsync(session, cancellationToken);
    }

    public static Task ChooseGen2Async(MercurySession session, CancellationToken cancellationToken) =>
        session.RequestAsync(MercuryCommand.SetProtocol, new byte[] { 0, Gen2 }, cancellationToken);

    public static async Task<byte> RegionAsync(MercurySession session, CancellationToken cancellationToken) =>
        (await AskAsync(session, MercuryCommand.GetRegion, [], bytes: 1, cancellationToken))[0];

    public static async Task<MercuryPower> PowerAsync(MercurySession session, CancellationToken cancellationToken)
    {
        const byte withLimits = 1;
        var answer = await AskAsync(session, MercuryCommand.GetReadPower, [withLimits], bytes: 7, cancellationToken);
        return new MercuryPower(
            BinaryPrimitives.ReadInt16BigEndian(answer.AsSpan(1)),
            BinaryPrimitives.ReadInt16BigEndian(answer.AsSpan(5)),
            BinaryPrimitives.ReadInt16BigEndian(answer.AsSpan(3)));
    }

    private static async Task ApplyRegionAsync(MercurySession session, MercurySettings settings, CancellationToken cancellationToken)
    {
        var found = await RegionAsync(session, cancellationToken);
        if (settings.Region is null && found == MercuryRegion.None)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused, $"The module at {settings.Port} has no radio region and does not read without one. Set region to the lawful one.");
        }

        if (settings.Region is not { } wanted || wanted.Code == found)
            return;

        var taken = await session.TryRequestAsync(MercuryCommand.SetRegion, new[] { wanted.Code }, cancellationToken);
        found = await RegionAsync(session, cancellationToken);
        if (taken is null || found != wanted.Code)
            throw SerialReadback.RegionStays("module", settings.Port, wanted.Description, MercuryRegion.Describe(found));
    }

    /// <summary>Sets the power and reads it back.</summary>
    /// <param name="wanted">Hundredths of a dBm.</param>
    public static async Task ApplyPowerAsync(MercurySession session, MercurySettings settings, int wanted, CancellationToken cancellationToken)
    {
        settings.RequireAllowed(MercuryRegion.Of(await RegionAsync(session, cancellationToken)), wanted);
        RequireWithin(settings, await PowerAsync(session, cancellationToken), wanted);
        await SerialReadback.ApplyPowerAsync(
            "module", settings.Port, wanted, async () => (await PowerAsync(session, cancellationToken)).Now,
            power => session.RequestAsync(MercuryCommand.SetReadPower, new[] { (byte)(power >> 8), (byte)power }, cancellationToken), SerialReadback.Dbm);
    }

    /// <summary>Which ports there are, and on which of them an antenna is felt (MercuryAPI, serial_reader_l3.c, TMR_SR_cmdAntennaDetect).</summary>
    /// <returns>Empty when the module does not tell.</returns>
    public static async Task<ImmutableArray<AntennaPort>> DetectAntennasAsync(MercurySession session, CancellationToken cancellationToken)
    {
        const byte detect = 5;
        return await session.TryRequestAsync(MercuryCommand.GetAntennas, new[] { detect }, cancellationToken) is [detect, .. var pairs]
            ? [.. pairs.Chunk(2).Where(pair => pair.Length == 2).Select(pair => new AntennaPort(pair[0], pair[1] != 0))]
            : [];
    }

    /// <summary>For a check, which sets nothing.</summary>
    /// <exception cref="DeviceFaultException">What is configured would be refused.</exception>
    public static void RequirePossible(MercurySettings settings, byte region, MercuryPower power)
    {
        if (settings.PowerCentiDbm is { } wanted)
        {
            settings.RequireAllowed(settings.Region ?? MercuryRegion.Of(region), wanted);
            RequireWithin(settings, power, wanted);
        }
        else if (settings.Region is { } chosen)
        {
            settings.RequireOwnAllowed(chosen, power.Now);
        }
    }

    private static void RequireWithin(MercurySettings settings, MercuryPower power, int wanted)
    {
        if (wanted >= power.Least && wanted <= power.Most)
            return;
        throw new DeviceFaultException(
            DeviceFaultKind.Refused,
            $"{SerialReadback.Dbm(wanted)} is wanted, but the module at {settings.Port} can send with {SerialReadback.Dbm(power.Least)} to {SerialReadback.Dbm(power.Most)}. Correct powerDbm.");
    }

    /// <summary>A list of pairs: the port that sends, the port that listens.</summary>
    public static async Task ApplyAntennasAsync(MercurySession session, MercurySettings settings, CancellationToken cancellationToken)
    {
        const byte searchList = 2;
        byte[] list = [searchList, .. settings.Antennas.SelectMany(port => new[] { (byte)port, (byte)port })];
        if (await session.TryRequestAsync(MercuryCommand.SetAntennas, list, cancellationToken) is null)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused,
                $"The module at {settings.Port} ({session.Version.Model}) does not take antenna port {string.Join(", ", settings.Antennas)}. Correct the antennas of the reader.");
        }
    }

    /// <summary>Undoes what another program may have left, and the module's own habit of reporting a tag once only.</summary>
    private static async Task ReadAllTagsAgainAndAgainAsync(MercurySession session, CancellationToken cancellationToken)
    {
        const byte readFilter = 0x0C, off = 0, keyAndValue = 1, session0 = 0, sessionKey = 0, targetKey = 1;
        await session.RequestAsync(MercuryCommand.SetProtocolOption, new byte[] { Gen2, sessionKey, session0 }, cancellationToken);
        // 0000 is A, then B: with A alone a parked car's tag answers once and keeps still.
        await session.RequestAsync(MercuryCommand.SetProtocolOption, new byte[] { Gen2, targetKey, 0, 0 }, cancellationToken);
        // Modules without a filter refuse this, and need it not.
        await session.TryRequestAsync(MercuryCommand.SetOption, new byte[] { keyAndValue, readFilter, off }, cancellationToken);
    }

    private static async Task<byte[]> AskAsync(MercurySession session, byte command, byte[] data, int bytes, CancellationToken cancellationToken)
    {
        var answer = await session.RequestAsync(command, data, cancellationToken);
        return answer.Length >= bytes ? answer : throw SerialRefusal.TooShort("module", session.Port, MercuryCommand.InWords(command), answer.Length, bytes, command);
    }
}

/// <summary>In hundredths of a dBm.</summary>
internal readonly record struct MercuryPower(int Now, int Least, int Most)
{
    public TransmitPower InDbm => new(Now / 100.0, Least / 100.0, Most / 100.0);
}
