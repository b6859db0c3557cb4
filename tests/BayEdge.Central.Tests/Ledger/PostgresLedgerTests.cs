using BayEdge.Central.Ledger;
using BayEdge.Contracts.Consuming;
using Npgsql;

namespace BayEdge.Central.Tests.Ledger;

[Collection(Postgres.Name)]
public sealed class PostgresLedgerTests(Postgres postgres) : LedgerRules
{
    [Fact(Timeout = 60_000)]
    public async Task Consumers_that_share_a_ledger_lose_nothing_of_a_device_whose_events_come_to_all_of_them()
    {
        var address = await NewAddressAsync();
        var day = WorkshopDay.Of(40);
        long[] sequences = [.. TestDevice.From(1, day.Count), .. TestDevice.From(1, day.Count)];
        new Random(5).Shuffle(sequences);
        using var opened = CentralLedger.Open(address);

        await Task.WhenAll(sequences.Chunk(sequences.Length / 3 + 1).Select(part => Task.Run(() =>
        {
            using var ledger = CentralLedger.Open(address);
            foreach (var batch in part.Chunk(7))
                Take(ledger, day, batch);
        })));

        using var again = CentralLedger.Open(address);
        Assert.Equal([new SequenceRange(1, day.Count)], again.Sources.Single().Value.Held);
        Assert.Equal(
            day.Durations.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            again.ReadVisits().Select(visit => KeyValuePair.Create(visit.VisitId, visit.OccupiedSeconds!.Value)).OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task Consumers_that_start_together_on_an_empty_database_make_one_ledger()
    {
        var address = await NewAddressAsync();

        var clients = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() =>
        {
            using var ledger = CentralLedger.Open(address);
            return ledger.ClientId;
        })));

        Assert.Single(clients.Distinct());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_server_that_dies_is_said_and_used_again_once_it_is_back()
    {
        var address = await NewAddressAsync();
        using var ledger = CentralLedger.Open(address);
        var day = WorkshopDay.Of(2);
        Take(ledger, day, 1, 2, 3);

        await postgres.Server.KillAsync();
        var fault = Assert.Throws<LedgerFaultException>(() => Take(ledger, day, 4, 5, 6));
        await postgres.Server.RestartAsync(TestContext.Current.CancellationToken);
        Take(ledger, day, 4, 5, 6);

        Assert.Contains("check that the server runs", fault.Message, StringComparison.Ordinal);
        Assert.Equal(6, ledger.Sources.Single().Value.AckUpTo);
        Assert.Equal(2, ledger.ReadVisits().Count);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("postgres://bayedge:s3cret@127.0.0.1:1/ledger")]
    [InlineData("Host=127.0.0.1;Port=1;Username=bayedge;Password=s3cret;Database=ledger")]
    [InlineData("Host=127.0.0.1;Pasword=s3cret")]
    [InlineData("postgres://bayedge:s3cret@127.0.0.1/ledger?colour=red")]
    public async Task What_cannot_be_opened_is_said_without_the_password(string address)
    {
        var fault = Assert.Throws<LedgerFaultException>(() => CentralLedger.Open(address));

        Assert.StartsWith("expected a", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", fault.Message, StringComparison.Ordinal);
        await Task.CompletedTask;
    }

    [Fact(Timeout = 60_000)]
    public async Task A_server_that_would_lose_commits_is_refused()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var address = await NewAddressAsync();
        await SetFlushAsync("off", cancellation);
        try
        {
            var fault = Assert.Throws<LedgerFaultException>(() => CentralLedger.Open(address));

            Assert.Contains("expected synchronous_commit on and fsync on, but the server gave on and off", fault.Message, StringComparison.Ordinal);
        }
        finally
        {
            await SetFlushAsync("on", cancellation);
        }
    }

    private async Task SetFlushAsync(string value, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={postgres.Server.Port};Username=bayedge;Database=postgres");
        foreach (var sql in new[] { $"ALTER SYSTEM SET fsync = {value}", "SELECT pg_reload_conf()" })
        {
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        // The server takes its settings anew a moment later.
        var flush = "";
        while (flush != value)
        {
            await using var command = source.CreateCommand("SHOW fsync");
            flush = (string?)await command.ExecuteScalarAsync(cancellationToken);
        }
    }

    protected override Task<string> NewAddressAsync() => postgres.Server.CreateDatabaseAsync(TestContext.Current.CancellationToken);
}
