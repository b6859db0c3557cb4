using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using BayEdge.Contracts.Events;
using BayEdge.Messaging.Certificates;
using BayEdge.TestKit;

namespace BayEdge.Messaging.Tests.Certificates;

public sealed class CertificateFaultsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(-31, ClockState.Synced, null, null)]
    [InlineData(-3, ClockState.Synced, "runs out", "have it renewed before")]
    [InlineData(-3, ClockState.Holdover, "runs out", "have it renewed before")]
    [InlineData(3, ClockState.Synced, "ran out", "have it renewed")]
    [InlineData(-3, ClockState.Unsynced, null, null)]
    [InlineData(3, ClockState.Unsynced, null, null)]
    public void A_certificate_that_ran_out_is_told_from_one_that_will_and_neither_by_a_clock_that_is_not_set(
        int daysPastItsEnd, ClockState clock, string? what, string? request)
    {
        var until = DateTimeOffset.UtcNow.AddDays(90);
        var (file, _) = new WorkshopAuthority("workshop").Issue(_folder, "device", until.AddDays(-100), until);
        using var own = X509CertificateLoader.LoadCertificateFromFile(file);

        var day = until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.Equal(
            what is null ? null : $"Our certificate '{file}' for the broker {what} on {day}: {request}; renewed files are taken without a restart.",
            CertificateFaults.RunsOut(file, own, until.AddDays(daysPastItsEnd), clock, TimeSpan.FromDays(30))?.Text);
    }
}
