namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>What a reader thinks of a request (LLRP 1.1, chapter 15).</summary>
internal static class StatusCode
{
    public const ushort Success = 0;

    /// <summary>The specification's name: M_ of the message, P_ of a parameter, A_ of an air protocol, R_ of the reader.</summary>
    public static string NameOf(ushort code) => code switch
    {
        Success => "M_Success",
        100 => "M_ParameterError",
        101 => "M_FieldError",
        102 => "M_UnexpectedParameter",
        103 => "M_MissingParameter",
        104 => "M_DuplicateParameter",
        105 => "M_OverflowParameter",
        106 => "M_OverflowField",
        107 => "M_UnknownParameter",
        108 => "M_UnknownField",
        109 => "M_UnsupportedMessage",
        110 => "M_UnsupportedVersion",
        111 => "M_UnsupportedParameter",
        112 => "M_UnexpectedMessage",
        200 => "P_ParameterError",
        201 => "P_FieldError",
        202 => "P_UnexpectedParameter",
        203 => "P_MissingParameter",
        204 => "P_DuplicateParameter",
        205 => "P_OverflowParameter",
        206 => "P_OverflowField",
        207 => "P_UnknownParameter",
        208 => "P_UnknownField",
        209 => "P_UnsupportedParameter",
        300 => "A_Invalid",
        301 => "A_OutOfRange",
        401 => "R_DeviceError",
        _ => "unknown status",
    };
}
