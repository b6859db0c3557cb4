using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using BayEdge.Service.Hosting;

namespace BayEdge.Service.Access;

/// <param name="Who">The account, or nobody's name yet.</param>
/// <param name="Address">Where from.</param>
/// <param name="What">Such as <c>login</c> or <c>PUT /api/configuration</c>.</param>
/// <param name="Status">The HTTP status that it was answered with.</param>
internal sealed record AuditEntry(DateTimeOffset At, string Who, string Address, string What, int Status);

/// <summary>Who did what on the page, as JSON lines that only the service may read; the oldest half is dropped when it grows long.</summary>
internal sealed partial class AuditLog(DataFolder folder, TimeProvider time, ILogger<AuditLog> logger)
{
    private const int MostBytes = 256 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Lock _lock = new();
    private bool _saidUnwritable;

    public string Path { get; } = System.IO.Path.Combine(folder.Path, "audit.jsonl");

    /// <summary>Whether the request has been written down.</summary>
    public static bool Knows(HttpContext context) => context.Items.ContainsKey(typeof(AuditLog));

    /// <param name="status">What the request is answered with.</param>
    public void Add(string who, HttpContext context, string what, int status)
    {
        context.Items[typeof(AuditLog)] = true;
        var entry = new AuditEntry(time.GetUtcNow(), who, context.Connection.RemoteIpAddress?.ToString() ?? "", what, status);
        try
        {
            lock (_lock)
                Append(JsonSerializer.Serialize(entry, AuditJson.Default.AuditEntry));
            _saidUnwritable = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The page must stay of use on a full card.
            if (!_saidUnwritable)
                Log.Unwritable(logger, exception);
            _saidUnwritable = true;
        }
    }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<AuditEntry> Read(int most)
    {
        try
        {
            lock (_lock)
                return File.Exists(Path) ? [.. File.ReadLines(Path).Reverse().Take(most).Select(Parse).OfType<AuditEntry>()] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.Unwritable(logger, exception);
            return [];
        }
    }

    private void Append(string line)
    {
        if (new FileInfo(Path) is { Exists: true, Length: > MostBytes })
        {
            var lines = File.ReadAllLines(Path);
            File.WriteAllLines(Path, lines[(lines.Length / 2)..]);
        }

        using var file = new FileStream(Path, new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
        file.Write(Encoding.UTF8.GetBytes(line + "\n"));
    }

    private static AuditEntry? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, AuditJson.Default.AuditEntry);
        }
        catch (JsonException)
        {
            // Torn by a power cut.
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1902, Level = LogLevel.Warning, Message = "Who does what on the page cannot be written down")]
        public static partial void Unwritable(ILogger logger, Exception exception);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AuditEntry))]
internal sealed partial class AuditJson : JsonSerializerContext;
