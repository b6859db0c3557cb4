using BayEdge.Core.Commands;

namespace BayEdge.Service.RemoteCommands;

/// <summary>Stands where no pictures are kept.</summary>
internal sealed class NoEvidencePictures : IEvidencePictures
{
    public ValueTask<EvidencePicture?> FindAsync(string id, CancellationToken cancellationToken) => default;
}
