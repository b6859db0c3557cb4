using BayEdge.Core.Tags;
using BayEdge.TestKit;

namespace BayEdge.Core.Tests.Tags;

public sealed class EpcTagUriTests
{
    private const int Seed = 20260301;
    private const string Oracle = """
        const epc = require('epc-tds');
        for (const uri of require('fs').readFileSync(0, 'utf8').split('\n').filter(line => line)) {
          const hex = epc.fromTagURI(uri).toHexString();
          console.log(hex + ' ' + epc.valueOf(hex).toTagURI());
        }
        """;

    [Theory]
    [InlineData("3074257BF7194E4000001A85", "sgtin-96:3.0614141.812345.6789")]
    [InlineData("3074257bf7194e4000001a85", "sgtin-96:3.0614141.812345.6789")]
    [InlineData("30204ED9496334000000006E", "sgtin-96:1.084663228621.0.110")]
    [InlineData("3178E61C883950F59A000000", "sscc-96:3.235634.35321345434")]
    [InlineData("3374257BF40C0E4000001A85", "grai-96:3.0614141.12345.6789")]
    [InlineData("3474257BF40000000000162E", "giai-96:3.0614141.5678")]
    public void A_published_identity_has_its_published_name(string tag, string name) => Assert.Equal($"urn:epc:tag:{name}", EpcTagUri.Of(tag));

    [Theory]
    [InlineData("E28068940000501234567890")]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("3074257BF7194E4000001A8")]
    [InlineData("not hex, but as long as one")]
    // Partition 7, a company prefix of too many digits, a reference of too many, a serial text cut short.
    [InlineData("307C257BF7194E4000001A85")]
    [InlineData("3077FFFFFF194E4000001A85")]
    [InlineData("3074257BFFFFFFC000001A85")]
    [InlineData("3674257BF7194E4000001A85")]
    // An SSCC whose unused bits are used.
    [InlineData("3178E61C883950F59A000001")]
    public void What_follows_no_scheme_has_no_name(string tag) => Assert.Null(EpcTagUri.Of(tag));

    [Fact]
    public void Whatever_the_bits_are_there_is_a_name_or_none()
    {
        var random = new Random(Seed);
        byte[] headers = [0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39];
        for (var round = 0; round < 20_000; round++)
        {
            var tag = new byte[random.Next(12, 40)];
            random.NextBytes(tag);
            tag[0] = headers[round % headers.Length];

            var outcome = Record.Exception(() => EpcTagUri.Of(Convert.ToHexString(tag)));

            Assert.True(outcome is null, $"Seed {Seed}, round {round}, tag {Convert.ToHexString(tag)}: {outcome}");
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task Another_implementation_gives_every_identity_the_same_name()
    {
        using var folder = new TemporaryFolder();
        var uris = SomeUris(new Random(Seed)).Take(3000).ToList();
        await File.WriteAllTextAsync(folder.File("uris.txt"), string.Join('\n', uris), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.File("oracle.js"), Oracle, TestContext.Current.CancellationToken);
        await NpmPackage.InstallAsync(folder.Path, "epc-tds@1.4.1", TestContext.Current.CancellationToken);

        var answers = await ShellAsync($"cd '{folder.Path}' && node oracle.js < uris.txt 2>&1");

        Assert.NotNull(answers);
        var pairs = answers.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 2)).ToList();
        Assert.Equal(uris.Count, pairs.Count);
        Assert.All(pairs, pair => Assert.Equal(pair[1], EpcTagUri.Of(pair[0])));
        Assert.Equal(uris, pairs.Select(pair => pair[1]));
    }

    /// <summary>One name of each scheme after the other, for ever.</summary>
    private static IEnumerable<string> SomeUris(Random random)
    {
        while (true)
        {
            // The other implementation takes no empty reference and few special characters.
            var company = random.Next(6, 12);
            var head = $"{random.Next(8)}.{Digits(random, company)}";
            yield return $"urn:epc:tag:sgtin-96:{head}.{Digits(random, 13 - company)}.{random.NextInt64(1L << 38)}";
            yield return $"urn:epc:tag:sgtin-198:{head}.{Digits(random, 13 - company)}.{Text(random, 20)}";
            yield return $"urn:epc:tag:sscc-96:{head}.{Digits(random, 17 - company)}";
            yield return $"urn:epc:tag:sgln-96:{head}.{Digits(random, 12 - company)}.{random.NextInt64(1L << 41)}";
            yield return $"urn:epc:tag:sgln-195:{head}.{Digits(random, 12 - company)}.{Text(random, 20)}";
            yield return $"urn:epc:tag:grai-96:{head}.{Digits(random, 12 - company)}.{random.NextInt64(1L << 38)}";
            yield return $"urn:epc:tag:grai-170:{head}.{Digits(random, 12 - company)}.{Text(random, 16)}";
            yield return $"urn:epc:tag:giai-96:{head}.{random.NextInt64(1L << 42)}";
            yield return $"urn:epc:tag:giai-202:{head}.{Text(random, 18)}";
            yield return $"urn:epc:tag:gid-96:{random.Next(1 << 28)}.{random.Next(1 << 24)}.{random.NextInt64(1L << 36)}";
        }
    }

    private static string Digits(Random random, int count) => string.Concat(Enumerable.Range(0, count).Select(_ => random.Next(10)));

    private static string Text(Random random, int most) =>
        string.Concat(Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => "ABCXYZabcxyz0123456789-_"[random.Next(24)]));

    /// <returns>What it printed; null when it failed.</returns>
    private static async Task<string?> ShellAsync(string command)
    {
        var (exitCode, output) = await ToolProcess.RunAsync("bash", ["-c", command], TestContext.Current.CancellationToken);
        return exitCode == 0 ? output : null;
    }
}
