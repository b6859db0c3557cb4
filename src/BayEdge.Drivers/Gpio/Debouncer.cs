using BayEdge.Core.Timing;

namespace BayEdge.Drivers.Gpio;

/// <summary>Tells a change from the bouncing of a contact.</summary>
/// <remarks>
/// Levels that follow each other within the hold time are one burst. A burst that ends in another state than before is one
/// change, and it happened when the burst began: that is when the vehicle moved the contact.
/// </remarks>
/// <param name="hold">How long a level must last to count.</param>
/// <param name="state">The level at the start.</param>
internal sealed class Debouncer(TimeSpan hold, bool state)
{
    private bool _level = state;
    private ObservedAt? _burstStart;
    private ObservedAt _lastEdge;

    /// <summary>The level that counts.</summary>
    public bool State { get; private set; } = state;

    /// <summary>When the present burst will have ended unless the level changes again; null while all is steady.</summary>
    public ObservedAt? SettlesAt => _burstStart is null ? null : _lastEdge + hold;

    /// <summary>Takes the level as it is at an instant not before the last one.</summary>
    /// <returns>When <see cref="State"/> changed, if it did so before this instant.</returns>
    public ObservedAt? Offer(bool level, ObservedAt at)
    {
        var change = Settle(at);
        if (level == _level)
            return change;

        (_level, _lastEdge) = (level, at);
        _burstStart ??= at;
        return change ?? Settle(at);
    }

    private ObservedAt? Settle(ObservedAt now)
    {
        if (_burstStart is not { } start || now - _lastEdge < hold)
            return null;

        _burstStart = null;
        if (_level == State)
            return null;

        State = _level;
        return start;
    }
}
