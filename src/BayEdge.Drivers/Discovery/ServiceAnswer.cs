using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace BayEdge.Drivers.Discovery;

/// <summary>Multicast DNS as far as readers announce themselves by it (RFC 6762, RFC 6763, RFC 1035).</summary>
internal static class ServiceAnswer
{
    /// <summary>How LLRP readers call their service.</summary>
    public const string Llrp = "_llrp._tcp.local";

    private const int HeaderBytes = 12;
    private const ushort Address = 1, Pointer = 12, Service = 33;
    private const ushort AnswerToMe = 0x8001;
    private const int MostRecords = 64;
    private const int LongestName = 255;

    /// <summary>The question who offers a service.</summary>
    public static byte[] Question(string service)
    {
        List<byte> message = [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        foreach (var label in service.Split('.'))
        {
            message.Add((byte)label.Length);
            message.AddRange(Encoding.ASCII.GetBytes(label));
        }

        return [.. message, 0, 0, (byte)Pointer, AnswerToMe >> 8, AnswerToMe & 0xFF];
    }

    /// <summary>Who offers a service, as one message says.</summary>
    /// <param name="sender">Whose address counts where the message names none.</param>
    /// <returns>Empty for a message that says nothing of it, or cannot be read.</returns>
    public static IReadOnlyList<AnnouncedReader> Read(ReadOnlySpan<byte> message, string service, IPAddress sender)
    {
        if (message.Length < HeaderBytes || (message[2] & 0x80) == 0)
            return [];

        var position = HeaderBytes;
        for (var question = 0; question < Count(message, 4); question++)
        {
            if (ReadName(message, ref position) is null)
                return [];
            position += 4;
        }

        List<string> instances = [];
        Dictionary<string, (string Host, ushort Port)> services = new(StringComparer.OrdinalIgnoreCase);
        Dictionary<string, IPAddress> hosts = new(StringComparer.OrdinalIgnoreCase);
        var records = Math.Min(Count(message, 6) + Count(message, 8) + Count(message, 10), MostRecords);
        for (var record = 0; record < records; record++)
        {
            if (ReadName(message, ref position) is not { } name || message.Length < position + 10)
                break;
            var type = BinaryPrimitives.ReadUInt16BigEndian(message[position..]);
            var data = position + 10;
            position = data + BinaryPrimitives.ReadUInt16BigEndian(message[(position + 8)..]);
            if (position > message.Length)
                break;
            Take(message[..position], data, type, name);
        }

        return
        [
            .. instances.Distinct(StringComparer.OrdinalIgnoreCase).Where(services.ContainsKey).Select(instance => new AnnouncedReader(
                instance[..^(service.Length + 1)],
                new IPEndPoint(hosts.GetValueOrDefault(services[instance].Host) ?? sender, services[instance].Port))),
        ];

        void Take(ReadOnlySpan<byte> upToEnd, int data, ushort type, string name)
        {
            var at = data;
            switch (type)
            {
                case Pointer when name.Equals(service, StringComparison.OrdinalIgnoreCase) && ReadName(upToEnd, ref at) is { } instance
                    && instance.EndsWith($".{service}", StringComparison.OrdinalIgnoreCase):
                    instances.Add(instance);
                    break;
                case Service when upToEnd.Length > data + 6:
                    at += 6;
                    if (ReadName(upToEnd, ref at) is { } host)
                        services[name] = (host, BinaryPrimitives.ReadUInt16BigEndian(upToEnd[(data + 4)..]));
                    break;
                case Address when upToEnd.Length == data + 4:
                    hosts[name] = new IPAddress(upToEnd[data..]);
                    break;
            }
        }
    }

    private static int Count(ReadOnlySpan<byte> message, int at) => BinaryPrimitives.ReadUInt16BigEndian(message[at..]);

    /// <summary>Labels with dots between them; a label may point to where the rest stands, but only ever back.</summary>
    /// <returns>Null for a name that cannot be.</returns>
    private static string? ReadName(ReadOnlySpan<byte> message, ref int position)
    {
        var name = new StringBuilder();
        var (at, end) = (position, -1);
        while (at < message.Length)
        {
            var length = message[at];
            if (length == 0)
            {
                position = end < 0 ? at + 1 : end;
                return name.ToString();
            }

            if ((length & 0xC0) == 0xC0)
            {
                if (at + 1 >= message.Length)
                    return null;
                var target = ((length & 0x3F) << 8) | message[at + 1];
                if (target >= at)
                    return null;
                end = end < 0 ? at + 2 : end;
                at = target;
                continue;
            }

            if ((length & 0xC0) != 0 || at + 1 + length > message.Length || name.Length + length > LongestName)
                return null;
            name.Append(name.Length > 0 ? "." : "").Append(Encoding.UTF8.GetString(message.Slice(at + 1, length)));
            at += 1 + length;
        }

        return null;
    }
}

/// <summary>A reader that says of itself that it is there.</summary>
/// <param name="Name">As it calls itself.</param>
public sealed record AnnouncedReader(string Name, IPEndPoint Where);
