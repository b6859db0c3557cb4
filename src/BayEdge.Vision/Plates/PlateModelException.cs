namespace BayEdge.Vision.Plates;

/// <summary>A network that locates or reads plates is missing, unfit or failed; the message says which file and what to do.</summary>
internal sealed class PlateModelException(string message, Exception? cause = null) : Exception(message, cause);
