using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;

namespace BayEdge.Core.Tests.Configuration;

public sealed class ConfigurationDisclosureTests
{
    [Fact]
    public void The_password_of_a_camera_stays_on_the_device_and_its_other_settings_do_not()
    {
        var disclosed = Disclose("rtsp://192.0.2.6/1");

        Assert.Equal(DriverSettings.Of(("url", "rtsp://192.0.2.6/1")), Assert.Single(disclosed.Cameras).Settings);
    }

    [Theory]
    [InlineData("rtsp://admin:p1cture@192.0.2.6/1", "rtsp://192.0.2.6/1")]
    [InlineData("rtsp://admin:p@ss/w@192.0.2.6/1", "rtsp://192.0.2.6/1")]
    [InlineData("http://192.0.2.6/snapshot.jpg?user=admin&password=p1cture", "http://192.0.2.6/snapshot.jpg")]
    [InlineData("/dev/video0", "/dev/video0")]
    public void An_address_goes_without_what_may_be_a_login(string url, string disclosed) =>
        Assert.Equal(disclosed, Assert.Single(Disclose(url).Cameras).Settings.Text("url"));

    [Fact]
    public void The_address_of_the_broker_goes_without_a_token() =>
        Assert.Equal("wss://broker/mqtt", Disclose("/dev/video0").Mqtt!.Url);

    private static EdgeConfiguration Disclose(string url) => new EdgeConfiguration
    {
        Site = "sh-01",
        Device = "pi-01",
        Bays = [new BayConfiguration("bay-01", "1")],
        Cameras = [new CameraConfiguration("cam-1", "stream", DriverSettings.Of(("url", url), ("password", "p1cture")), [new ZoneConfiguration("bay-01", [])])],
        Mqtt = new MqttConfiguration { Url = "wss://broker/mqtt?token=s3cret" },
    }.WithoutSecrets(KnownDrivers.Catalogue);
}
