using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.R200;

/// <summary>One module on one serial port.</summary>
/// <remarks>Modules of this family tell neither time nor antenna: a tag is dated by the arrival of its bytes, a few milliseconds late.</remarks>
/// <param name="id">The reader's configured id.</param>
internal sealed class R200Source(string id, R200Settings settings, ISerialPorts ports, TimeProvider time) : ISource
{
    public const int OnlyAntenna = 1;

    /// <summary>How many readings may fail in a row before the module is said to be blind.</summary>
    private const int MostFailures = 20;

    /// <summary>
    /// A module that has counted its rounds down, or found no tag and says nothing then, is silent. Stopping and starting it
    /// again mends the one, and its answer tells the other from a module that is gone.
    /// </summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(1);

    public async Task RunAsync(ISightingSink sink, CancellationToken cancellationToken)
    {
        settings.RequirePossible();
        using var session = await R200Session.OpenAsync(settings, ports, time, cancellationToken);
        try
        {
            await R200SetUp.ApplyAsync(session, settings, cancellationToken);
            await session.StartReadingAsync(cancellationToken);
            sink.Ready();
            await ListenAsync(session, sink, cancellationToken);
        }
        finally
        {
            await session.LeaveAsync();
        }
    }

    private async Task ListenAsync(R200Session session, ISightingSink sink, CancellationToken cancellationToken)
    {
        var failures = 0;
        while (true)
        {
            if (await session.NextAsync(LongestSilence, cancellationToken) is not { } frame)
            {
                await session.StartReadingAsync(cancellationToken);
                continue;
            }

            if (frame is { Type: R200FrameType.Notification, Command: R200Command.SinglePoll or R200Command.MultiPoll })
            {
                var readable = R200Tag.TryRead(frame.Parameters.Span, out var tag);
                if (readable && tag.Epc.Length > 0)
                    await sink.PublishAsync(new TagSighting(session.Arrival, id, OnlyAntenna, tag.Epc, tag.RssiDbm, Count: 1), cancellationToken);
                failures = readable ? 0 : failures + 1;
            }
            else if (frame.Failure is { } failure)
            {
                failures = failure == R200Failure.NoTag ? 0 : failures + 1;
            }

            if (failures > MostFailures)
                throw Blind(frame);
        }
    }

    private DeviceFaultException Blind(R200Frame last) => last.Failure switch
    {
        R200Failure.ChannelsBusy => new DeviceFaultException(
            DeviceFaultKind.Busy,
            $"The module at {settings.Port} finds all radio channels busy. Another reader is too near or too strong: lower its power or move it."),
        { } failure => new DeviceFaultException(
            DeviceFaultKind.Refused, $"The module at {settings.Port} cannot read: {R200Failure.Describe(failure)}. Unplug it and plug it in again."),
        null => new DeviceFaultException(
            DeviceFaultKind.Protocol, $"The module at {settings.Port} reports tags whose checksum is wrong. Check the cable and the module's power supply."),
    };
}
