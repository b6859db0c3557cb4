using BayEdge.Core.Bays;

namespace BayEdge.Service.Bays;

/// <summary>Takes a person's word for the plate of a visit, from the page or the central system.</summary>
internal sealed class PlateCorrections(BayLoop bays)
{
    /// <param name="plate">Letters and digits only, upper case.</param>
    /// <returns>Why it is not taken; null when the bays decide on it next.</returns>
    public async Task<PlateProblem?> CorrectAsync(string bay, string visit, string plate, CancellationToken cancellationToken)
    {
        var stated = new PlateStated(bay, visit, plate);
        if (BayTracker.ProblemWith(bays.Stored, stated) is { } problem)
            return problem;
        await bays.SendAsync(stated, cancellationToken);
        return null;
    }
}
