using Microsoft.Extensions.Logging;

namespace BayEdge.Drivers.Push;

/// <summary>Counts the messages of one sender that were not taken, and says once that they are not and once that they are again.</summary>
/// <param name="receiver">The configured id of the device that the sender speaks for, or the port that it posts to.</param>
internal sealed partial class PushRefusals(string receiver, TimeProvider time, ILogger logger)
{
    /// <summary>A sender that is right only now and then is not said anew each time: that would fill the card.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private long? _lastAt;
    private int _said;
    private int _count;
    private string? _last;

    /// <summary>Since the last message that was taken; null when none was refused since.</summary>
    public (int Count, string Last)? SinceTaken
    {
        get
        {
            lock (_lock)
                return _last is { } last ? (_count, last) : null;
        }
    }

    public void Refused(string why)
    {
        lock (_lock)
        {
            var first = _lastAt is null;
            (_count, _last, _lastAt) = (_count + 1, why, time.GetTimestamp());
            _said++;
            if (first)
                Log.Refused(logger, receiver, why);
        }
    }

    public void Taken()
    {
        lock (_lock)
        {
            (_count, _last) = (0, null);
            if (_lastAt is not { } at || time.GetElapsedTime(at) < Quiet)
                return;
            Log.TakenAgain(logger, receiver, _said);
            (_lastAt, _said) = (null, 0);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1105, Level = LogLevel.Warning, Message = "A message for {Receiver} was refused: {Reason}")]
        public static partial void Refused(ILogger logger, string receiver, string reason);

        [LoggerMessage(EventId = 1106, Level = LogLevel.Information, Message = "Messages for {Receiver} are taken again; {Count} were refused before")]
        public static partial void TakenAgain(ILogger logger, string receiver, int count);
    }
}
