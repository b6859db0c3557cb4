using System.Collections.Concurrent;

namespace BayEdge.Service.Sources;

/// <summary>What the contacts last said, for the readers that send only while something is there.</summary>
internal sealed class ContactStates(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ContactWord> _words = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Ends when a contact says something else than before.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    public void Said(string contact, bool present) =>
        Set(contact, last => new ContactWord(present, present || last?.Present == true ? time.GetTimestamp() : last?.PresentAt));

    /// <summary>The contact is out of order: nobody knows whether something is there.</summary>
    public void Lost(string contact) => Set(contact, last => last is null ? null : last with { Present = null });

    /// <summary>Null for a contact that has never spoken.</summary>
    public ContactWord? Of(string contact) => _words.GetValueOrDefault(contact);

    private void Set(string contact, Func<ContactWord?, ContactWord?> change)
    {
        var before = Of(contact);
        if (change(before) is not { } now)
            return;
        _words[contact] = now;
        if (before?.Present != now.Present)
            Interlocked.Exchange(ref _changed, NewSignal()).SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <param name="Present">Null when the contact is out of order.</param>
/// <param name="PresentAt">A timestamp of the clock: when something was last known to be there; null for never.</param>
internal sealed record ContactWord(bool? Present, long? PresentAt);
