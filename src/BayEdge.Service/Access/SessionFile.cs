using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using BayEdge.Core.Delivery;
using BayEdge.Service.Hosting;
using BayEdge.Storage.Files;

namespace BayEdge.Service.Access;

/// <param name="Key">Hash of the cookie.</param>
/// <param name="LastUse">On the monotonic clock, which goes on over a restart of the service.</param>
internal sealed record KeptSession(string Key, string Role, string Token, string Address, long LastUse);

/// <summary>
/// Keeps who is logged in over a restart of the service, as after an update. Another start of the computer ends every session, for no clock tells how
/// long it was off; so do other accounts, as after a PIN was reset by hand.
/// </summary>
internal sealed class SessionFile(DataFolder folder, string bootId)
{
    public const string FileName = "sessions.json";

    private readonly string _path = Path.Combine(folder.Path, FileName);

    public IReadOnlyList<KeptSession> Read()
    {
        try
        {
            return PrivateFile.Read(_path) is { } content
                && JsonSerializer.Deserialize(content, SessionJson.Default.SessionDocument) is { } kept
                && kept.BootId == bootId && kept.Accounts == Accounts() ? kept.Sessions : [];
        }
        catch (Exception exception) when (exception is StorageFaultException or JsonException)
        {
            // Whoever was logged in logs in again.
            return [];
        }
    }

    public void Write(IReadOnlyList<KeptSession> sessions)
    {
        try
        {
            PrivateFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(new SessionDocument(bootId, Accounts(), sessions), SessionJson.Default.SessionDocument));
        }
        catch (StorageFaultException)
        {
            // On a full card the sessions end with the service, and none that has ended comes back.
            PrivateFile.DeleteIfPossible(_path);
        }
    }

    private string Accounts() => PrivateFile.Read(AccessStore.PathIn(folder)) is { } content ? Convert.ToHexString(SHA256.HashData(content)) : "";
}

/// <param name="Accounts">Names the accounts and PINs that these sessions were opened with.</param>
internal sealed record SessionDocument(string BootId, string Accounts, IReadOnlyList<KeptSession> Sessions);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SessionDocument))]
internal sealed partial class SessionJson : JsonSerializerContext;
