using System.Text.RegularExpressions;
using BayEdge.TestKit;

namespace BayEdge.Service.Tests.Hosting;

public sealed partial class ShippedConfigurationTests
{
    [Fact]
    public void The_configuration_of_a_new_device_is_valid()
    {
        var configuration = TestConfiguration.Read(File.ReadAllText(Repository.PathOf("firmware-config", "defaults", "bayedge.json")));

        Assert.Single(configuration.Bays);
    }

    [Fact]
    public void The_configuration_in_the_README_is_valid()
    {
        var configuration = TestConfiguration.Read(JsonBlock().Match(File.ReadAllText(Repository.PathOf("README.md"))).Groups[1].Value);

        Assert.Equal(["reader-1", "cam-1", "loop-1"], configuration.Sources.Select(source => source.Id));
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();
}
