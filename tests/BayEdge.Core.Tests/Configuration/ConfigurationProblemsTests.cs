using System.Collections.Immutable;
using BayEdge.Core.Configuration;

namespace BayEdge.Core.Tests.Configuration;

/// <summary>The sentences that a person on a ladder gets to read.</summary>
public sealed class ConfigurationProblemsTests
{
    [Theory]
    [InlineData("\"languge\":\"en\"", "languge: this setting is not known; did you mean 'language'?")]
    [InlineData("\"cameras\":[{\"id\":\"c\",\"driver\":\"stream\",\"url\":\"u\",\"zone\":[]}]", "cameras[0].zone: this setting is not known; did you mean 'zones'?")]
    [InlineData("\"mqtt\":{\"ulr\":\"mqtt://b\"}", "mqtt.ulr: this setting is not known; did you mean 'url'?")]
    [InlineData("\"colour\":1", "colour: this setting is not known; known here are bays, cameras, device, language, mqtt, pictures, plateRegion, presence, readers, recorder, rules, site, vehicles, vision")]
    [InlineData("\"language\":\"de\"", "language: expected one of zh-CN, en, but found 'de'")]
    [InlineData("\"language\":7", "language: expected a text in quotes, but found 7")]
    [InlineData("\"plateRegion\":\"CN\"", "plateRegion: expected one of cn, eu, us, br, but found 'CN'")]
    [InlineData("\"readers\":{}", "readers: expected a list of objects in [ ], but found {}")]
    [InlineData("\"readers\":[3]", "readers[0]: expected an object in { }, but found 3")]
    [InlineData("\"mqtt\":[1]", "mqtt: expected an object in { }, but found [1]")]
    [InlineData("\"mqtt\":{\"url\":\"broker\"}", "mqtt.url: expected a broker URL such as mqtt://192.0.2.1:1883 or mqtts://broker:8883, but found 'broker'")]
    [InlineData("\"mqtt\":{\"url\":\"mqtt://me:secret@broker\"}", "mqtt.url: user name and password do not belong into the broker URL; put them into the secrets file")]
    [InlineData("\"mqtt\":{\"url\":\"mqtt://b\",\"confirmation\":\"both\"}", "mqtt.confirmation: expected one of central, broker, but found 'both'")]
    [InlineData("\"mqtt\":{\"url\":\"mqtt://b\",\"neighbours\":\"no\"}", "mqtt.neighbours: expected true or false, but found \"no\"")]
    [InlineData("\"mqtt\":{\"url\":\"mqtt://b\",\"caFile\":\"/ca.pem\"}", "mqtt.caFile: such a file is without effect where the url does not ask for TLS; write mqtts:// or wss://, or leave it out")]
    [InlineData("\"mqtt\":{\"url\":\"mqtts://b\",\"caFile\":\"ca.pem\"}", "mqtt.caFile: expected the full path of a PEM file such as /etc/bayedge/ca.pem, but found 'ca.pem'")]
    [InlineData("\"mqtt\":{\"url\":\"mqtt://b\",\"certFile\":\"/d.pem\"}", "mqtt.certFile: such a file is without effect where the url does not ask for TLS; write mqtts:// or wss://, or leave it out")]
    [InlineData("\"mqtt\":{\"url\":\"mqtts://b\",\"certFile\":\"d.pem\"}", "mqtt.certFile: expected the full path of a PEM file such as /etc/bayedge/device.pem, but found 'd.pem'")]
    [InlineData("\"mqtt\":{\"url\":\"mqtts://b\",\"keyFile\":\"/d.key\"}", "mqtt.keyFile: a key is without effect where there is no certificate; name its file with certFile, or leave keyFile out")]
    [InlineData("\"mqtt\":{\"url\":\"wss://b\",\"certFile\":\"/d.P12\",\"keyFile\":\"/d.key\"}", "mqtt.keyFile: a PFX file holds its key; leave keyFile out")]
    [InlineData("\"mqtt\":{\"url\":\"mqtt://b\",\"proxy\":\"proxy:3128\"}", "mqtt.proxy: expected a proxy such as http://192.0.2.1:3128, but found 'proxy:3128'")]
    [InlineData("\"mqtt\":{\"url\":\"mqtt://b\",\"proxy\":\"http://me:secret@proxy:3128\"}", "mqtt.proxy: user name and password do not belong into the proxy's URL; put them into the secrets file")]
    [InlineData("\"mqtt\":{}", "mqtt.url: expected a text, but the setting is missing; add it")]
    [InlineData("\"recorder\":{\"enabled\":\"no\"}", "recorder.enabled: expected true or false, but found \"no\"")]
    [InlineData("\"recorder\":{\"maxMegabytes\":3}", "recorder.maxMegabytes: expected a whole number from 4 to 10000, but found 3")]
    [InlineData("\"recorder\":{\"hours\":0}", "recorder.hours: expected a whole number from 1 to 720, but found 0")]
    [InlineData("\"recorder\":{\"hour\":1}", "recorder.hour: this setting is not known; did you mean 'hours'?")]
    [InlineData("\"rules\":{\"shortestStaySeconds\":3}", "rules.shortestStaySeconds: expected a whole number from 4 to 300, but found 3")]
    [InlineData("\"rules\":{\"arrivals\":\"fast\"}", "rules.arrivals: expected one of prompt, balanced, careful, but found 'fast'")]
    [InlineData("\"rules\":{\"departures\":1}", "rules.departures: expected a text in quotes, but found 1")]
    [InlineData("\"rules\":{\"shortestSilenceSeconds\":29}", "rules.shortestSilenceSeconds: expected a whole number from 30 to 300, but found 29")]
    [InlineData("\"rules\":{\"longestSilenceMinutes\":121}", "rules.longestSilenceMinutes: expected a whole number from 5 to 120, but found 121")]
    [InlineData("\"rules\":{\"longestSilenceMinute\":20}", "rules.longestSilenceMinute: this setting is not known; did you mean 'longestSilenceMinutes'?")]
    [InlineData("\"pictures\":{\"days\":0}", "pictures.days: expected a whole number from 1 to 3650, but found 0")]
    [InlineData("\"pictures\":{\"enable\":false}", "pictures.enable: this setting is not known; did you mean 'enabled'?")]
    [InlineData("\"vision\":{\"locator\":{\"file\":\"a.onnx\"}}", "vision.locator.file: expected the full path of an ONNX network such as /etc/bayedge/plates.onnx, but found 'a.onnx'")]
    [InlineData("\"vision\":{\"locator\":{\"file\":\"/a\",\"output\":\"ssd\"}}", "vision.locator.output: expected one of yolov8, yolov5, boxes, but found 'ssd'")]
    [InlineData("\"vision\":{\"reader\":{\"file\":\"/a\"}}", "vision.reader.characters: expected a text, but the setting is missing; add it")]
    [InlineData("\"vision\":{\"reader\":{\"file\":\"/a\",\"characters\":\"ABA\"}}", "vision.reader.characters: expected each character once, in the order of the network's columns, but one stands twice")]
    [InlineData("\"language\":\"en\",\"language\":\"zh-CN\"", "language: this setting stands twice; keep one")]
    public void A_mistake_at_the_top(string mistake, string sentence) => Assert.Equal([sentence], Problems(With(mistake)));

