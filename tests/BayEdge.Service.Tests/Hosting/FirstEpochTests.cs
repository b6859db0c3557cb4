using BayEdge.Service.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Service.Tests.Hosting;

public sealed class FirstEpochTests
{
    [Theory]
    [InlineData("2026-01-01T00:00:00Z", 0, 1)]
    [InlineData("2019-06-01T00:00:00Z", 7, 7)]
    [InlineData("2026-03-02T08:00:00Z", 4711, (60 * 65536) + 4711)]
    [InlineData("2300-01-01T00:00:00Z", 65535, int.MaxValue)]
    public void A_first_epoch_is_the_day_and_a_chance(string now, int chance, int epoch) =>
        Assert.Equal(epoch, FirstEpoch.Choose(new FakeTimeProvider(DateTimeOffset.Parse(now, null)), _ => chance));
}
