using BayEdge.Core.Bays;

namespace BayEdge.Service.Bays;

/// <summary>Where everything that concerns a bay is sent.</summary>
internal interface IBayInputs
{
    /// <summary>Waits while the bays are behind, so that the pressure reaches the device that reports.</summary>
    ValueTask SendAsync(TrackerInput input, CancellationToken cancellationToken);

    /// <returns>False while the bays are behind: the input is lost.</returns>
    bool TrySend(TrackerInput input);
}