    [Theory]
    [InlineData("\"driver\":\"lrp\",\"address\":\"h\"", "readers[0].driver: expected one of llrp, but found 'lrp'")]
    [InlineData("\"driver\":\"gpio\",\"pin\":1", "readers[0].driver: expected one of llrp, but found 'gpio'")]
    [InlineData("\"address\":\"h\"", "readers[0].driver: expected the name of its driver, one of llrp, but the setting is missing; add it")]
    [InlineData("\"driver\":\"llrp\"", "readers[0].address: expected host or host:port such as 192.0.2.5:5084, but the setting is missing; add it")]
    [InlineData("\"driver\":\"llrp\",\"address\":\"a b\"", "readers[0].address: expected host or host:port such as 192.0.2.5:5084, but found \"a b\"")]
    [InlineData("\"driver\":\"llrp\",\"address\":\"h\",\"tags\":{\"only\":[\"vehicle\"]}", "readers[0].tags.only[0]: expected the first hex digits of tags such as \"E280\", but found \"vehicle\"")]
    [InlineData("\"driver\":\"llrp\",\"address\":\"h\",\"tags\":{\"without\":[]}", "readers[0].tags.without: this setting is not known; known here are ignore, only")]
    [InlineData("\"driver\":\"llrp\",\"adress\":\"h\",\"address\":\"h\"", "readers[0].adress: this setting is not known; did you mean 'address'?")]
    [InlineData("\"driver\":\"llrp\",\"address\":\"h\",\"powerDbm\":40", "readers[0].powerDbm: expected a number from 0 to 33 dBm, but found 40")]
    [InlineData("\"driver\":\"llrp\",\"address\":\"h\",\"mode\":\"fast\"", "readers[0].mode: expected one of auto, dense, but found \"fast\"")]
    public void A_mistake_in_a_readers_settings(string settings, string sentence) =>
        Assert.Equal([sentence], Problems(With($$"""
            "readers":[{"id":"reader-1","antennas":[{"port":1,"bay":"bay-01"}],{{settings}}}]
            """)));

