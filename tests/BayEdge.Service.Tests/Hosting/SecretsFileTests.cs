using BayEdge.Core.Configuration;
using BayEdge.Service.Hosting;
using BayEdge.TestKit;

namespace BayEdge.Service.Tests.Hosting;

public sealed class SecretsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Without_the_file_there_are_no_secrets() => Assert.Equal((Secrets.None, null), SecretsFile.Read(_folder.File("secrets.json")));

    [Fact]
    public void The_owners_file_is_read()
    {
        var (secrets, problem) = SecretsFile.Read(Write("""{"mqttUser":"pi-01","mqttPassword":"s3cret","sources":{"cam-1":{"password":"p1cture"}}}"""));

        Assert.Null(problem);
        Assert.Equal(("pi-01", "s3cret"), (secrets!.MqttUser, secrets.MqttPassword));
        Assert.Equal("p1cture", secrets.Find("cam-1", "password"));
        Assert.DoesNotContain("s3cret", secrets.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_read_is_composed_again()
    {
        const string all = """{"mqttUser":"a","mqttPassword":"b","mqttKeyPassword":"c","mqttProxyUser":"d","mqttProxyPassword":"e"}""";

        Assert.Equal(all, SecretsFile.Compose(SecretsFile.Parse("secrets.json", all).Secrets!));
    }

    [Fact]
    public void A_file_that_others_can_read_is_refused()
    {
        var path = Write("{}", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        Assert.Equal($"{path}: expected a file that only its owner can read, but others can too; run: chmod 600 {path}", SecretsFile.Read(path).Problem!.Text);
    }

    [Theory]
    [InlineData("""{"mqttPasword":"s3cret"}""", "'mqttPasword' is not known; known are mqttUser, mqttPassword, mqttKeyPassword, mqttProxyUser, mqttProxyPassword, sources")]
    [InlineData("""{"mqttPassword":5}""", "expected 'mqttPassword' to be a text in quotes")]
    [InlineData("""{"sources":{"cam-1":"s3cret"}}""", "expected 'sources' to be such as {\"cam-1\":{\"password\":\"…\"}}")]
    [InlineData("[]", "expected a JSON object with mqttUser, mqttPassword, mqttKeyPassword, mqttProxyUser, mqttProxyPassword, sources")]
    [InlineData("{", "expected a JSON object with mqttUser, mqttPassword, mqttKeyPassword, mqttProxyUser, mqttProxyPassword, sources, but the file is no valid JSON")]
    public void A_wrong_file_is_explained_without_its_secrets(string json, string problem)
    {
        var path = Write(json);

        Assert.Equal($"{path}: {problem}", SecretsFile.Read(path).Problem!.Text);
    }

    public void Dispose() => _folder.Dispose();

    private string Write(string json, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var path = _folder.File("secrets.json");
        File.WriteAllText(path, json);
        File.SetUnixFileMode(path, mode);
        return path;
    }
}
