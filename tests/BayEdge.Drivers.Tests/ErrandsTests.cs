using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;

namespace BayEdge.Drivers.Tests;

public class ErrandsTests
{
    [Fact(Timeout = 10_000)]
    public async Task Whoever_hears_that_a_device_is_ready_may_ask_something_of_it_at_once()
    {
        var errands = new Errands<string>($"reader");
        var asking = new AskingSink(() => errands.RunAsync((session, _) => Task.FromResult($"asked {session}"), TestContext.Current.CancellationToken));

        using var visit = errands.Begin("the reader", asking, TestContext.Current.CancellationToken);
        await visit.RunWaitingAsync();

        Assert.Equal("asked the reader", await asking.Answer);
    }

    [Fact(Timeout = 10_000)]
    public async Task What_nobody_waits_for_any_more_is_not_done_later()
    {
        var errands = new Errands<string>($"reader");
        using var visit = errands.Begin("the reader", new RecordingSink(), TestContext.Current.CancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        List<string> done = [];
        var givenUp = errands.RunAsync((_, token) => Task.Run(() => done.Add("given up"), token), patience.Token);
        var wanted = errands.RunAsync((_, token) => Task.Run(() => done.Add("wanted"), token), TestContext.Current.CancellationToken);

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp);
        await visit.RunWaitingAsync();
        await wanted;

        Assert.Equal(["wanted"], done);
    }

    /// <summary>Asks as soon as the device is ready.</summary>
    private sealed class AskingSink(Func<Task<string>> ask) : ISightingSink
    {
        public Task<string> Answer { get; private set; } = Task.FromResult("");

        public void Ready() => Answer = ask();

        public ValueTask PublishAsync(Sighting sighting, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
