namespace BayEdge.Core.Commands;

/// <summary>The pictures that the device keeps as evidence.</summary>
public interface IEvidencePictures
{
    /// <summary>Null when no such picture is kept, or not any longer.</summary>
    ValueTask<EvidencePicture?> FindAsync(string id, CancellationToken cancellationToken);
}

/// <param name="ContentType">Such as <c>image/jpeg</c>.</param>
public sealed record EvidencePicture(string Id, string ContentType, ReadOnlyMemory<byte> Content);
