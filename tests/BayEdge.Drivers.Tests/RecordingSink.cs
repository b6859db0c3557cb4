using System.Threading.Channels;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;

namespace BayEdge.Drivers.Tests;

/// <summary>Keeps what a source says, for a test to wait for.</summary>
internal sealed class RecordingSink : ISightingSink
{
    private readonly Channel<Sighting> _sightings = Channel.CreateUnbounded<Sighting>();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task ReadyAsync => _ready.Task;

    public void Ready() => _ready.TrySetResult();

    public ValueTask PublishAsync(Sighting sighting, CancellationToken cancellationToken) =>
        _sightings.Writer.WriteAsync(sighting, cancellationToken);

    public async Task<T> NextAsync<T>()
        where T : Sighting => Assert.IsType<T>(await _sightings.Reader.ReadAsync(TestContext.Current.CancellationToken));

    public bool IsEmpty => !_sightings.Reader.TryPeek(out _);
}
