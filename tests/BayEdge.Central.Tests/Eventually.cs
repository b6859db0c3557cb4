namespace BayEdge.Central.Tests;

internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Waits until a condition holds; fails with its name when it does not within 20 s.</summary>
    public static async Task HoldsAsync(Func<bool> condition, string name, CancellationToken cancellationToken)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(begun) > Limit)
                Assert.Fail($"Waited {Limit.TotalSeconds} s in vain for {name}.");
            await Task.Delay(10, cancellationToken);
        }
    }
}
