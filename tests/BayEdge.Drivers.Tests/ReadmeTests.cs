using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Chafon;
using BayEdge.Drivers.Gpio;
using BayEdge.Drivers.ImpinjIot;
using BayEdge.Drivers.Llrp;
using BayEdge.Drivers.Mercury;
using BayEdge.Drivers.Push;
using BayEdge.Drivers.R200;
using BayEdge.TestKit;

namespace BayEdge.Drivers.Tests;

/// <summary>What the documents and forms say of the drivers.</summary>
public partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Repository.PathOf("src", "BayEdge.Drivers", "README.md"));

    private static readonly Dictionary<string, DriverDescriptor> Descriptors = Drivers(TimeProvider.System)
        .GroupBy(driver => driver.Descriptor.Id)
        .ToDictionary(group => group.Key, group => group.First().Descriptor);

    public static TheoryData<string> Ids => new(Descriptors.Keys);

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_readme_has_the_settings_of_the_driver(string id)
    {
        var table = TableOf(Descriptors[id]);

        Assert.True(Readme.Contains($"<!-- settings {id} -->\n{table}<!-- end -->", StringComparison.Ordinal), $"README.md: the table of {id} should be\n{table}");
    }

    [Fact]
    public void The_readme_speaks_of_no_driver_that_is_not_there() =>
        Assert.Equal(Descriptors.Keys.Order(), Marker().Matches(Readme).Select(match => match.Groups[1].Value).Order());

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_setting_is_explained_in_both_languages(string id)
    {
        Assert.All(Descriptors[id].Fields.SelectMany(field => new[] { field.Label, field.Help }).Append(Descriptors[id].Name), text =>
        {
            Assert.NotEmpty(text.Chinese);
            Assert.NotEmpty(text.English);
        });
    }

    [Fact]
    public void The_readme_tells_what_each_reader_can_besides_reporting()
    {
        var table = "| driver | power | region | antennas | inputs, outputs | memory of tags |\n|---|---|---|---|---|---|\n" + string.Concat(
            Drivers(TimeProvider.System).Where(driver => driver.Descriptor.Kind == SourceKind.Reader).Select(driver => (driver.Descriptor.Id, Source: driver.Create(Configuration(driver.Descriptor))))
                .Select(reader =>
                    $"| `{reader.Id}` | {Can<ITransmitPower>(reader.Source)} | {Can<IRadioRegion>(reader.Source)} | {Can<IAntennaPorts>(reader.Source)} | {Can<IDigitalPorts>(reader.Source)} | {Can<ITagMemory>(reader.Source)} |\n"));

        Assert.True(Readme.Contains($"<!-- abilities -->\n{table}<!-- end -->", StringComparison.Ordinal), $"README.md: the table of what readers can should be\n{table}");

        static string Can<T>(ISource source)
            where T : class => source.Find<T>() is null ? "–" : "yes";
    }

    [Fact]
    public void The_readme_tells_which_antenna_ports_each_reader_may_have()
    {
        var table = "| driver | `port` of an antenna | the reader tells its ports |\n|---|---|---|\n" + string.Concat(
            Drivers(TimeProvider.System).Where(driver => driver.Descriptor.Kind == SourceKind.Reader).Select(driver =>
                $"| `{driver.Descriptor.Id}` | {PortsOf(driver)} | {(driver.Create(Configuration(driver.Descriptor)).Find<IAntennaPorts>() is null ? "–" : "yes")} |\n"));

        Assert.True(Readme.Contains($"<!-- antennas -->\n{table}<!-- end -->", StringComparison.Ordinal), $"README.md: the table of antenna ports should be\n{table}");
    }

    private static string PortsOf(ISourceDriver driver)
    {
        const int most = 64;
        var configuration = Configuration(driver.Descriptor);
        var settings = driver.Descriptor.Id == "zebra-iot"
            ? new DriverSettings(configuration.Settings.Values.Add("listen", "192.0.2.5:8090").Add("token", "t"))
            : new DriverSettings(configuration.Settings.Values.ToImmutableSortedDictionary(
                setting => setting.Key,
                setting => setting.Key switch { "port" => "/dev/ttyUSB0", "url" => "mqtt://192.0.2.5", _ => setting.Value },
                StringComparer.Ordinal));
        var possible = Enumerable.Range(1, most)
            .Where(port => ((IConfigurationRules)driver).FaultIn(configuration with { Settings = settings, Antennas = [new AntennaConfiguration(port, "bay-01")] }) is null)
            .ToList();
        return possible is [1] ? "1" : $"1 to {possible[^1]}";
    }

    /// <summary>With the defaults, and an address where a setting is needed.</summary>
    private static ReaderConfiguration Configuration(DriverDescriptor driver) => new(
        "reader-1",
        driver.Id,
        DriverSettings.Of([.. driver.Fields.Where(field => field.Default is not null || field.Required).Select(field => (field.Key, field.Default ?? "192.0.2.5"))]),
        [new AntennaConfiguration(1, "bay-01")]);

    private static IEnumerable<ISourceDriver> Drivers(TimeProvider time) =>
    [
        new LlrpDriver(time), new R200Driver(time), new ChafonDriver(time), new MercuryDriver(time), new ImpinjIotDriver(time), new GpioDriver(time),
        .. PushDrivers.Create(time),
    ];

    private static string TableOf(DriverDescriptor driver) =>
        "| setting | unless given | what |\n|---|---|---|\n" + string.Concat(driver.Fields.Select(field =>
            $"| `{field.Key}` | {Missing(field)} | {field.Label.English}{Limits(field)}. {field.Help.English} |\n"));

    private static string Missing(FieldSpec field) =>
        field.Default is { } value ? $"{value}{(field.Unit is null ? "" : $" {field.Unit}")}" : field.Required ? "**needed**" : "–";

    private static string Limits(FieldSpec field)
    {
        var limits = field switch
        {
            { Secret: true } => "secret",
            { Choices.IsEmpty: false } => string.Join(", ", field.Choices.Select(choice => $"`{choice}`")),
            { Minimum: { } least, Maximum: { } most } => string.Create(CultureInfo.InvariantCulture, $"{least} to {most}{(field.Unit is null ? "" : $" {field.Unit}")}"),
            { Unit: { } unit } => unit,
            _ => "",
        };
        return limits.Length == 0 ? "" : $" ({limits})";
    }

    [GeneratedRegex("<!-- settings ([a-z0-9-]+) -->")]
    private static partial Regex Marker();
}
