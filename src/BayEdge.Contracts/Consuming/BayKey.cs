namespace BayEdge.Contracts.Consuming;

/// <summary>A bay among all bays of all sites: its id is unique within the device only.</summary>
public readonly record struct BayKey(string Site, string Device, string Bay);
