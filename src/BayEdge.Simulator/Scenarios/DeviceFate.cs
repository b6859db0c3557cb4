namespace BayEdge.Simulator.Scenarios;

/// <summary>The service ends for a while and starts again.</summary>
/// <param name="From">True time at which it ends.</param>
/// <param name="To">True time from which on it runs again.</param>
/// <param name="PowerWasCut">Whether the computer went off: then only what is on the disk is left, and the monotonic clock starts anew.</param>
public sealed record Interruption(DateTimeOffset From, DateTimeOffset To, bool PowerWasCut);

/// <summary>A source sees nothing for a while, or nobody listens to it.</summary>
/// <param name="From">True time.</param>
/// <param name="To">True time at which it is told to be up again.</param>
/// <param name="ToldAt">When it is told to be down; null when nobody notices or the device itself is off.</param>
public sealed record SourceSilence(string Source, DateTimeOffset From, DateTimeOffset To, DateTimeOffset? ToldAt);

/// <summary>Everything that befalls the device itself.</summary>
internal sealed record DeviceFate(IReadOnlyList<Interruption> Interruptions, IReadOnlyList<SourceSilence> Silences, DeviceClock Clock)
{
    private static readonly TimeSpan ShortestRestart = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ShortestPowerCut = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SmallestClockStep = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(3);

    public static DeviceFate Draw(DeviceNoise noise, IEnumerable<string> sources, DateTimeOffset start, DateTimeOffset end, Draws draws)
    {
        var interruptions = Interrupt(noise, start, end, draws.For("interruptions"));
        var silences = sources.SelectMany(source => Silence(noise, source, interruptions, start, end, draws.For(source))).ToList();
        return new DeviceFate(interruptions, silences, Clocks(noise, interruptions, start, end, draws.For("clock")));
    }

    private static List<Interruption> Interrupt(DeviceNoise noise, DateTimeOffset start, DateTimeOffset end, Draws draws)
    {
        var interruptions = new List<Interruption>();
        var perDay = noise.RestartsPerDay + noise.PowerCutsPerDay;
        for (var at = start + Apart; ; at = interruptions[^1].To + Apart)
        {
            at += draws.Wait(perDay / 24);
            var isPowerCut = draws.Happens(noise.PowerCutsPerDay / perDay);
            var length = isPowerCut
                ? draws.LogUniform(ShortestPowerCut, noise.LongestPowerCut)
                : draws.Between(ShortestRestart, noise.LongestRestart);
            if (at + length > end - Apart)
                return interruptions;
            interruptions.Add(new Interruption(at, at + length, isPowerCut));
        }
    }

    private static IEnumerable<SourceSilence> Silence(
        DeviceNoise noise, string source, List<Interruption> interruptions, DateTimeOffset start, DateTimeOffset end, Draws draws)
    {
        var silences = interruptions
            .Select(off => new SourceSilence(source, off.From, off.To + draws.Between(TimeSpan.FromSeconds(1), noise.LongestConnecting), null))
            .ToList();
        var byDevice = silences.Count;
        for (var at = start + Apart; ; at = silences[^1].To + Apart)
        {
            at += draws.Wait(noise.OutagesPerDay / 24);
            var outage = Outage(noise, source, at, draws);
            if (outage.To > end - Apart)
                break;

            // An outage while the device is off is nothing that anybody could tell.
            while (silences.Take(byDevice).FirstOrDefault(off => off.From - Apart < outage.To && outage.From < off.To + Apart) is { } overlapped)
            {
                var delay = overlapped.To + Apart - outage.From;
                outage = new SourceSilence(source, outage.From + delay, outage.To + delay, outage.ToldAt + delay);
            }

            silences.Add(outage);
        }

        return silences.OrderBy(silence => silence.From);
    }

    private static SourceSilence Outage(DeviceNoise noise, string source, DateTimeOffset at, Draws draws)
    {
        var length = draws.LogUniform(noise.ShortestOutage, noise.LongestOutage);
        var untold = draws.Happens(0.5) ? TimeSpan.Zero : noise.LongestUntold * draws.Uniform();
        return new SourceSilence(source, at, at + length, untold < length ? at + untold : null);
    }

    private static DeviceClock Clocks(DeviceNoise noise, List<Interruption> interruptions, DateTimeOffset start, DateTimeOffset end, Draws draws)
    {
        // The device has been up for a while.
        var bootedAt = start - TimeSpan.FromHours(1);
        var stretches = new List<DeviceClock.Stretch> { new(start, bootedAt, TimeSpan.Zero) };
        foreach (var off in interruptions.Where(off => off.PowerWasCut).Append(null))
        {
            StepClock(stretches, noise, off?.From ?? end, draws);
            if (off is null)
                break;
            var late = noise.ClockLateFor > TimeSpan.Zero ? off.From - off.To : TimeSpan.Zero;
            stretches.Add(new DeviceClock.Stretch(off.To, off.To, late));
            if (late != TimeSpan.Zero)
                stretches.Add(new DeviceClock.Stretch(off.To + (noise.ClockLateFor * draws.Between(0.5, 1)), off.To, TimeSpan.Zero));
        }

        return new DeviceClock(stretches);
    }

    private static void StepClock(List<DeviceClock.Stretch> stretches, DeviceNoise noise, DateTimeOffset until, Draws draws)
    {
        while (true)
        {
            var at = stretches[^1].From + Apart + draws.Wait(noise.ClockStepsPerDay / 24);
            var back = at + draws.LogUniform(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(30));
            if (back >= until)
                return;
            var step = draws.LogUniform(SmallestClockStep, noise.LargestClockStep) * (draws.Happens(0.5) ? 1 : -1);
            stretches.Add(stretches[^1] with { From = at, WallAhead = step });
            stretches.Add(stretches[^1] with { From = back, WallAhead = TimeSpan.Zero });
        }
    }
}
