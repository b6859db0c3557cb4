namespace BayEdge.Contracts.Commands;

/// <summary>Asks for a picture that the device keeps as evidence.</summary>
public sealed record PictureCommand
{
    public required string Id { get; init; }
}

public sealed record PictureResult
{
    public required string Id { get; init; }

    /// <summary>Such as <c>image/jpeg</c>.</summary>
    public required string ContentType { get; init; }

    /// <summary>The picture itself, in Base64.</summary>
    public required string Content { get; init; }
}
