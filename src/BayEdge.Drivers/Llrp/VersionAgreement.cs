using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Drivers.Llrp;

/// <summary>Has both sides speak LLRP 1.1 where the reader can; one that refuses, or does not know the question, is spoken to in 1.0.1 (LLRP 1.1, chapter 9).</summary>
internal static class VersionAgreement
{
    public static async Task ReachAsync(LlrpSession session, CancellationToken cancellationToken)
    {
        var known = await session.TryAskAsync(new PlainMessage(MessageType.GetSupportedVersion), cancellationToken);
        if (known is SupportedVersion { Newest: >= LlrpVersion.V11 } versions && LlrpStatus.IsSuccess(versions.Parameters)
            && (versions.Current == LlrpVersion.V11 || await IsTakenAsync(session, cancellationToken)))
        {
            session.Version = LlrpVersion.V11;
        }
    }

    private static async Task<bool> IsTakenAsync(LlrpSession session, CancellationToken cancellationToken) =>
        await session.TryAskAsync(new SetProtocolVersion(LlrpVersion.V11), cancellationToken) is PlainMessage { Type: MessageType.SetProtocolVersionResponse } answer
        && LlrpStatus.IsSuccess(answer.Parameters);
}
