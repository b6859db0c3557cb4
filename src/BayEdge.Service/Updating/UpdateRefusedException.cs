using BayEdge.Core.Bays;

namespace BayEdge.Service.Updating;

/// <summary>A file is not taken as an update.</summary>
internal sealed class UpdateRefusedException(Phrase says) : Exception(says.Text)
{
    public Phrase Says => says;
}
