using System.Text.Json;
using System.Text.Json.Serialization;

namespace BayEdge.Contracts.Json;

/// <summary>Writes an enumeration by name in camel case and reads names only, no numbers.</summary>
public sealed class CamelCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
