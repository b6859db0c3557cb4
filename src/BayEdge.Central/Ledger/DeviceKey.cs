namespace BayEdge.Central.Ledger;

/// <summary>A device, whatever its epoch.</summary>
internal readonly record struct DeviceKey(string Site, string Device);
