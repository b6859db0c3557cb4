namespace BayEdge.Core.Identity;

/// <summary>How a plate is written wherever plates are compared.</summary>
public static class PlateText
{
    /// <summary>Letters and digits only, upper case: 沪A·D12345 and 沪a d12345 become 沪AD12345.</summary>
    public static string Normalize(string plate) => string.Concat(plate.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
