using BayEdge.Core.Bays;

namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>Message types (LLRP 1.1, chapter 17); the names in capitals are the specification's.</summary>
internal enum MessageType : ushort
{
    GetReaderCapabilities = 1,
    GetReaderConfig = 2,
    SetReaderConfig = 3,
    CloseConnectionResponse = 4,
    GetReaderCapabilitiesResponse = 11,
    GetReaderConfigResponse = 12,
    SetReaderConfigResponse = 13,
    CloseConnection = 14,
    AddRoSpec = 20,
    DeleteRoSpec = 21,
    StartRoSpec = 22,
    StopRoSpec = 23,
    EnableRoSpec = 24,
    DisableRoSpec = 25,
    GetRoSpecs = 26,
    AddRoSpecResponse = 30,
    DeleteRoSpecResponse = 31,
    StartRoSpecResponse = 32,
    StopRoSpecResponse = 33,
    EnableRoSpecResponse = 34,
    DisableRoSpecResponse = 35,
    GetRoSpecsResponse = 36,
    AddAccessSpec = 40,
    DeleteAccessSpec = 41,
    EnableAccessSpec = 42,
    GetSupportedVersion = 46,
    SetProtocolVersion = 47,
    AddAccessSpecResponse = 50,
    DeleteAccessSpecResponse = 51,
    EnableAccessSpecResponse = 52,
    GetSupportedVersionResponse = 56,
    SetProtocolVersionResponse = 57,
    RoAccessReport = 61,
    KeepAlive = 62,
    ReaderEventNotification = 63,
    EnableEventsAndReports = 64,
    KeepAliveAck = 72,
    ErrorMessage = 100,
    Custom = 1023,
}

internal static class MessageTypeExtensions
{
    /// <summary>As the specification writes it, for error texts.</summary>
    public static string SpecificationName(this MessageType type) => type switch
    {
        MessageType.GetReaderCapabilities => "GET_READER_CAPABILITIES",
        MessageType.GetReaderConfig => "GET_READER_CONFIG",
        MessageType.SetReaderConfig => "SET_READER_CONFIG",
        MessageType.CloseConnection => "CLOSE_CONNECTION",
        MessageType.AddRoSpec => "ADD_ROSPEC",
        MessageType.DeleteRoSpec => "DELETE_ROSPEC",
        MessageType.EnableRoSpec => "ENABLE_ROSPEC",
        MessageType.GetRoSpecs => "GET_ROSPECS",
        MessageType.AddAccessSpec => "ADD_ACCESSSPEC",
        MessageType.DeleteAccessSpec => "DELETE_ACCESSSPEC",
        MessageType.EnableAccessSpec => "ENABLE_ACCESSSPEC",
        _ => $"message type {(int)type}",
    };

    /// <summary>What a request is about, for people who have not read the specification.</summary>
    public static Wording InPlainWords(this MessageType type) => type switch
    {
        MessageType.GetReaderCapabilities => Wording.Of("the question what it can do"),
        MessageType.GetReaderConfig => "the question how it is set",
        MessageType.SetReaderConfig => "the settings",
        MessageType.CloseConnection => "the farewell",
        MessageType.AddRoSpec or MessageType.EnableRoSpec => "the reading order",
        MessageType.DeleteRoSpec => "the order to drop earlier reading orders",
        MessageType.GetRoSpecs => "the question for its reading orders",
        MessageType.AddAccessSpec or MessageType.EnableAccessSpec => "the order to read a tag's memory",
        MessageType.DeleteAccessSpec => "the order to leave the tags' memories alone",
        _ => "a request",
    };
}
