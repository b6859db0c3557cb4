using System.Text.Json;
using System.Text.Json.Serialization;
using BayEdge.Contracts.Json;
using BayEdge.Core.Commissioning;
using BayEdge.Core.Commissioning.Walk;
using BayEdge.Core.Delivery;
using BayEdge.Service.Hosting;
using BayEdge.Storage.Files;

namespace BayEdge.Service.Commissioning;

/// <summary>The installer's progress on the disk: replaced as a whole, so a power cut leaves the old or the new.</summary>
internal sealed class ProgressFile(DataFolder folder)
{
    public const string FileName = "commissioning.json";

    private readonly string _path = Path.Combine(folder.Path, FileName);

    /// <summary>What was written last; nothing where there is no such file, or where it cannot be used.</summary>
    public CommissioningProgress Read()
    {
        try
        {
            return PrivateFile.Read(_path) is { } content && JsonSerializer.Deserialize(content, ProgressJson.Default.ProgressDocument) is { } document
                ? document.ToProgress()
                : CommissioningProgress.None;
        }
        catch (Exception exception) when (exception is StorageFaultException or JsonException)
        {
            // The steps are quickly gone through again, and the device works without them.
            return CommissioningProgress.None;
        }
    }

    /// <exception cref="StorageFaultException">The disk does not take it.</exception>
    public void Write(CommissioningProgress progress) =>
        PrivateFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(ProgressDocument.Of(progress), ProgressJson.Default.ProgressDocument));
}

internal sealed record StepEntry(CommissioningStep Step, StepRecord Record);

internal sealed record AntennaEntry(string Bay, HeldAntenna Antenna);

/// <summary>A <see cref="CommissioningProgress"/> as it lies in the file.</summary>
internal sealed record ProgressDocument(IReadOnlyList<StepEntry> Steps, IReadOnlyList<WalkResult> Walks, string? AdoptedFrom, DateTimeOffset? HandedOverAt, IReadOnlyList<AntennaEntry>? Antennas = null)
{
    public static ProgressDocument Of(CommissioningProgress progress) => new(
        [.. progress.Steps.Select(step => new StepEntry(step.Key, step.Value))], [.. progress.Walks.Values], progress.AdoptedFrom, progress.HandedOverAt,
        [.. progress.Antennas.Select(held => new AntennaEntry(held.Key, held.Value))]);

    public CommissioningProgress ToProgress() => CommissioningProgress.None with
    {
        Steps = CommissioningProgress.None.Steps.SetItems(Steps.Select(entry => KeyValuePair.Create(entry.Step, entry.Record))),
        Walks = CommissioningProgress.None.Walks.SetItems(Walks.Select(walk => KeyValuePair.Create(walk.Bay, walk))),
        Antennas = CommissioningProgress.None.Antennas.SetItems((Antennas ?? []).Select(held => KeyValuePair.Create(held.Bay, held.Antenna))),
        AdoptedFrom = AdoptedFrom,
        HandedOverAt = HandedOverAt,
    };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(CamelCaseEnumConverter<CommissioningStep>), typeof(CamelCaseEnumConverter<StepState>)])]
[JsonSerializable(typeof(ProgressDocument))]
internal sealed partial class ProgressJson : JsonSerializerContext;
