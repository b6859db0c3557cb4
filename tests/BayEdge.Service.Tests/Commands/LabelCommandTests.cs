using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BayEdge.Service.Commands;
using BayEdge.TestKit;

namespace BayEdge.Service.Tests.Commands;

public sealed class LabelCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_label_shows_the_code_that_claims_the_device_and_the_certificate_that_the_page_will_show()
    {
        var first = await PrintAsync();
        var again = await PrintAsync();

        Assert.Equal(first, again);
        Assert.Equal(File.ReadAllText(_folder.File("data/claim-code")).Trim(), ValueOf(first, "claim code"));
        Assert.Equal("https://192.0.2.7/", ValueOf(first, "page"));
        using var certificate = X509CertificateLoader.LoadPkcs12FromFile(_folder.File("data/certificate.pfx"), null);
        Assert.Equal($"SHA-256 {Convert.ToHexString(SHA256.HashData(certificate.RawData))}", ValueOf(first, "certificate").Replace(":", "", StringComparison.Ordinal));
        Assert.Contains('█', first);
    }

    [Fact]
    public async Task A_code_that_was_written_with_the_card_is_the_one_on_the_label()
    {
        File.WriteAllText(_folder.File("claim-code"), "7K2QM-4XW9P\n");

        Assert.Equal("7K2QM-4XW9P", ValueOf(await PrintAsync(), "claim code"));
    }

    [Fact]
    public async Task Where_the_disk_takes_no_certificate_the_command_says_so_and_fails()
    {
        File.WriteAllText(_folder.File("data"), "a file in the way");
        var errors = new StringWriter();

        Assert.Equal(1, await InvokeAsync(new StringWriter(), errors));

        Assert.Contains("data", errors.ToString(), StringComparison.Ordinal);
    }

    private static string ValueOf(string label, string name) =>
        label.Split('\n').Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim();

    private async Task<string> PrintAsync()
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        Assert.True(await InvokeAsync(output, errors) == 0, errors.ToString());
        return output.ToString();
    }

    private Task<int> InvokeAsync(TextWriter output, TextWriter errors) => LabelCommand.Create()
        .Parse(["--config", _folder.File("bayedge.json"), "--data", _folder.File("data"), "--page", "https://192.0.2.7/"])
        .InvokeAsync(new InvocationConfiguration { Output = output, Error = errors }, TestContext.Current.CancellationToken);
}
