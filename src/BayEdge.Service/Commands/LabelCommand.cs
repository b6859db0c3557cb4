using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography;
using BayEdge.Core.Delivery;
using BayEdge.Service.Access;
using BayEdge.Service.Hosting;
using QRCoder;

namespace BayEdge.Service.Commands;

/// <summary><c>bayedge label</c>: what belongs on the device's label.</summary>
internal static class LabelCommand
{
    public static Command Create()
    {
        var config = ConfigurationFile.Option();
        var data = DataFolder.Option();
        var page = new Option<Uri?>("--page")
        {
            Description = "Where phones find the page. The default is this computer's first address with port 8080.",
            HelpName = "URL",
            CustomParser = Parse,
        };
        var command = new Command("label", "Prints what belongs on the device's label: serial number, claim code, address as a QR code, certificate.") { config, data, page };
        command.SetAction((parsed, _) => PrintAsync(
            parsed.GetRequiredValue(config), parsed.GetValue(data), parsed.GetValue(page), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static Uri? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))
            return url;
        result.AddError($"--page: expected a URL such as http://192.168.1.20:8080, but found '{text}'.");
        return null;
    }

    private static async Task<int> PrintAsync(FileInfo config, DirectoryInfo? data, Uri? page, TextWriter output, TextWriter errors)
    {
        var folder = DataFolder.For(data, config);
        var addresses = DeviceAddresses.Own();
        page ??= new UriBuilder(Uri.UriSchemeHttp, addresses.Count > 0 ? addresses[0].ToString() : "127.0.0.1", 8080).Uri;
        try
        {
            using var certificate = DeviceCertificate.Open(folder);
            await output.WriteLineAsync($"serial       {DeviceSerial.Read()}");
            await output.WriteLineAsync($"claim code   {ClaimCode.Open(config, folder).Text}");
            await output.WriteLineAsync($"page         {page}");
            await output.WriteLineAsync($"addresses    {string.Join(", ", addresses)}");
            await output.WriteLineAsync($"certificate  SHA-256 {DeviceCertificate.FingerprintOf(certificate)}");
            await output.WriteLineAsync();
            await output.WriteLineAsync(QrCode(page.ToString()));
            return ExitCodes.Done;
        }
        catch (Exception exception) when (exception is StorageFaultException or CryptographicException)
        {
            await errors.WriteLineAsync(exception.Message);
            return ExitCodes.Wrong;
        }
    }

    private static string QrCode(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var drawn = new AsciiQRCode(code);
        return drawn.GetGraphicSmall(invert: true);
    }
}
