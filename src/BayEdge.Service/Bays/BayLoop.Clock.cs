using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using BayEdge.Core.Timing;
using BayEdge.Service.Timing;

namespace BayEdge.Service.Bays;

/// <content>What it makes of the device's clock.</content>
internal sealed partial class BayLoop
{
    private void LookAtClock()
    {
        var news = clock.Look();
        if (news.Stepped is { } jump)
        {
            Log.ClockStepped(logger, jump);
            Announce();
        }

        if (news.BecameTrusted)
            Log.ClockTrusted(logger);
        if (_mayBeUnsettled && _unstored.Count == 0 && _retryStorageAt is null && clock.Ledger.IsTrusted)
            Settle();
    }

    /// <summary>The time is known now: what was told by a wrong clock is told anew.</summary>
    private void Settle()
    {
        try
        {
            var unsettled = journal.ReadUnsettled();
            if (unsettled.Count > 0)
            {
                var redatings = EventRedating.Of(unsettled, BayStates.Of(_state).Select(bay => bay.VisitId).OfType<string>(), clock.Ledger, time.Observe());
                var (replaced, corrected) = journal.Settle(redatings, DeviceSnapshot.Write(_state, clock.Ledger));
                Log.Redated(logger, replaced, corrected);
            }

            _mayBeUnsettled = false;
        }
        catch (StorageFaultException exception) when (!exception.NeedsReopening)
        {
            Refused(exception);
        }
    }
}
