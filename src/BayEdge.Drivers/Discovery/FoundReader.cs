using System.Collections.Immutable;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Discovery;

/// <summary>A reader that answered when it was looked for.</summary>
/// <param name="Driver">The id of the driver that knows it.</param>
/// <param name="Settings">What a configuration needs to reach it.</param>
public sealed record FoundReader(string Driver, ImmutableArray<(string Key, string Value)> Settings, ProbeReport Report);
