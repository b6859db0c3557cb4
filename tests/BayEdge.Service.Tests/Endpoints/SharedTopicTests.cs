using System.Globalization;
using BayEdge.Service.Endpoints;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Service.Tests.Endpoints;

public sealed class SharedTopicTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Numbers _numbers;

    public SharedTopicTests() => _numbers = new Numbers(_time);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task Whoever_comes_is_told_everything_and_then_only_what_is_another()
    {
        _numbers.Present = [("a", 1), ("b", 1)];
        await using var watch = _numbers.WatchAsync(Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.Equal("whole a1 b1", await NextAsync(watch));

        _numbers.Present = [("a", 1), ("b", 2)];
        Assert.Equal("b2", await NextAsync(watch));
        _numbers.Present = [("a", 3), ("b", 2), ("c", 1)];
        Assert.Equal("a3 c1", await NextAsync(watch));

        await using var later = _numbers.WatchAsync(Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.Equal("whole a3 b2 c1", await NextAsync(later));
    }

    [Fact(Timeout = 30_000)]
    public async Task One_look_and_one_text_serve_all_who_watch()
    {
        _numbers.Present = [("a", 1)];
        await using var first = _numbers.WatchAsync(Cancellation).GetAsyncEnumerator(Cancellation);
        await using var second = _numbers.WatchAsync(Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.Equal(await NextAsync(first), await NextAsync(second));
        var (looks, texts) = (_numbers.Looks, _numbers.Texts);
        _numbers.Present = [("a", 2)];
        var ofSecond = second.MoveNextAsync().AsTask();

        await NextAsync(first);

        Assert.True(await ofSecond);
        Assert.Same(first.Current, second.Current);
        Assert.Equal((looks + 1, texts + 1), (_numbers.Looks, _numbers.Texts));
    }

    [Fact(Timeout = 30_000)]
    public async Task Whoever_missed_some_is_told_all_that_is_another_since_and_after_a_new_beginning_everything()
    {
        _numbers.Present = [("a", 1), ("b", 1), ("c", 1)];
        await using var slow = _numbers.WatchAsync(Cancellation).GetAsyncEnumerator(Cancellation);
        await using var quick = _numbers.WatchAsync(Cancellation).GetAsyncEnumerator(Cancellation);
        await NextAsync(slow);
        await NextAsync(quick);
        _numbers.Present = [("a", 2), ("b", 1), ("c", 1)];
        await NextAsync(quick);
        _numbers.Present = [("a", 2), ("b", 2), ("c", 1)];
        await NextAsync(quick);
        Assert.Equal("a2 b2", await NextAsync(slow));

        (_numbers.Present, _numbers.IsAnew) = ([("d", 1)], true);
        await NextAsync(quick);
        _numbers.IsAnew = false;
        _numbers.Present = [("d", 2)];
        await NextAsync(quick);
        Assert.Equal("whole d2", await NextAsync(slow));
    }

    private async Task<string> NextAsync(IAsyncEnumerator<string> watch)
    {
        var next = watch.MoveNextAsync().AsTask();
        while (!next.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancellation));
        }

        Assert.True(await next);
        return watch.Current;
    }

    private sealed class Numbers(TimeProvider time) : SharedTopic(time)
    {
        private readonly ToldValues<string, (string Name, int Value)> _told = new((before, now) => before != now);

        public IReadOnlyList<(string Name, int Value)> Present { get; set; } = [];

        public bool IsAnew { get; set; } = true;

        public int Looks { get; private set; }

        public int Texts { get; private set; }

        public override string Name => "numbers";

        protected override News Look(long version, long beat)
        {
            Looks++;
            var isNews = _told.Set(Present.Select(one => (one.Name, one)), version);
            var isAnew = IsAnew && (isNews || version == 1);
            IsAnew = false;
            return isAnew ? News.Everything : isNews ? News.Some : News.None;
        }

        protected override string Tell(long since, bool isWhole)
        {
            Texts++;
            return string.Join(' ', (_told.Since(since) ?? []).Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name}{one.Value}")).Prepend(isWhole ? "whole" : "").Where(word => word.Length > 0));
        }
    }
}
