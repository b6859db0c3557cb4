namespace BayEdge.Drivers.Chafon;

/// <summary>The two families of readers, which tell their tags differently.</summary>
internal enum ChafonModel
{
    /// <summary>One antenna; tells identities only.</summary>
    UhfReader18,

    /// <summary>UHFReader288, 288M, 86 and relatives: several antennas, tells which one heard a tag and how strongly.</summary>
    UhfReader288,
}
