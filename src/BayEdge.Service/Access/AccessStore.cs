using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using BayEdge.Core.Delivery;
using BayEdge.Service.Hosting;
using BayEdge.Storage.Files;

namespace BayEdge.Service.Access;

/// <summary>Whom the device belongs to: the PINs of its accounts, none while nobody has claimed it.</summary>
internal sealed partial class AccessStore : IDisposable
{
    private readonly string _path;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _hashing = new(1, 1);
    private ImmutableDictionary<string, PasswordHash> _accounts;

    public AccessStore(DataFolder folder, ILogger<AccessStore> logger)
    {
        _path = PathIn(folder);
        _logger = logger;
        _accounts = Read();
    }

    public bool IsClaimed => Accounts.ContainsKey(Roles.Installer);

    /// <summary>The accounts that have a PIN.</summary>
    public IReadOnlyList<string> Names => [.. Roles.All.Where(Accounts.ContainsKey)];

    private ImmutableDictionary<string, PasswordHash> Accounts => Volatile.Read(ref _accounts);

    /// <summary>Where the accounts are kept; a device without this file is unclaimed.</summary>
    public static string PathIn(DataFolder folder) => Path.Combine(folder.Path, "access.json");

    /// <summary>One after another: guesses that come at once must not take every core from the bays.</summary>
    public async Task<bool> MatchesAsync(string account, string password, CancellationToken cancellationToken)
    {
        if (password.Length > PasswordHash.Longest || !Accounts.TryGetValue(account, out var hash))
            return false;
        await _hashing.WaitAsync(cancellationToken);
        try
        {
            return hash.Matches(password);
        }
        finally
        {
            _hashing.Release();
        }
    }

    /// <returns>False when somebody was faster.</returns>
    /// <exception cref="StorageFaultException">The disk does not take it.</exception>
    public bool Claim(string password) => Set(Roles.Installer, PasswordHash.Of(password), onlyUnclaimed: true);

    /// <exception cref="StorageFaultException">The disk does not take it.</exception>
    public void SetPassword(string account, string password) => Set(account, PasswordHash.Of(password), onlyUnclaimed: false);

    public void Dispose() => _hashing.Dispose();

    private bool Set(string account, PasswordHash hash, bool onlyUnclaimed)
    {
        lock (_lock)
        {
            if (onlyUnclaimed && IsClaimed)
                return false;
            var accounts = _accounts.SetItem(account, hash);
            PrivateFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(accounts, AccessJson.Default.ImmutableDictionaryStringPasswordHash));
            Volatile.Write(ref _accounts, accounts);
            return true;
        }
    }

    private ImmutableDictionary<string, PasswordHash> Read()
    {
        var none = ImmutableDictionary.Create<string, PasswordHash>(StringComparer.Ordinal);
        try
        {
            return PrivateFile.Read(_path) is { } content && JsonSerializer.Deserialize(content, AccessJson.Default.ImmutableDictionaryStringPasswordHash) is { } accounts
                ? none.AddRange(accounts)
                : none;
        }
        catch (Exception exception) when (exception is StorageFaultException or JsonException)
        {
            // Who stands before the device can claim it anew with the code on its label.
            Log.Unreadable(_logger, exception);
            return none;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1901, Level = LogLevel.Error, Message = "The accounts of the page cannot be read; the device waits to be claimed with the code on its label")]
        public static partial void Unreadable(ILogger logger, Exception exception);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ImmutableDictionary<string, PasswordHash>))]
internal sealed partial class AccessJson : JsonSerializerContext;
