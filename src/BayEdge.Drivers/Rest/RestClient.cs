using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Rest;

/// <summary>The REST interface of one reader. Errors of HTTP become faults here and nowhere else.</summary>
internal sealed class RestClient : IDisposable
{
    private const int LongestAnswerBytes = 1 << 20;

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http;
    private readonly RestAccess _access;
    private readonly TimeProvider _time;
    private bool _answered;
    private bool _isAnother;

    public RestClient(RestAccess access, TimeProvider time)
    {
        (_access, _time) = (access, time);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = ConnectLimit };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
        {
            _isAnother = certificate is not null && access.CertificateSha256 is { } wanted && wanted != certificate.GetCertHashString(HashAlgorithmName.SHA256);
            return certificate is not null && !_isAnother;
        };
        _http = new HttpClient(handler) { BaseAddress = access.Api, Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LongestAnswerBytes };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(access.Login)));
    }

    /// <param name="doing">What the reader is to do, such as <c>tell its inputs</c>.</param>
    public Task<JsonElement> GetAsync(string path, Wording doing, CancellationToken cancellationToken) => RequestAsync(HttpMethod.Get, path, null, doing, null, cancellationToken);

    /// <summary>As <see cref="GetAsync"/>, for what is of use but not needed.</summary>
    /// <returns>Undefined when the reader does not know the question.</returns>
    public async Task<JsonElement> TryGetAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            // Of a refusal nobody hears.
            return await GetAsync(path, doing: "", cancellationToken);
        }
        catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Refused)
        {
            return default;
        }
    }

    /// <inheritdoc cref="GetAsync"/>
    /// <param name="advice">For when the reader refuses; null where nothing more is known of that than of any refusal.</param>
    public Task<JsonElement> PostAsync(string path, string? json, Wording doing, CancellationToken cancellationToken, Wording? advice = null) =>
        RequestAsync(HttpMethod.Post, path, json, doing, advice, cancellationToken);

    /// <inheritdoc cref="GetAsync"/>
    public Task<JsonElement> PutAsync(string path, string json, Wording doing, CancellationToken cancellationToken) =>
        RequestAsync(HttpMethod.Put, path, json, doing, null, cancellationToken);

    /// <summary>Opens the endless answer of a GET.</summary>
    /// <exception cref="DeviceFaultException">The reader refused, or does not answer.</exception>
    public Task<HttpResponseMessage> OpenAsync(string path, Wording doing, CancellationToken cancellationToken) => LimitedAsync(
        async limited =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limited);
            if (response.IsSuccessStatusCode)
                return response;
            using (response)
                throw Refused(path, doing, null, response.StatusCode, await response.Content.ReadAsStringAsync(limited));
        },
        cancellationToken);

    /// <summary>From now on shows a token instead of user name and password.</summary>
    public void Authorize(string token) => _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

    public DeviceFaultException Lost(Exception? cause = null) => new(
        DeviceFaultKind.Lost, $"The connection to the reader at {_access.Address} broke. Check its power and the network cable.", cause);

    public void Dispose() => _http.Dispose();

    /// <returns>The answer's JSON; undefined when it has none.</returns>
    private Task<JsonElement> RequestAsync(
        HttpMethod method, string path, string? json, Wording doing, Wording? advice, CancellationToken cancellationToken) => LimitedAsync(
        async limited =>
        {
            using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
            using var response = await _http.SendAsync(request, limited);
            var answer = await response.Content.ReadAsStringAsync(limited);
            return response.IsSuccessStatusCode ? Parse(answer) : throw Refused(path, doing, advice, response.StatusCode, answer);
        },
        cancellationToken);

    private JsonElement Parse(string answer)
    {
        _answered = true;
        if (string.IsNullOrWhiteSpace(answer))
            return default;
        try
        {
            return RestAnswer.Read(answer);
        }
        catch (JsonException exception)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Protocol, $"What answers at {_access.Address} is not {_access.Kind}. Check the address.", exception);
        }
    }

    private DeviceFaultException Refused(string path, Wording doing, Wording? advice, HttpStatusCode status, string answer)
    {
        var message = HearRefusal(answer);
        return new DeviceFaultException(DeviceFaultKind.Refused, status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                Wording.Of($"The reader at {_access.Address} does not know this user name and password. {_access.LoginAdvice}"),
            HttpStatusCode.NotFound =>
                $"What answers at {_access.Address} does not know how to {doing}. {_access.NotFoundAdvice} ({path}: {(int)status})",
            _ when !_answered && (int)status < 500 =>
                $"What answers at {_access.Address} is not {_access.Kind}: it refused to {doing}. Check the address. ({path}: {(int)status})",
            _ when message is null =>
                $"The reader at {_access.Address} refused to {doing} and does not say why. {advice ?? _access.RefusalAdvice} ({path}: {(int)status})",
            _ => $"The reader at {_access.Address} refused to {doing}: \"{message}\". {advice ?? _access.RefusalAdvice} ({path}: {(int)status})",
        });
    }

    /// <summary>Takes in who refuses: JSON comes from a reader, as an answer does; HTML from some web page.</summary>
    /// <returns>What it says; null when that is nothing more than its status.</returns>
    private string? HearRefusal(string answer)
    {
        const int mostShown = 200;
        try
        {
            var refusal = RestAnswer.Read(answer);
            _answered |= refusal.ValueKind == JsonValueKind.Object;
            return RestAnswer.TextIn(refusal, "message") is { Length: > mostShown } text ? text[..mostShown] : RestAnswer.TextIn(refusal, "message");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<T> LimitedAsync<T>(Func<CancellationToken, Task<T>> action, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AnswerLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await action(either.Token);
        }
        catch (HttpRequestException exception) when (_isAnother && exception.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Protocol,
                $"What answers at {_access.Address} shows another certificate than the expected one. Check the address, or correct certificateSha256.",
                exception);
        }
        catch (HttpRequestException exception) when (!_answered && HungUp.Is(exception))
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Unreachable,
                $"What is at {_access.Address} hung up without an answer; it may be starting. If this stays so, check the address and the setting {_access.TlsKey}.",
                exception);
        }
        catch (HttpRequestException exception) when (!_answered && exception.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Protocol,
                $"What answers at {_access.Address} does not speak HTTPS. Check the address, or set {_access.TlsKey} to false where the reader speaks HTTP.",
                exception);
        }
        catch (HttpRequestException exception) when (!_answered && exception.HttpRequestError == HttpRequestError.InvalidResponse)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Protocol,
                $"What answers at {_access.Address} does not speak HTTP. Check the address, or set {_access.TlsKey} to true where the reader speaks HTTPS.",
                exception);
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw _answered ? Lost(exception) : UnknownName.FaultOf(_access.Address.Host, exception) ?? new DeviceFaultException(
                DeviceFaultKind.Unreachable, $"No reader answers at {_access.Address}. Check its power, the network cable and the address.", exception);
        }
    }
}
