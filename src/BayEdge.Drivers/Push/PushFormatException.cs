namespace BayEdge.Drivers.Push;

/// <summary>A pushed message does not follow the format; the message says what was expected and what came, for whoever sent it.</summary>
internal sealed class PushFormatException(string message, Exception? cause = null) : Exception(message, cause);
