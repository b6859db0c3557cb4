namespace BayEdge.Core.Tests.Bays;

/// <summary>The vehicles that the tests speak of.</summary>
internal static class Known
{
    public const string Tag = "E28068940000501234567890";
    public const string OtherTag = "E28068940000509999999999";
    public const string Plate = "沪AD12345";
    public const string OtherPlate = "苏E6F77G";
}
