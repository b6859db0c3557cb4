using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BayEdge.Core.Configuration;
using BayEdge.Drivers.Llrp;

namespace BayEdge.Drivers.Discovery;

/// <summary>Looks for LLRP readers in this computer's own networks, when asked to.</summary>
/// <remarks>Each address is knocked at once; only who opens the port of LLRP is asked who it is, which changes nothing on it.</remarks>
public sealed class NetworkReaders(TimeProvider time)
{
    public const int UsualPort = LlrpSettings.DefaultPort;

    private const int KnockAtOnce = 64;
    private const int AskAtOnce = 4;

    /// <summary>Within a network an answer takes a millisecond; a reader that is busy takes longer.</summary>
    private static readonly TimeSpan KnockLimit = TimeSpan.FromMilliseconds(500);

    private readonly LlrpDriver _driver = new(time);

    /// <summary>At most a few thousand addresses in some ten seconds.</summary>
    public async Task<IReadOnlyList<FoundReader>> FindAsync(IEnumerable<IPAddress> addresses, CancellationToken cancellationToken, int port = UsualPort)
    {
        var open = new ConcurrentBag<IPAddress>();
        await Parallel.ForEachAsync(
            addresses,
            new ParallelOptions { MaxDegreeOfParallelism = KnockAtOnce, CancellationToken = cancellationToken },
            async (address, cancelled) =>
            {
                if (await IsOpenAsync(address, port, cancelled))
                    open.Add(address);
            });

        var found = new ConcurrentBag<FoundReader>();
        await Parallel.ForEachAsync(
            open,
            new ParallelOptions { MaxDegreeOfParallelism = AskAtOnce, CancellationToken = cancellationToken },
            async (address, cancelled) => found.Add(await AskAsync(address, port, cancelled)));
        return [.. found.OrderBy(reader => reader.Settings[0].Value, StringComparer.Ordinal)];
    }

    private async Task<bool> IsOpenAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var limit = new CancellationTokenSource(KnockLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await socket.ConnectAsync(address, port, either.Token);
            return true;
        }
        catch (Exception exception) when (exception is SocketException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private async Task<FoundReader> AskAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var where = port == LlrpSettings.DefaultPort ? $"{address}" : string.Create(CultureInfo.InvariantCulture, $"{address}:{port}");
        var report = await _driver.ProbeAsync(
            new ReaderConfiguration("found", _driver.Descriptor.Id, Discovering.Settings(_driver, ("address", where)), []), cancellationToken);
        return new FoundReader(_driver.Descriptor.Id, [("address", where)], report);
    }
}
