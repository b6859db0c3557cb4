namespace BayEdge.EndToEnd.Tests.Running;

internal static class Wait
{
    /// <summary>Waits until a condition holds; when the test's time is up, fails with what was waited for and the account.</summary>
    public static async Task UntilAsync(Func<bool> condition, string what, Func<string> account)
    {
        while (!condition())
        {
            if (TestContext.Current.CancellationToken.IsCancellationRequested)
                Assert.Fail($"Waited in vain for {what}. So far:\n{account()}");
            await Task.Delay(50, CancellationToken.None);
        }
    }
}
