namespace BayEdge.Vision.Plates;

/// <summary>A network that locates or reads plates is missing, unfit or failed; the message says which file and what to do.</summary>
public sealed class PlateModelException : Exception
{
    public PlateModelException()
    {
    }

    public PlateModelException(string message)
        : base(message)
    {
    }

    public PlateModelException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
