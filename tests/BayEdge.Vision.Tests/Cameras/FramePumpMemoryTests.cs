using BayEdge.Vision.Cameras;
using Microsoft.Extensions.Logging.Abstractions;

namespace BayEdge.Vision.Tests.Cameras;

/// <summary>Alone, because the memory of other tests would count.</summary>
[Collection(Alone.Name)]
public sealed class FramePumpMemoryTests
{
    private const int WarmUp = 500;
    private const int Pictures = 2000;
    private const long Allowed = 10_000_000;

    // A picture of 1280x720 has 2.8 MB: four that are kept would show.
    [Fact(Timeout = 60_000)]
    public async Task Memory_stays_flat_over_two_thousand_pictures()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var grabber = new CountingGrabber
        {
            Pictures = WarmUp + Pictures,
            Width = 1280,
            Height = 720,
            Location = FrameLocation.Of("/a.mp4"),
            Interval = TimeSpan.FromTicks(1),
        };
        using var shared = new SharedPlateReader(() => new ScriptedReader(), TimeProvider.System, NullLogger.Instance);
        using var watch = new ZoneWatch(CameraBench.Camera("unused"), CameraBench.Options("unused"), shared);
        await using var pump = new FramePump(grabber, CameraBench.Options("/a.mp4", ("framesPerSecond", "10000000")), TimeProvider.System);

        long? warm = null;
        while (await pump.NextAsync(cancellation) is { } next)
        {
            using var frame = next;
            await watch.LookAsync(frame, cancellation);
            if (warm is null && grabber.Retrieved >= WarmUp)
                warm = InUse();
        }

        var grown = InUse() - warm;
        Assert.True(grabber.Retrieved > WarmUp + (Pictures / 2), $"only {grabber.Retrieved} pictures were made");
        Assert.True(grown < Allowed, $"grown by {grown / 1e6:0.0} MB, at most {Allowed / 1e6:0} were expected");
    }

    private static long InUse()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Environment.WorkingSet;
    }
}

/// <summary>Tests that run after all others, one at a time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
