using BayEdge.Core.Timing;
using OpenCvSharp;

namespace BayEdge.Vision.Cameras;

/// <summary>One picture and when it was taken from its source. Whoever holds it disposes it.</summary>
/// <param name="Picture">BGR, 8 bits a channel.</param>
internal sealed record Frame(Mat Picture, ObservedAt At) : IDisposable
{
    public void Dispose() => Picture.Dispose();
}
