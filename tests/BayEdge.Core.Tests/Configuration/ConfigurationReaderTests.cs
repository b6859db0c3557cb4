using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using BayEdge.Core.Tags;

namespace BayEdge.Core.Tests.Configuration;

public sealed class ConfigurationReaderTests
{
    private const string Whole = """
        { "site":"sh-01", "device":"pi-01", "language":"zh-CN", "plateRegion":"cn",
          "bays":[{"id":"bay-01","name":"1号工位"}],
          "readers":[{"id":"reader-1","driver":"llrp","address":"192.0.2.5:5084","antennas":[{"port":1,"bay":"bay-01"}]}],
          "cameras":[{"id":"cam-1","driver":"stream","url":"rtsp://192.0.2.6/1","zones":[{"bay":"bay-01","polygon":[[0.1,0.2],[0.9,0.2],[0.9,0.9],[0.1,0.9]]}]}],
          "presence":[{"id":"loop-1","driver":"gpio","pin":17,"bay":"bay-01"}],
          "mqtt":{"url":"mqtts://broker:8883","confirmation":"central","caFile":"/etc/bayedge/ca.pem"},
          "vehicles":[{"ref":"WO-1001","plate":"沪A·D12345","tags":["e28068940000501234567890"]}] }
        """;

    [Fact]
    public void The_devices_certificate_and_the_proxy_are_read()
    {
        var mqtt = Read("""
            {"site":"s","device":"d","bays":[{"id":"bay-01"}],
             "mqtt":{"url":"mqtts://broker","certFile":"/etc/bayedge/device.pem","keyFile":"/etc/bayedge/device.key","proxy":"http://proxy:3128"}}
            """).Mqtt!;

        Assert.Equal(("/etc/bayedge/device.pem", "/etc/bayedge/device.key", "http://proxy:3128"), (mqtt.CertFile, mqtt.KeyFile, mqtt.ProxyAddress?.ToString()));
    }

    [Fact]
    public void A_whole_configuration_is_read()
    {
        var configuration = Read(Whole);

        Assert.Equal(("sh-01", "pi-01", "zh-CN", PlateRegion.Cn), (configuration.Site, configuration.Device, configuration.Language, configuration.PlateRegion));
        Assert.Equal([new BayConfiguration("bay-01", "1号工位")], configuration.Bays);
        Assert.Equal(["reader-1", "cam-1", "loop-1"], configuration.Sources.Select(source => source.Id));
        Assert.Equal(["llrp", "stream", "gpio"], configuration.Sources.Select(source => source.Driver));
        Assert.Equal(
            new MqttConfiguration { Url = "mqtts://broker:8883", Confirmation = DeliveryConfirmation.Central, CaFile = "/etc/bayedge/ca.pem" },
            configuration.Mqtt);
    }

    [Fact]
    public void A_reader_has_its_antennas_and_its_drivers_settings_with_defaults()
    {
        var reader = Assert.Single(Read(Whole).Readers);

        Assert.Equal([new AntennaConfiguration(1, "bay-01")], reader.Antennas);
        Assert.Equal(("192.0.2.5:5084", "auto", null), (reader.Settings.Text("address"), reader.Settings.Text("mode"), reader.Settings.Find("powerDbm")));
    }

    [Fact]
    public void A_reader_may_leave_out_the_tags_of_parts_and_tools()
    {
        var filtered = Whole.Replace("\"driver\":\"llrp\"", "\"driver\":\"llrp\",\"tags\":{\"only\":[\"e280\"],\"ignore\":[\"E2801\",\"3\"]}", StringComparison.Ordinal);

        Assert.Equal(new TagFilter(["E280"], ["E2801", "3"]), Assert.Single(Read(filtered).Readers).Tags);
        Assert.Equal(TagFilter.None, Assert.Single(Read(Whole).Readers).Tags);
    }

    [Fact]
    public void A_camera_has_its_zones_and_the_region_of_the_plates()
    {
        var camera = Assert.Single(Read(Whole.Replace("\"cn\"", "\"eu\"", StringComparison.Ordinal)).Cameras);

        Assert.Equal(PlateRegion.Eu, camera.PlateRegion);
        Assert.Equal("bay-01", Assert.Single(camera.Zones).Bay);
        Assert.Equal([new(0.1, 0.2), new(0.9, 0.2), new(0.9, 0.9), new(0.1, 0.9)], camera.Zones[0].Polygon);
    }

    [Fact]
    public void A_camera_that_looks_from_aside_has_something_to_straighten_its_pictures_by()
    {
        var aslant = Whole.Replace("\"driver\":\"stream\"", "\"driver\":\"stream\",\"straighten\":[[0.1,0.2],[0.6,0.3],[0.6,0.8],[0.1,0.9]]", StringComparison.Ordinal);

        Assert.Equal([new(0.1, 0.2), new(0.6, 0.3), new(0.6, 0.8), new(0.1, 0.9)], Assert.Single(Read(aslant).Cameras).Straighten);
        Assert.Empty(Assert.Single(Read(Whole).Cameras).Straighten);
    }

    [Fact]
    public void A_contact_has_its_bay_and_numbers_and_flags_as_its_driver_wants_them()
    {
        var contact = Assert.Single(Read(Whole).Presence);

        Assert.Equal(("bay-01", 17, 50, false), (contact.Bay, contact.Settings.Integer("pin"), contact.Settings.Integer("debounceMs"), contact.Settings.Flag("activeLow")));
    }

