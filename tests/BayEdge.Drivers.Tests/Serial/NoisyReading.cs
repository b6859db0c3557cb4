using BayEdge.Core.Drivers;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Drivers.Tests.Serial;

/// <summary>Lets a driver's source run on noise again and again: whatever comes, it ends with a fault in words or is ended.</summary>
internal static class NoisyReading
{
    /// <returns>How many of the runs got as far as reading tags.</returns>
    public static async Task<int> RunAsync(
        Func<TimeProvider, NoisyPorts, ISourceDriver> driver, IReadOnlyList<byte[]> frames, int rounds, params (string Key, string Value)[] settings)
    {
        var random = new Random(Damage.Seed);
        var ready = 0;
        for (var round = 0; round < rounds && !TestContext.Current.CancellationToken.IsCancellationRequested; round++)
        {
            var time = new FakeTimeProvider();
            using var over = new CancellationTokenSource();
            var tested = driver(time, new NoisyPorts(frames, random, time, over));
            var sink = new RecordingSink();

            var outcome = await Record.ExceptionAsync(() => tested.Create(RunningReader.Configuration(tested, "/dev/noise", settings)).RunAsync(sink, over.Token));

            Assert.True(outcome is DeviceFaultException or OperationCanceledException, $"Seed {Damage.Seed}, round {round}: {outcome}");
            ready += sink.ReadyAsync.IsCompleted ? 1 : 0;
        }

        return ready;
    }
}