    [Theory]
    [InlineData("\"antennas\":[]", "readers[0].antennas: expected at least one antenna such as {\"port\":1,\"bay\":\"bay-01\"}, but there is none; say which bay each antenna looks at")]
    [InlineData("\"antennas\":\"all\"", "readers[0].antennas: expected a list of objects in [ ], but found \"all\"")]
    [InlineData("\"antennas\":[{\"port\":0,\"bay\":\"bay-01\"}]", "readers[0].antennas[0].port: expected a whole number from 1 to 64, but found 0")]
    [InlineData("\"antennas\":[{\"port\":\"1\",\"bay\":\"bay-01\"}]", "readers[0].antennas[0].port: expected a whole number from 1 to 64, but found \"1\"")]
    [InlineData("\"antennas\":[{\"port\":1}]", "readers[0].antennas[0].bay: expected a text, but the setting is missing; add it")]
    [InlineData("\"antennas\":[{\"port\":1,\"bay\":\"bay-1\"}]", "readers[0].antennas[0].bay: expected one of the bays bay-01, bay-02, but found 'bay-1'; add the bay or correct the name")]
    [InlineData("\"antennas\":[{\"port\":1,\"bay\":\"bay-01\"},{\"port\":1,\"bay\":\"bay-02\"}]", "readers[0].antennas: antenna port 1 stands twice; an antenna looks at one bay")]
    [InlineData("\"antennas\":[{\"port\":1,\"bay\":\"bay-01\",\"gain\":6}]", "readers[0].antennas[0].gain: this setting is not known; known here are bay, port")]
    public void A_mistake_in_the_antennas(string antennas, string sentence) =>
        Assert.Equal([sentence], Problems(With($$"""
            "readers":[{"id":"reader-1","driver":"llrp","address":"192.0.2.5",{{antennas}}}]
            """)));

    [Theory]
    [InlineData("[[0.1,0.2],[0.9,0.2]]", ": expected at least three corners [x,y], each from 0 to 1 of the picture, such as [[0.1,0.2],[0.9,0.2],[0.9,0.9],[0.1,0.9]]")]
    [InlineData("null", ": expected at least three corners [x,y], each from 0 to 1 of the picture, such as [[0.1,0.2],[0.9,0.2],[0.9,0.9],[0.1,0.9]]")]
    [InlineData("7", ": expected a list of corners in [ ], but found 7")]
    [InlineData("[[0.1,0.2],[0.9,0.2],[0.9,1.5]]", "[2]: expected a corner [x,y], each from 0 to 1 of the picture, but found [0.9,1.5]")]
    [InlineData("[[0.1,0.2],[0.9],[0.9,0.5]]", "[1]: expected a corner [x,y], each from 0 to 1 of the picture, but found [0.9]")]
    [InlineData("[[0.1,0.1],[0.5,0.5],[0.9,0.9]]", ": expected corners that enclose a part of the picture, but they lie on one line; go round the bay corner by corner")]
    public void An_impossible_polygon(string polygon, string sentence) =>
        Assert.Equal([$"cameras[0].zones[0].polygon{sentence}"], Problems(With($$"""
            "cameras":[{"id":"cam-1","driver":"stream","url":"rtsp://192.0.2.6/1","zones":[{"bay":"bay-01","polygon":{{polygon}}}]}]
            """)));

    [Fact]
    public void A_camera_without_zones()
    {
        Assert.Equal(
            ["cameras[0].zones: expected at least one zone with its bay and polygon, but there is none; say which part of the picture is which bay"],
            Problems(With("""
                "cameras":[{"id":"cam-1","driver":"stream","url":"rtsp://192.0.2.6/1"}]
                """)));
    }

