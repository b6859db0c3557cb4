namespace BayEdge.Messaging.Tests.Publishing;

internal static class Eventually
{
    /// <summary>Waits until the condition holds; on cancellation, such as by the test's limit, fails with the account.</summary>
    public static async Task HoldsAsync(Func<bool> condition, Func<string> account, CancellationToken cancellationToken)
    {
        while (!condition())
        {
            if (cancellationToken.IsCancellationRequested)
                Assert.Fail($"What was waited for did not come about. So far:\n{account()}");
            await Task.Delay(20, CancellationToken.None);
        }
    }
}
