using BayEdge.Vision.Plates.Reading;

namespace BayEdge.Vision.Tests.Plates.Reading;

public sealed class WrittenTextTests
{
    [Theory]
    [InlineData("2026-03-02 08:15:22")]
    [InlineData("2026/03/02")]
    [InlineData("03-02-2026 Mon 08:15")]
    [InlineData("02.03.2026")]
    [InlineData("08:15:22")]
    [InlineData("08:15:22.120")]
    [InlineData("2026年03月02日 星期一 08:15:22")]
    [InlineData("20260302")]
    [InlineData("2026 03 02 Monday")]
    [InlineData("08:15 AM")]
    [InlineData("Camera 01")]
    [InlineData("CAM01")]
    [InlineData("IPC-1")]
    [InlineData("IP CAMERA")]
    [InlineData("Channel1")]
    [InlineData("CH-02")]
    public void What_a_camera_writes_is_no_plate(string written) => Assert.True(WrittenText.IsOfCamera(written));

    [Theory]
    [InlineData("沪A·D12345")]
    [InlineData("WA 56660")]
    [InlineData("4B4 0262")]
    [InlineData("B·AB 1234")]
    [InlineData("12-AB-34")]
    [InlineData("ABC-1234")]
    [InlineData("SAT 1234")]
    [InlineData("MON 123")]
    [InlineData("1234567")]
    [InlineData("2026033")]
    [InlineData("CAM 4J5")]
    [InlineData("CH 12345")]
    [InlineData("CAM123")]
    [InlineData("NVR-456")]
    [InlineData("")]
    public void A_plate_is_none_of_it(string written) => Assert.False(WrittenText.IsOfCamera(written));
}
