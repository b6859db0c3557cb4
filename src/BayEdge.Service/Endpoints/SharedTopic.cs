using System.Runtime.CompilerServices;

namespace BayEdge.Service.Endpoints;

/// <summary>
/// Something that never rests: looked at four times a second, once for all who watch it, and told to each as what is another since that one was
/// told last.
/// </summary>
internal abstract class SharedTopic(TimeProvider time) : IPageTopic
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private long _beat = -1;
    private long _version;
    private long _wholeSince;
    private (long Since, long Version, string Text)? _told;

    public abstract string Name { get; }

    /// <summary>On a clock that nobody sets: how long ago something was can be told without the device's time of day and the phone's.</summary>
    protected TimeSpan Now => time.GetElapsedTime(0);

    public async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var told = 0L;
        while (!cancellationToken.IsCancellationRequested)
        {
            (told, var message) = Since(told);
            if (message is not null)
                yield return message;

            // All at the same instants, so that one look serves them all.
            await Task.Delay(UntilNextBeat(), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Notes what there is now.</summary>
    /// <param name="version">Of whatever is another than before.</param>
    /// <param name="beat">Counts the looks, and those that nobody wanted.</param>
    protected abstract News Look(long version, long beat);

    /// <summary>One line of JSON.</summary>
    /// <param name="since">Only what has a later version.</param>
    /// <param name="isWhole">Whether it takes the place of all that was told before.</param>
    protected abstract string Tell(long since, bool isWhole);

    // A timer knows no fractions of a millisecond, and would not wait for one at all.
    private TimeSpan UntilNextBeat() => TimeSpan.FromMilliseconds(Math.Ceiling((Between - TimeSpan.FromTicks(Now.Ticks % Between.Ticks)).TotalMilliseconds));

    private (long Version, string? Message) Since(long told)
    {
        lock (_lock)
        {
            var beat = Now.Ticks / Between.Ticks;
            if (beat != _beat)
            {
                _beat = beat;
                var news = Look(_version + 1, beat);
                if (news != News.None)
                    _version++;
                if (news == News.Everything)
                    _wholeSince = _version;
            }

            if (told == _version)
                return (told, null);
            if (_told is not { } last || last.Since != told || last.Version != _version)
                _told = last = (told, _version, told < _wholeSince ? Tell(0, isWhole: true) : Tell(told, isWhole: false));
            return (_version, last.Text);
        }
    }
}

/// <summary>What a look has brought.</summary>
internal enum News
{
    /// <summary>All is as it was.</summary>
    None,

    /// <summary>Something is another.</summary>
    Some,

    /// <summary>Nothing of what was told holds any more.</summary>
    Everything,
}
