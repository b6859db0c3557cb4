namespace BayEdge.Service.Access;

internal static partial class ClaimLog
{
    [LoggerMessage(EventId = 1903, Level = LogLevel.Information, Message = "This device belongs to nobody yet; its page asks for the claim code {Code}")]
    public static partial void FirstStart(ILogger logger, string code);
}
