using BayEdge.Core.Drivers;
using OpenCvSharp;

namespace BayEdge.Vision.Cameras;

/// <summary>Takes pictures from one place. Every member may block; one thread calls them all.</summary>
internal interface IFrameGrabber : IDisposable
{
    FrameLocation Location { get; }

    /// <exception cref="DeviceFaultException">There is no picture to be had; the message says why.</exception>
    StreamFormat Open(CancellationToken cancellationToken);

    /// <summary>Steps to the next picture.</summary>
    /// <returns>False when there is none: a recording is over, or a live stream has ended.</returns>
    /// <exception cref="DeviceFaultException">A live stream fell silent, or sends what is not a picture.</exception>
    bool Grab(CancellationToken cancellationToken);

    /// <summary>When the grabbed picture is due after the start of a recording; null when the pictures are live.</summary>
    TimeSpan? Due { get; }

    /// <summary>Takes the grabbed picture.</summary>
    /// <returns>Null when it cannot be read; the next one may be.</returns>
    Mat? Retrieve();

    /// <summary>Goes back to the first picture of a recording.</summary>
    void Rewind();
}

/// <param name="FramesPerSecond">As the stream declares it; 0 when it does not.</param>
/// <param name="Codec">Such as <c>h264</c>, or empty.</param>
internal sealed record StreamFormat(double FramesPerSecond, string Codec);