    [Theory]
    [InlineData("[[0.1,0.1],[0.9,0.1],[0.9,0.9]]")]
    [InlineData("[[0.1,0.1],[0.1,0.9],[0.9,0.9],[0.9,0.1]]")]
    [InlineData("[[0.1,0.1],[0.9,0.1],[0.4,0.3],[0.1,0.9]]")]
    public void An_upright_thing_that_is_no_rectangle(string straighten) =>
        Assert.Equal(
            ["cameras[0].straighten: expected the four corners of something upright and rectangular, such as a door, in the order top left, top right, bottom right, bottom left"],
            Problems(With($$"""
                "cameras":[{"id":"cam-1","driver":"stream","url":"rtsp://192.0.2.6/1","straighten":{{straighten}},"zones":[{"bay":"bay-01","polygon":[[0,0],[1,0],[1,1]]}]}]
                """)));

    [Fact]
    public void Two_zones_of_one_bay_in_one_camera()
    {
        Assert.Equal(
            ["cameras[0].zones[1].bay: expected one zone for each bay, but 'bay-01' has one already; make one zone of both, or correct the bay"],
            Problems(With("""
                "cameras":[{"id":"cam-1","driver":"stream","url":"rtsp://192.0.2.6/1","zones":[
                    {"bay":"bay-01","polygon":[[0,0],[0.5,0],[0.5,1]]},{"bay":"bay-01","polygon":[[0.5,0],[1,0],[1,1]]}]}]
                """)));
    }

    [Theory]
    [InlineData("\"pin\":28", "presence[0].pin: expected a whole number from 0 to 27, but found 28")]
    [InlineData("\"pin\":1.5", "presence[0].pin: expected a whole number from 0 to 27, but found 1.5")]
    [InlineData("\"pin\":1,\"debounceMs\":-1", "presence[0].debounceMs: expected a whole number of at least 0 ms, but found -1")]
    [InlineData("\"pin\":1,\"activeLow\":\"yes\"", "presence[0].activeLow: expected true or false, but found \"yes\"")]
    public void A_mistake_in_a_contacts_settings(string settings, string sentence) =>
        Assert.Equal([sentence], Problems(With($$"""
            "presence":[{"id":"loop-1","driver":"gpio","bay":"bay-01",{{settings}}}]
            """)));

    [Fact]
    public void An_id_that_stands_twice_is_told_where_it_stands_again()
    {
        Assert.Equal(["bays[1].id: the bay 'bay-01' stands twice; give each bay its own id"], Problems("""
            {"site":"s","device":"d","bays":[{"id":"bay-01"},{"id":"bay-01"}]}
            """));
        Assert.Equal(["presence[0].id: the id 'reader-1' stands twice; readers, cameras and contacts each need their own"], Problems(With("""
            "readers":[{"id":"reader-1","driver":"llrp","address":"h","antennas":[{"port":1,"bay":"bay-01"}]}],
            "presence":[{"id":"reader-1","driver":"gpio","pin":1,"bay":"bay-01"}]
            """)));
    }

    [Theory]
    [InlineData("{\"plate\":\"A\"}", "vehicles[1].ref: expected a text, but the setting is missing; add it")]
    [InlineData("{\"ref\":\"WO-1\"}", "vehicles[1].ref: the vehicle 'WO-1' stands twice; put its plate and tags into one entry")]
    [InlineData("{\"ref\":\"WO-2\",\"plate\":\"沪A D12345\"}", "vehicles[1].plate: the plate '沪AD12345' stands twice; a plate names one vehicle")]
    [InlineData("{\"ref\":\"WO-2\",\"tags\":[\"e280aa\"]}", "vehicles[1].tags[0]: the tag 'E280AA' stands also at vehicles[0].tags[0]; a tag names one vehicle")]
    [InlineData("{\"ref\":\"WO-2\",\"tags\":[\"E28\"]}", "vehicles[1].tags[0]: expected a tag as an even number of hex digits, but found \"E28\"")]
    [InlineData("{\"ref\":\"WO-2\",\"tags\":\"E280BB\"}", "vehicles[1].tags: expected a list of tags in [ ], but found \"E280BB\"")]
    public void A_mistake_in_the_expected_vehicles(string vehicle, string sentence) =>
        Assert.Equal([sentence], Problems(With($$"""
            "vehicles":[{"ref":"WO-1","plate":"沪A·D12345","tags":["E280AA"]},{{vehicle}}]
            """)));