    [Fact]
    public void An_expected_vehicle_is_kept_as_plates_and_tags_are_compared()
    {
        var vehicle = Assert.Single(Read(Whole).Vehicles);

        Assert.Equal(("WO-1001", "沪AD12345", "E28068940000501234567890"), (vehicle.Ref, vehicle.Plate, Assert.Single(vehicle.Tags)));
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var configuration = Read("""{"site":"s","device":"d","bays":[{"id":"bay-01"}],"mqtt":{"url":"mqtt://broker"}}""");

        Assert.Equal(("zh-CN", PlateRegion.Cn), (configuration.Language, configuration.PlateRegion));
        Assert.Equal("bay-01", Assert.Single(configuration.Bays).Name);
        Assert.Equal((DeliveryConfirmation.Central, true), (configuration.Mqtt!.Confirmation, configuration.Mqtt.Neighbours));
        Assert.Empty(configuration.Sources);
        Assert.Null(Read("""{"site":"s","device":"d","bays":[{"id":"bay-01"}]}""").Mqtt);
    }

    [Fact]
    public void A_device_can_be_told_to_keep_to_itself() =>
        Assert.False(Read("""{"site":"s","device":"d","bays":[{"id":"bay-01"}],"mqtt":{"url":"mqtt://broker","neighbours":false}}""").Mqtt!.Neighbours);

    [Fact]
    public void The_flight_recorder_runs_unless_it_is_switched_off()
    {
        Assert.Equal(new RecorderConfiguration { Enabled = true, MaximumMegabytes = 64, Hours = 24 }, Read(Whole).Recorder);
        Assert.Equal(
            new RecorderConfiguration { Enabled = false, MaximumMegabytes = 8, Hours = 72 },
            Read("""{"site":"s","device":"d","bays":[{"id":"bay-01"}],"recorder":{"enabled":false,"maxMegabytes":8,"hours":72}}""").Recorder);
    }

    [Fact]
    public void Evidence_pictures_are_kept_unless_they_are_switched_off()
    {
        Assert.Equal(new PicturesConfiguration { Enabled = true, MaximumMegabytes = 500, Days = 30 }, Read(Whole).Pictures);
        Assert.Equal(
            new PicturesConfiguration { Enabled = false, MaximumMegabytes = 50, Days = 7 },
            Read("""{"site":"s","device":"d","bays":[{"id":"bay-01"}],"pictures":{"enabled":false,"maxMegabytes":50,"days":7}}""").Pictures);
    }

    [Fact]
    public void The_rules_are_as_delivered_unless_they_are_set()
    {
        Assert.Equal(new RulesConfiguration(), Read(Whole).Rules);
        Assert.Equal(
            new RulesConfiguration { ShortestStaySeconds = 10, Arrivals = Caution.Prompt, Departures = Caution.Careful, ShortestSilenceSeconds = 60, LongestSilenceMinutes = 45 },
            Read("""
                {"site":"s","device":"d","bays":[{"id":"bay-01"}],
                 "rules":{"shortestStaySeconds":10,"arrivals":"prompt","departures":"careful","shortestSilenceSeconds":60,"longestSilenceMinutes":45}}
                """).Rules);
    }

    [Fact]
    public void Networks_of_the_users_own_take_the_place_of_the_products()
    {
        Assert.Equal(new VisionConfiguration(), Read(Whole).Vision);
        Assert.Equal(
            new VisionConfiguration
            {
                Locator = new LocatorConfiguration("/m/l.onnx") { Output = LocatorOutput.YoloV5, InputSize = 320, ConfidencePercent = 25 },
                Reader = new PlateNetworkConfiguration("/m/r.onnx", "0A") { Head = ReaderHead.Slots, Blank = BlankColumn.Last, Colours = ChannelOrder.Bgr, Range = ValueRange.Signed },
            },
            Read("""
                {"site":"s","device":"d","bays":[{"id":"bay-01"}],"vision":{
                  "locator":{"file":"/m/l.onnx","output":"yolov5","inputSize":320,"confidencePercent":25},
                  "reader":{"file":"/m/r.onnx","characters":"0A","head":"slots","blank":"last","colours":"bgr","range":"signed"}}}
                """).Vision);
    }

    [Fact]
    public void Comments_and_a_last_comma_do_not_hurt()
    {
        Assert.Equal("s", Read("""
            { // the workshop
              "site":"s", "device":"d", "bays":[{"id":"bay-01"},], }
            """).Site);
    }

    [Fact]
    public void A_cameras_password_comes_from_the_secrets()
    {
        var secrets = new Secrets
        {
            Sources = ImmutableDictionary<string, ImmutableDictionary<string, string>>.Empty
                .Add("cam-1", ImmutableDictionary<string, string>.Empty.Add("password", "p1cture")),
        };

        var result = ConfigurationReader.Read(
            """
            {"site":"s","device":"d","bays":[{"id":"bay-01"}],
             "cameras":[{"id":"cam-1","driver":"stream","url":"rtsp://192.0.2.6/1","zones":[{"bay":"bay-01","polygon":[[0,0],[1,0],[1,1]]}]}]}
            """,
            KnownDrivers.Catalogue,
            secrets);

        Assert.Equal("p1cture", Assert.Single(result.Configuration!.Cameras).Settings.Find("password"));
    }

    private static EdgeConfiguration Read(string json)
    {
        var result = ConfigurationReader.Read(json, KnownDrivers.Catalogue, Secrets.None);
        Assert.Empty(result.Problems);
        return result.Configuration!;
    }
}
