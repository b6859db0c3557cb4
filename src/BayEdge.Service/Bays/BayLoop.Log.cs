namespace BayEdge.Service.Bays;

/// <content>What it logs.</content>
internal sealed partial class BayLoop
{
    private static partial class Log
    {
        [LoggerMessage(EventId = 1001, Level = LogLevel.Error, Message = "The disk does not take events; they are kept in memory and tried again every second")]
        public static partial void StorageRefuses(ILogger logger, Exception exception);

        [LoggerMessage(EventId = 1002, Level = LogLevel.Information, Message = "The disk takes events again; nothing was lost")]
        public static partial void StorageWorksAgain(ILogger logger);

        [LoggerMessage(EventId = 1004, Level = LogLevel.Warning, Message = "{Warning}")]
        public static partial void StorageRunsShort(ILogger logger, string warning);

        [LoggerMessage(EventId = 1005, Level = LogLevel.Warning, Message = "The clock jumped by {Jump}; durations are not affected")]
        public static partial void ClockStepped(ILogger logger, TimeSpan jump);

        [LoggerMessage(EventId = 1006, Level = LogLevel.Information, Message = "A time server has set the clock; events are dated by it from now on")]
        public static partial void ClockTrusted(ILogger logger);

        [LoggerMessage(EventId = 1007, Level = LogLevel.Information, Message = "The time is known now: {Replaced} events were dated anew before anybody saw them, {Corrected} are corrected")]
        public static partial void Redated(ILogger logger, int replaced, int corrected);

        [LoggerMessage(EventId = 1003, Level = LogLevel.Critical, Message = "The service stops and the disk still takes nothing: {Count} events are lost")]
        public static partial void EventsLost(ILogger logger, int count);
    }
}
