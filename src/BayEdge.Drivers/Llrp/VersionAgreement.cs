using System.Collections.Concurrent;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Drivers.Llrp;

/// <summary>Connects to readers and has both sides speak LLRP 1.1 where the reader can; one that refuses, or does not know the question, is spoken to in 1.0.1 (LLRP 1.1, chapter 9).</summary>
/// <remarks>
/// A reader to which the question was not clearly good is not asked again: it might hang up over it each time, and so never be read. That is
/// forgotten at the next start, as a reader may get new firmware. Members may be called from any thread.
/// </remarks>
internal sealed class VersionAgreement(TimeProvider time)
{
    private static readonly TimeSpan[] Pauses = [.. new[] { 50, 100, 200, 400 }.Select(pause => TimeSpan.FromMilliseconds(pause))];

    private readonly ConcurrentDictionary<HostAndPort, bool> _spared = new();

    /// <param name="keep">Takes what came over a connection that the question ended; null drops it.</param>
    /// <exception cref="DeviceFaultException">Nobody answers, or the reader serves another program.</exception>
    public async Task<LlrpSession> OpenAsync(HostAndPort address, Action<UnheardReports>? keep, CancellationToken cancellationToken)
    {
        var session = await LlrpSession.ConnectAsync(address, time, cancellationToken);
        // Whatever goes wrong from here on: the next connection does without the question.
        if (!_spared.TryAdd(address, true))
            return session;

        try
        {
            if (await ReachAsync(session, cancellationToken) is { } isClear)
            {
                if (isClear)
                    session.Understood = () => _spared.TryRemove(address, out _);
                return session;
            }
        }
        catch (DeviceFaultException fault) when (fault.Kind is DeviceFaultKind.Lost or DeviceFaultKind.Protocol)
        {
            // A reader that knows 1.0.1 only should say so, but may hang up or talk nonsense instead.
        }
        catch
        {
            session.Dispose();
            throw;
        }

        keep?.Invoke(session.Unheard);
        session.Dispose();
        return await ReturnAsync(address, cancellationToken);
    }

    /// <summary>Connects again. Until a reader has seen that the connection before is gone, it takes this client for another one.</summary>
    private async Task<LlrpSession> ReturnAsync(HostAndPort address, CancellationToken cancellationToken)
    {
        foreach (var pause in Pauses)
        {
            try
            {
                return await LlrpSession.ConnectAsync(address, time, cancellationToken);
            }
            catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Busy)
            {
                await Task.Delay(pause, time, cancellationToken);
            }
        }

        return await LlrpSession.ConnectAsync(address, time, cancellationToken);
    }

    /// <returns>Whether the reader gave a clear answer; null where nobody knows which version it speaks now.</returns>
    private static async Task<bool?> ReachAsync(LlrpSession session, CancellationToken cancellationToken)
    {
        var known = await session.TryAskAsync(new PlainMessage(MessageType.GetSupportedVersion), cancellationToken);
        if (known is not SupportedVersion { Newest: >= LlrpVersion.V11 } versions || !LlrpStatus.IsSuccess(versions.Parameters))
            return known is not null;
        if (versions.Current != LlrpVersion.V11)
        {
            var taken = await session.TryAskAsync(new SetProtocolVersion(LlrpVersion.V11), cancellationToken);
            if (taken is not PlainMessage { Type: MessageType.SetProtocolVersionResponse } answer || !LlrpStatus.IsSuccess(answer.Parameters))
                return taken is null ? null : true;
        }

        session.Version = LlrpVersion.V11;
        return true;
    }
}
