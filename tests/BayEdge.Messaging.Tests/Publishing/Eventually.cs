namespace BayEdge.Messaging.Tests.Publishing;

internal static class Eventually
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(40);

    /// <summary>Waits until the condition holds; when it does not come about, fails with the account.</summary>
    public static async Task HoldsAsync(Func<bool> condition, Func<string> account, CancellationToken cancellationToken)
    {
        for (var began = TimeProvider.System.GetTimestamp(); !condition();)
        {
            if (TimeProvider.System.GetElapsedTime(began) > Longest)
                Assert.Fail($"What was waited for did not come about. So far:\n{account()}");
            await Task.Delay(20, cancellationToken);
        }
    }
}