    [Theory]
    [InlineData("{}", "bays: expected at least one bay such as {\"id\":\"bay-01\",\"name\":\"1号工位\"}, but there is none; add it")]
    [InlineData("{\"bays\":[]}", "bays: expected at least one bay such as {\"id\":\"bay-01\",\"name\":\"1号工位\"}, but there is none; add it")]
    [InlineData("{\"bays\":[{\"id\":\"bay/01\"}]}", "bays[0].id: expected an id of 1 to 64 letters, digits, '-', '_' or '.', but found 'bay/01'; give it such a name")]
    [InlineData("{\"bays\":\"bay-01\"}", "bays: expected a list of objects in [ ], but found \"bay-01\"")]
    public void Everything_that_is_missing_is_told_at_once(string json, string bays)
    {
        Assert.Equal(["site: expected a text, but the setting is missing; add it", "device: expected a text, but the setting is missing; add it", bays], Problems(json));
    }

    [Fact]
    public void All_problems_are_told_at_once_and_no_configuration_is_given()
    {
        var result = ConfigurationReader.Read(
            """
            {"site":"s h","bays":[{"id":"bay-01","nam":"x"}],
             "readers":[{"id":"reader-1","driver":"llrp","antennas":[{"port":99,"bay":"bay-09"}]}],
             "mqtt":{"url":"http://broker"}}
            """,
            KnownDrivers.Catalogue,
            Secrets.None);

        Assert.Null(result.Configuration);
        Assert.Equal(
            ["site", "device", "bays[0].nam", "readers[0].antennas[0].port", "readers[0].antennas[0].bay", "readers[0].address", "mqtt.url"],
            result.Problems.Select(problem => problem.Where));
    }

    [Theory]
    [InlineData("", "line 1, column 1: ")]
    [InlineData("{\"site\":\"s\"", "line 1, column 12: ")]
    [InlineData("{\n  \"site\" \"s\"\n}", "line 2, column 10: ")]
    [InlineData("{\n  \"name\":\"工位\" \"s\"\n}", "line 2, column 15: ")]
    public void A_syntax_error_is_told_with_its_line_and_column_in_characters(string json, string where)
    {
        Assert.Equal([$"{where}expected valid JSON here; look for a missing comma, quote or bracket just before"], Problems(json));
    }

    [Theory]
    [InlineData("""{"site":"\ud800"}""")]
    [InlineData("""{"\udc00":1}""")]
    public void Half_a_character_is_said_to_be_wrong(string json) =>
        Assert.Equal(["expected whole characters, but a text in the file holds half of one; write it anew"], Problems(json));

    [Fact]
    public void A_secret_in_the_configuration_is_sent_to_its_own_file_and_not_repeated()
    {
        var problem = Assert.Single(Problems(With("""
            "cameras":[{"id":"cam-1","driver":"stream","url":"rtsp://192.0.2.6/1","password":"p1cture","zones":[{"bay":"bay-01","polygon":[[0,0],[1,0],[1,1]]}]}]
            """)));

        Assert.Equal(
            "cameras[0].password: a secret does not belong into this file; put it into secrets.json as {\"sources\":{\"cam-1\":{\"password\":\"…\"}}}",
            problem);
    }

    [Fact]
    public void A_misspelt_secret_is_told()
    {
        var password = ImmutableDictionary<string, string>.Empty.Add("password", "p1cture");
        var secrets = new Secrets
        {
            Sources = ImmutableDictionary<string, ImmutableDictionary<string, string>>.Empty
                .Add("cam1", password)
                .Add("loop-1", password),
        };

        var result = ConfigurationReader.Read(
            With("""
                "presence":[{"id":"loop-1","driver":"gpio","pin":17,"bay":"bay-01"}]
                """),
            KnownDrivers.Catalogue,
            secrets);

        Assert.Equal(
            [
                "secrets.json sources.cam1.password: no reader, camera or contact has this id; correct the id",
                "secrets.json sources.loop-1.password: this device has no such secret; correct its name",
            ],
            result.Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void A_file_that_holds_a_list()
    {
        Assert.Equal(["expected one object in { }, but the file holds something else"], Problems("[]"));
    }

    [Fact]
    public void A_long_wrong_value_is_quoted_in_part_and_on_one_line()
    {
        var problem = Assert.Single(Problems(With($"\"language\":[\n  {string.Join(",\n  ", Enumerable.Range(1000, 40))}\n]")));

        Assert.Equal("language: expected a text in quotes, but found [ 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009…", problem);
    }

    private static string With(string settings) => $$"""{"site":"s","device":"d","bays":[{"id":"bay-01"},{"id":"bay-02"}],{{settings}}}""";

    private static IEnumerable<string> Problems(string json) => ConfigurationReader.Read(json, KnownDrivers.Catalogue, Secrets.None).Problems.Select(problem => problem.ToString());
}
