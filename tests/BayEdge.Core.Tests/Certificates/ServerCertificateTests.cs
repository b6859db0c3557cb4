using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using BayEdge.Core.Certificates;
using BayEdge.TestKit;

namespace BayEdge.Core.Tests.Certificates;

public sealed class ServerCertificateTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly WorkshopAuthority _authority = new("workshop");

    [Theory]
    [InlineData(0, true, true, CertificateFault.None)]
    [InlineData(0, true, false, CertificateFault.None)]
    [InlineData(0, false, true, CertificateFault.OtherName)]
    [InlineData(20, true, true, CertificateFault.Expired)]
    [InlineData(-20, true, true, CertificateFault.NotYetValid)]
    [InlineData(20, true, false, CertificateFault.ClockNotSet)]
    [InlineData(-20, true, false, CertificateFault.ClockNotSet)]
    public void What_is_wrong_with_a_certificate_is_told_apart(int daysLater, bool isForHost, bool isClockSet, CertificateFault fault)
    {
        var (certificate, now) = (Issued(), DateTimeOffset.UtcNow.AddDays(daysLater));

        var verdict = ServerCertificate.Judge(certificate, [], Authorities(_authority), isForHost, isClockSet, now);

        Assert.Equal((fault, "broker.example", "workshop"), (verdict.Fault, verdict.Name, verdict.Issuer));
    }

    [Fact]
    public void Only_an_authority_that_is_known_vouches_for_a_certificate()
    {
        var between = new WorkshopAuthority("branch", under: _authority);
        var issued = Issued(between);
        var sent = Authorities(between);

        Assert.Equal(CertificateFault.None, Judge([.. sent], _authority).Fault);
        Assert.Equal(CertificateFault.UnknownAuthority, Judge([], _authority).Fault);
        Assert.Equal(CertificateFault.UnknownAuthority, Judge([.. sent], new WorkshopAuthority("workshop")).Fault);

        CertificateVerdict Judge(X509Certificate2Collection beside, WorkshopAuthority known) =>
            ServerCertificate.Judge(issued, beside, Authorities(known), isForHost: true, isClockSet: true, DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task An_issuer_that_the_server_did_not_send_is_not_fetched()
    {
        // The runtime would keep what it fetches for all time, and for whoever comes by this name.
        var between = new WorkshopAuthority($"{Guid.NewGuid()}", under: _authority);
        using var page = new HttpListener();
        var address = $"http://127.0.0.1:{LoopbackPorts.Free()}/";
        page.Prefixes.Add(address);
        page.Start();
        var asked = AnswerAsync(page, Authorities(between)[0].RawData);
        using var issued = between.Sign(request => request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [$"{address}branch.cer"])));

        var verdict = ServerCertificate.Judge(issued, [], Authorities(_authority), isForHost: true, isClockSet: true, DateTimeOffset.UtcNow);

        Assert.Equal((CertificateFault.UnknownAuthority, false), (verdict.Fault, asked.IsCompleted));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    public void A_file_that_holds_no_authority_gives_none(string content) => Assert.Null(ServerCertificate.AuthoritiesIn(Encoding.UTF8.GetBytes(content)));

    [Fact]
    public void A_day_is_written_as_on_a_certificate() => Assert.Equal("2026-03-02", ServerCertificate.Day(Now.UtcDateTime));

    public void Dispose() => _folder.Dispose();

    private static async Task AnswerAsync(HttpListener page, byte[] certificate)
    {
        var context = await page.GetContextAsync();
        await context.Response.OutputStream.WriteAsync(certificate);
        context.Response.Close();
    }

    private static X509Certificate2Collection Authorities(WorkshopAuthority authority) => ServerCertificate.AuthoritiesIn(Encoding.UTF8.GetBytes(authority.Pem))!;

    /// <summary>Valid from ten days ago until ten days hence.</summary>
    private X509Certificate2 Issued(WorkshopAuthority? by = null)
    {
        var (file, _) = (by ?? _authority).Issue(_folder, "broker.example", DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow.AddDays(10));
        return X509Certificate2.CreateFromPem(File.ReadAllText(file));
    }
}
