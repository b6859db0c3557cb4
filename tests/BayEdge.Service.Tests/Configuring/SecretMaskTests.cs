using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BayEdge.Core.Configuration;
using BayEdge.Service.Configuring;
using BayEdge.Service.Hosting;

namespace BayEdge.Service.Tests.Configuring;

public sealed class SecretMaskTests : IDisposable
{
    private static readonly JsonObject Configuration = JsonNode.Parse("""
        {
          "cameras": [{ "id": "cam-1", "driver": "stream", "url": "rtsp://admin:hunter2@192.0.2.6/1?token=abc&channel=1" }],
          "mqtt": { "url": "mqtts://broker" }
        }
        """)!.AsObject();

    private static readonly Secrets Secrets = new()
    {
        MqttUser = "edge",
        MqttPassword = "br0ker",
        Sources = ImmutableDictionary<string, ImmutableDictionary<string, string>>.Empty.Add("cam-1", ImmutableDictionary<string, string>.Empty.Add("password", "p1cture")),
    };

    private readonly DriverSet _drivers = new(TimeProvider.System);

    [Fact]
    public void No_secret_is_shown()
    {
        var shown = Show().ToJsonString();

        Assert.All(new[] { "hunter2", "abc", "br0ker", "p1cture" }, secret => Assert.DoesNotContain(secret, shown, StringComparison.Ordinal));
        Assert.Equal("rtsp://admin:********@192.0.2.6/1?token=********&channel=1", (string?)Show()["cameras"]![0]!["url"]);
        Assert.Equal(("edge", SecretMask.Text), ((string?)Show()["mqtt"]!["user"], (string?)Show()["mqtt"]!["password"]));
    }

    [Fact]
    public void What_is_shown_and_given_back_changes_nothing()
    {
        var (taken, secrets, problems) = Take(Show());

        Assert.Empty(problems);
        Assert.True(JsonNode.DeepEquals(Configuration, taken), taken.ToJsonString());
        Assert.Equal(SecretsFile.Compose(Secrets), SecretsFile.Compose(secrets));
    }

    [Fact]
    public void A_secret_typed_anew_replaces_the_old_one_and_an_empty_one_removes_it()
    {
        var proposed = Show();
        proposed["cameras"]![0]!["password"] = "n3w";
        proposed["mqtt"]!["password"] = "";

        var (_, secrets, problems) = Take(proposed);

        Assert.Empty(problems);
        Assert.Equal(("n3w", null), (secrets.Find("cam-1", "password"), secrets.MqttPassword));
    }

    [Fact]
    public void A_secret_that_is_left_out_stays()
    {
        var (_, secrets, _) = Take(Configuration);

        Assert.Equal(SecretsFile.Compose(Secrets), SecretsFile.Compose(secrets));
    }

    [Fact]
    public void A_hidden_secret_under_another_name_must_be_typed_again()
    {
        var proposed = Show();
        proposed["cameras"]![0]!["id"] = "cam-2";

        var (_, _, problems) = Take(proposed);

        Assert.Equal(["cam-2.password", "cam-2.url"], problems.Select(problem => problem.Where).Order(StringComparer.Ordinal));
    }

    public void Dispose() => _drivers.Dispose();

    private JsonObject Show() => SecretMask.Show(Configuration, Secrets, _drivers.Catalogue);

    private (JsonObject Configuration, Secrets Secrets, ImmutableArray<Problem> Problems) Take(JsonObject proposed) =>
        SecretMask.Take(proposed, Configuration, Secrets, _drivers.Catalogue);
}
