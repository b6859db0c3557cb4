using BayEdge.Contracts.Commands;

namespace BayEdge.Core.Commands;

/// <summary>What came of reading a command: either the command or what is wrong with it.</summary>
/// <param name="Transaction">The caller's id; null where none could be read.</param>
/// <param name="Fingerprint">Tells whether another command of the same transaction is the same one.</param>
public sealed record CommandReading(string? Transaction, string Fingerprint, AskedCommand? Command, CommandError? Error);
