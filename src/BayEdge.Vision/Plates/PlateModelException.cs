using BayEdge.Core.Bays;

namespace BayEdge.Vision.Plates;

/// <summary>A network that locates or reads plates is missing, unfit or failed; the message says which file and what to do.</summary>
internal sealed class PlateModelException(Wording message, Exception? cause = null) : Exception(message.Text, cause)
{
    /// <summary>The message, in a form that a page can say in another language.</summary>
    public Phrase Says { get; } = message.Phrase;
}
