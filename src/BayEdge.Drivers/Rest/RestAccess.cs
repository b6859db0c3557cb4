using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Rest;

/// <summary>How the REST interface of a reader is reached, and what is advised when it is not.</summary>
/// <param name="Login">User name and password with a colon between.</param>
/// <param name="CertificateSha256">Of the certificate that the reader must show, upper-case hex; null accepts any, as readers make their own.</param>
/// <param name="Kind">What answers there, with its article.</param>
/// <param name="TlsKey">The setting by which it is spoken to in HTTPS.</param>
internal sealed record RestAccess(
    Uri Api, HostAndPort Address, string Login, string? CertificateSha256, Wording Kind,
    Wording LoginAdvice, Wording NotFoundAdvice, Wording RefusalAdvice, string TlsKey);
