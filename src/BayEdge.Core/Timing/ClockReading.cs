namespace BayEdge.Core.Timing;

/// <summary>What the operating system says of its calendar clock at one moment.</summary>
/// <param name="IsSynchronised">Whether it follows a time server.</param>
/// <param name="MaxErrorMs">The greatest error in milliseconds that it claims while it does; null when it cannot tell.</param>
public readonly record struct ClockReading(bool IsSynchronised, double? MaxErrorMs);

/// <summary>The last word of a time server in this boot.</summary>
/// <param name="At">When, on the monotonic clock.</param>
/// <param name="Zero">The calendar time at which the monotonic clock stood at zero.</param>
/// <param name="MaxErrorMs">The greatest error in milliseconds that the clock claimed then.</param>
public sealed record ClockAnchor(TimeSpan At, DateTimeOffset Zero, double? MaxErrorMs);

/// <summary>A start of the computer before the present one.</summary>
/// <param name="BootId">Of that start.</param>
/// <param name="Zero">The calendar time at which it began, by a time server; null when the clock was never set in it.</param>
/// <param name="NotBefore">Where <paramref name="Zero"/> is null: nothing in it can have happened before this.</param>
/// <param name="NotAfter">Likewise; null until a later start knows the time.</param>
public sealed record PastBoot(string BootId, DateTimeOffset? Zero, DateTimeOffset NotBefore, DateTimeOffset? NotAfter);

/// <summary>What an observation of the clock brought.</summary>
/// <param name="Stepped">By how much the calendar clock jumped against the monotonic one; null when it did not.</param>
/// <param name="BecameTrusted">Whether a time server spoke for the first time in this boot.</param>
public readonly record struct ClockNews(TimeSpan? Stepped, bool BecameTrusted);
