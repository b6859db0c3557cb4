using BayEdge.Core.Bays;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Service.Bays;
using BayEdge.Service.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace BayEdge.Web.Tests.Running;

/// <summary>A tag that was heard once a second until now, as its reader would have told it.</summary>
internal static class HeardTag
{
    public static async Task HearAsync(this Device device, string tag, TimeSpan length, TimeProvider bayClock, CancellationToken cancellationToken)
    {
        var bays = device.Service.Services.GetRequiredService<RuntimeKeeper>().Runtime!.Services.GetRequiredService<BayLoop>();
        var from = bayClock.Observe() - length;
        await bays.SendAsync(new SightingInput(new SourceSighting(from, "reader-1", SourceState.Up)), cancellationToken);
        for (var at = from; at.Monotonic < from.Monotonic + length; at += TimeSpan.FromSeconds(1))
            await bays.SendAsync(new SightingInput(new TagSighting(at, "reader-1", 1, tag, -55, 1)), cancellationToken);
    }
}
