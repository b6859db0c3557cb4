using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;

namespace BayEdge.Service.Sources;

/// <summary>Tells when a reader may send.</summary>
/// <remarks>A contact that is out of order or has not spoken yet opens the gate: better a reader that sends in vain than a vehicle that nobody reads.</remarks>
internal sealed class RadioGate(GateConfiguration gate, ContactStates contacts, TimeProvider time)
{
    /// <summary>The clock on the wall may be set meanwhile.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    /// <summary>Why the reader rests, as a sentence.</summary>
    public Wording Reason => gate.Hours is { } hours
        ? Wording.Of($"It rests, as configured: it sends from {hours} only.")
        : $"It rests, as configured: it sends while {string.Join(" or ", gate.Contacts)} says that something is there, and {gate.LingerSeconds} s longer.";

    public Task UntilOpenAsync(CancellationToken cancellationToken) => UntilAsync(open: true, cancellationToken);

    public Task UntilClosedAsync(CancellationToken cancellationToken) => UntilAsync(open: false, cancellationToken);

    private async Task UntilAsync(bool open, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = contacts.Changed;
            var left = OpenFor();
            if (left > TimeSpan.Zero == open)
                return;
            var wait = left > TimeSpan.Zero && left < LongestSleep ? left : LongestSleep;
            await changed.WaitAsync(wait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>How long the gate stays open if nothing changes; zero when it is shut.</summary>
    private TimeSpan OpenFor()
    {
        if (gate.Hours is { } hours)
        {
            var now = TimeOnly.FromTimeSpan(time.GetLocalNow().TimeOfDay);
            return hours.Contains(now) ? hours.To - now : TimeSpan.Zero;
        }

        return gate.Contacts.Select(contact => contacts.Of(contact)).Max(OpenFor);
    }

    private TimeSpan OpenFor(ContactWord? word)
    {
        if (word is not { Present: false })
            return TimeSpan.MaxValue;
        var left = word.PresentAt is { } at ? TimeSpan.FromSeconds(gate.LingerSeconds) - time.GetElapsedTime(at) : TimeSpan.Zero;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
