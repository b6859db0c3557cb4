using BayEdge.Core.Drivers;
using BayEdge.TestKit;
using BayEdge.Vision.Cameras;

namespace BayEdge.Vision.Tests.Cameras;

public sealed class FrameLocationTests
{
    [Theory]
    [InlineData("http://192.0.2.6/video?user=admin&password=secret&channel=1", "http://192.0.2.6/video?user=***&password=***&channel=***")]
    [InlineData("http://192.0.2.6/v.cgi?loginuse=admin&loginpas=topsecret", "http://192.0.2.6/v.cgi?loginuse=***&loginpas=***")]
    [InlineData("http://192.0.2.6/v.cgi?admin:top#secret", "http://192.0.2.6/v.cgi?***")]
    [InlineData("rtsp://192.0.2.6/user=admin_password=my_secret_channel=1", "rtsp://192.0.2.6/user=***_password=***_channel=1")]
    [InlineData("rtsp://192.0.2.6/loginpas=my_secret", "rtsp://192.0.2.6/loginpas=***")]
    [InlineData("rtsp://192.0.2.6/user=admin&password=secret&channel=1", "rtsp://192.0.2.6/user=***&password=***&channel=1")]
    [InlineData("http://192.0.2.6:8080/video", "http://192.0.2.6:8080/video")]
    public void An_address_is_never_shown_with_its_password(string url, string shown) =>
        Assert.Equal(shown, FrameLocation.Of(url).ToString());

    [Fact]
    public void A_password_with_a_slash_that_makes_the_address_invalid_is_not_shown_either()
    {
        var fault = Assert.Throws<DeviceFaultException>(() => FrameLocation.Of("rtsp://admin:sec/ret@192.0.2.6/1"));

        Assert.DoesNotContain("ret", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rtsp://admin:secret@192.0.2.6/1", "rtsp://***@192.0.2.6/1")]
    [InlineData("rtsp://admin:sec@ret@192.0.2.6:554/1", "rtsp://***@192.0.2.6:554/1")]
    [InlineData("http://admin@192.0.2.6?a=b", "http://***@192.0.2.6?a=***")]
    public void A_login_in_the_address_is_refused_and_never_repeated(string url, string shown)
    {
        var fault = Assert.Throws<DeviceFaultException>(() => FrameLocation.Of(url, "root", "pw"));

        Assert.Equal(DeviceFaultKind.Local, fault.Kind);
        Assert.Equal(
            $"The camera's url {shown} holds a login, but secrets do not belong into the configuration. Take the login out of the url, "
            + "put the name into the camera's user, and the password into secrets.json under the camera's id: "
            + "{\"sources\":{\"cam-1\":{\"password\":\"…\"}}}.",
            fault.Message);
    }

    [Fact]
    public void The_login_of_the_settings_is_opened_with_its_signs_escaped() => Assert.Equal(
        "rtsp://admin:p%40ss%2Fw%3Ard@192.0.2.6/1", FrameLocation.Of("rtsp://192.0.2.6/1", "admin", "p@ss/w:rd").AddressWithLogin);

    [Theory]
    [InlineData("ftp://192.0.2.6/video")]
    [InlineData("rtsp://")]
    [InlineData("rtsp:///1")]
    [InlineData("rtsp://192.0.2.6/1\nfile '/etc/passwd'")]
    [InlineData("")]
    public void What_is_no_picture_source_is_refused_with_a_sentence(string url)
    {
        var fault = Assert.Throws<DeviceFaultException>(() => FrameLocation.Of(url));

        Assert.Equal(DeviceFaultKind.Local, fault.Kind);
        Assert.StartsWith("Expected a camera address such as rtsp://192.0.2.6/1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_is_a_device_a_folder_or_a_video()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(FrameLocationKind.Device, FrameLocation.Of("/dev/video0").Kind);
        Assert.Equal(FrameLocationKind.PictureFolder, FrameLocation.Of(folder.Path).Kind);
        Assert.Equal(FrameLocationKind.VideoFile, FrameLocation.Of(folder.File("a.mp4")).Kind);
    }
}
