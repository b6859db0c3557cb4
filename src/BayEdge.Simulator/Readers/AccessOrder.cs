using static BayEdge.Simulator.Readers.Wire;

namespace BayEdge.Simulator.Readers;

/// <summary>What a client ordered with ADD_ACCESSSPEC: reading the memory of tags of one identity.</summary>
/// <param name="TargetBank">Where a tag must hold <paramref name="Wanted"/>.</param>
/// <param name="Mask">The bits of <paramref name="Wanted"/> that count.</param>
internal sealed record AccessOrder(
    uint Id, uint RoSpecId, int TargetBank, int TargetBit, byte[] Mask, byte[] Wanted, int OpSpecId, int Bank, int FirstWord, int Words)
{
    private const int Epc = 1, IdentityAtBit = 32;

    public bool Enabled { get; init; }

    /// <exception cref="InvalidDataException">A part that LLRP demands is missing or broken.</exception>
    public static AccessOrder Parse(byte[] addAccessSpecBody)
    {
        const int accessSpec = 207, stopTrigger = 208, command = 209, tagSpec = 338, targetTag = 339, read = 341, specFieldBytes = 12;
        var spec = Demand(addAccessSpecBody, accessSpec, specFieldBytes);
        var parts = spec[specFieldBytes..];
        Demand(parts, stopTrigger, 3);
        var commands = Demand(parts, command, 1);
        var target = Demand(Demand(commands, tagSpec, 1), targetTag, 7);
        var mask = Bits(target, 3, out var next);
        var wanted = Bits(target, next, out _);
        var reading = Demand(commands, read, 11);
        return new AccessOrder(
            ReadU32(spec), ReadU32(spec.AsSpan(8)), target[0] >> 6, ReadU16(target.AsSpan(1)), mask, wanted,
            ReadU16(reading), reading[6] >> 6, ReadU16(reading.AsSpan(7)), ReadU16(reading.AsSpan(9)));
    }

    public bool Means(string epc) =>
        TargetBank == Epc && TargetBit == IdentityAtBit && Convert.FromHexString(epc) is var identity && identity.Length >= Wanted.Length
        && Wanted.Select((octet, index) => (octet ^ identity[index]) & Mask[index]).All(difference => difference == 0);

    /// <summary>What the read gave, as it goes into a tag's report.</summary>
    /// <param name="memory">Null where the tag has no such words.</param>
    public byte[] Result(byte[]? memory)
    {
        const int readResult = 349, success = 0, tagError = 1;
        return Tlv(readResult, U8(memory is null ? tagError : success), U16(OpSpecId), U16((memory?.Length ?? 0) / 2), memory ?? []);
    }

    private static byte[] Bits(byte[] body, int at, out int next)
    {
        next = at + 2;
        if (body.Length < next)
            throw new InvalidDataException($"A list of bits is missing at {at}.");
        var bytes = (ReadU16(body.AsSpan(at)) + 7) / 8;
        next += bytes;
        return body.Length >= next ? body[(at + 2)..next] : throw new InvalidDataException($"A list of {bytes} bytes ends too early.");
    }

    private static byte[] Demand(byte[] parameters, int type, int least) =>
        Find(parameters, type) is { } body && body.Length >= least ? body : throw new InvalidDataException($"Parameter {type} is missing or too short.");
}
