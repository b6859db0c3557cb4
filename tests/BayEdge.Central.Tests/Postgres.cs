using BayEdge.TestKit;

namespace BayEdge.Central.Tests;

/// <summary>One PostgreSQL for all tests that need one, each with a database of its own.</summary>
[CollectionDefinition(Name)]
public sealed class Postgres : ICollectionFixture<Postgres>, IAsyncLifetime
{
    public const string Name = "PostgreSQL";

    private PostgresServer? _server;

    /// <summary>The server; skips the test where there is none.</summary>
    internal PostgresServer Server
    {
        get
        {
            Assert.SkipUnless(PostgresServer.Absence is null, PostgresServer.Absence ?? "");
            return _server!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (PostgresServer.Absence is null)
            _server = await PostgresServer.StartAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
