namespace BayEdge.Central.Ledger;

/// <summary>The ledger cannot be opened or written. The message says what to do.</summary>
public sealed class LedgerFaultException(string message, Exception? cause = null) : Exception(message, cause);
