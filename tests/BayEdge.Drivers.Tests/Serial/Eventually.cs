namespace BayEdge.Drivers.Tests.Serial;

internal static class Eventually
{
    /// <summary>Waits until a condition holds; the time limit of the test ends it.</summary>
    public static async Task HoldsAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(10, TestContext.Current.CancellationToken);
    }
}
