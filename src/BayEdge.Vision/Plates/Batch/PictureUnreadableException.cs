namespace BayEdge.Vision.Plates.Batch;

/// <summary>A picture or video cannot be read; the message names it and says what to do.</summary>
internal sealed class PictureUnreadableException(string message, Exception? cause = null) : Exception(message, cause);
