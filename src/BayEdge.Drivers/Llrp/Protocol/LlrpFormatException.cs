namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>Bytes that are no LLRP. The only exception the codec throws for what a reader sent.</summary>
internal sealed class LlrpFormatException(string message) : Exception(message);
