using BayEdge.Core.Configuration;
using BayEdge.Core.Sightings;

namespace BayEdge.Core.Drivers;

/// <summary>Knows one kind of device: how it is configured, whether it answers, and how it is listened to.</summary>
public interface ISourceDriver
{
    /// <summary>Forms, help, redaction and documentation come from here.</summary>
    DriverDescriptor Descriptor { get; }

    /// <summary>Makes a source; touches no device yet.</summary>
    /// <param name="configuration">Already validated against <see cref="Descriptor"/>.</param>
    ISource Create(SourceConfiguration configuration);

    /// <summary>Asks the device who it is, changing nothing on it, within a few seconds.</summary>
    /// <returns>What was found, or what is wrong: a fault of the device is an answer here, not an exception.</returns>
    Task<ProbeReport> ProbeAsync(SourceConfiguration configuration, CancellationToken cancellationToken);
}

/// <summary>One configured reader, camera or contact.</summary>
public interface ISource
{
    /// <summary>
    /// Lives through one connection: connects, calls <see cref="ISightingSink.Ready"/> once the device delivers, and
    /// reports what it sees until the device is lost or <paramref name="cancellationToken"/> ends it. Whoever runs it
    /// reconnects, waits between attempts and logs; a source does none of these.
    /// </summary>
    /// <exception cref="DeviceFaultException">The device could not be reached, refused, or was lost.</exception>
    /// <exception cref="OperationCanceledException">Ended from outside.</exception>
    Task RunAsync(ISightingSink sink, CancellationToken cancellationToken);
}

/// <summary>Where a source puts what it sees.</summary>
public interface ISightingSink
{
    /// <summary>The device is connected and its silence now means something.</summary>
    void Ready();

    /// <summary>Hands over a sighting; waits when the bay loop is behind, so that the pressure reaches the device.</summary>
    ValueTask PublishAsync(Sighting sighting, CancellationToken cancellationToken);
}
