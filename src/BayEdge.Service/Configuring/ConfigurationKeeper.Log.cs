namespace BayEdge.Service.Configuring;

internal sealed partial class ConfigurationKeeper
{
    private static partial class Log
    {
        [LoggerMessage(EventId = 1601, Level = LogLevel.Information, Message = "{Who} changed the configuration (version {Version}: {Why})")]
        public static partial void Changed(ILogger logger, string who, int version, string why);

        [LoggerMessage(EventId = 1602, Level = LogLevel.Warning, Message = "The configuration file cannot be used: {Problems}")]
        public static partial void FileUnusable(ILogger logger, string problems);

        [LoggerMessage(EventId = 1603, Level = LogLevel.Warning, Message = "A change of the configuration was not confirmed in time; version {Version} holds again")]
        public static partial void TakenBack(ILogger logger, int version);

        [LoggerMessage(EventId = 1604, Level = LogLevel.Warning, Message = "The power went during a change of the configuration; version {Version} holds")]
        public static partial void Finished(ILogger logger, int version);

        [LoggerMessage(EventId = 1605, Level = LogLevel.Error, Message = "The configuration or its history cannot be saved")]
        public static partial void NotSaved(ILogger logger, Exception exception);
    }
}
