using BayEdge.Core.Configuration;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Push;
using BayEdge.TestKit;
using NJsonSchema;

namespace BayEdge.Drivers.Tests.Push;

/// <summary>The published schema says what the driver does.</summary>
public class PushSchemaTests
{
    private static readonly string Folder = Repository.PathOf("src", "BayEdge.Drivers", "Push");

    private static readonly SourceConfiguration[] Sources = [PushSources.Reader(null, 1, 2), PushSources.Camera(), PushSources.Contact()];

    public static TheoryData<string> Examples => new(Directory.GetFiles(Path.Combine(Folder, "examples")).Select(Path.GetFileName)!);

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Every_example_keeps_to_the_schema_and_is_taken_by_one_kind_of_source(string example)
    {
        var json = await File.ReadAllTextAsync(Path.Combine(Folder, "examples", example), TestContext.Current.CancellationToken);

        Assert.Empty(await ProblemsAsync(json));
        Assert.Contains(Sources, source => IsTaken(source, json));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"sightings\":[{\"kind\":\"tag\"}]}")]
    [InlineData("{\"sightings\":[{\"kind\":\"tag\",\"tag\":\"E28\",\"antenna\":1}]}")]
    [InlineData("{\"sightings\":[{\"kind\":\"tag\",\"tag\":\"E280\",\"antenna\":0}]}")]
    [InlineData("{\"sightings\":[{\"kind\":\"tag\",\"tag\":\"E280\",\"antenna\":1,\"rssi\":100}]}")]
    [InlineData("{\"sightings\":[{\"kind\":\"plate\",\"text\":\"\"}]}")]
    [InlineData("{\"sightings\":[{\"kind\":\"plate\",\"text\":\"A\",\"confidence\":2}]}")]
    [InlineData("{\"sightings\":[{\"kind\":\"presence\",\"present\":1}]}")]
    [InlineData("{\"sightings\":[{\"kind\":\"occupancy\",\"occupied\":-1}]}")]
    [InlineData("{\"sightings\":[{\"kind\":\"source\"}]}")]
    public async Task What_the_schema_forbids_no_source_takes(string json)
    {
        Assert.NotEmpty(await ProblemsAsync(json));
        Assert.DoesNotContain(Sources, source => IsTaken(source, json));
    }

    private static async Task<IEnumerable<string>> ProblemsAsync(string json)
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(Folder, "push.schema.json"), TestContext.Current.CancellationToken);
        return schema.Validate(json).Select(problem => problem.ToString());
    }

    private static bool IsTaken(SourceConfiguration source, string json)
    {
        try
        {
            new PushMapper(source).Map(System.Text.Encoding.UTF8.GetBytes(json), new ObservedAt(DateTimeOffset.UnixEpoch, TimeSpan.FromDays(30)));
            return true;
        }
        catch (PushFormatException)
        {
            return false;
        }
    }
}
