using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace BayEdge.Service.Hosting;

/// <summary>The front end's files as they travel: each is compressed once, for a small computer would rather not do it for every phone.</summary>
/// <remarks>Browsers take Brotli only over HTTPS or from the computer itself; in a workshop's network most ask for gzip.</remarks>
internal sealed class PackedFiles(IWebHostEnvironment environment)
{
    private const int BrotliQuality = 9;
    private const int BrotliWindow = 18;
    private const long LongestFile = 1_000_000;

    private static readonly FileExtensionContentTypeProvider Types = new();
    private readonly ConcurrentDictionary<(string File, string Encoding), PackedFile> _packed = new();

    /// <summary>Answers where a file is asked for by somebody who takes it compressed.</summary>
    /// <returns>False where it is not.</returns>
    public async Task<bool> TryAnswerAsync(HttpContext context)
    {
        var path = context.Request.Path == "/" ? "/index.html" : context.Request.Path.Value;
        if (path is null || !HttpMethods.IsGet(context.Request.Method) || EncodingFor(context.Request) is not { } encoding
            || !Types.TryGetContentType(path, out var type) || !IsText(type) || Find(path, encoding) is not { } file)
        {
            return false;
        }

        var headers = context.Response.Headers;
        headers.CacheControl = "no-cache";
        headers.ETag = file.Tag;
        headers.Vary = HeaderNames.AcceptEncoding;
        if (context.Request.Headers.IfNoneMatch == file.Tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return true;
        }

        headers.ContentEncoding = encoding;
        context.Response.ContentType = type;
        context.Response.ContentLength = file.Content.Length;
        await context.Response.Body.WriteAsync(file.Content, context.RequestAborted);
        return true;
    }

    private PackedFile? Find(string path, string encoding)
    {
        var file = environment.WebRootFileProvider.GetFileInfo(path);
        if (!file.Exists || file.IsDirectory || file.Length > LongestFile || file.PhysicalPath is not { } place)
            return null;

        // Anybody may ask, and a file has any number of names: //index.html, /./index.html.
        var key = (Path.GetFullPath(place), encoding);
        if (_packed.GetValueOrDefault(key) is { } known && known.ChangedAt == file.LastModified)
            return known;
        return _packed[key] = Pack(file, encoding);
    }

    private static PackedFile Pack(IFileInfo file, string encoding)
    {
        using var read = new MemoryStream();
        using (var content = file.CreateReadStream())
            content.CopyTo(read);
        var packed = encoding == "br" ? Brotli(read.ToArray()) : Gzip(read.ToArray());
        return new PackedFile(packed, $"\"{Convert.ToHexStringLower(SHA256.HashData(packed).AsSpan(0, 12))}\"", file.LastModified);
    }

    private static byte[] Brotli(byte[] content)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        return BrotliEncoder.TryCompress(content, packed, out var length, BrotliQuality, BrotliWindow)
            ? packed[..length]
            : throw new InvalidOperationException("The longest that Brotli can become was not long enough.");
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
            gzip.Write(content);
        return packed.ToArray();
    }

    private static bool IsText(string type) => type.StartsWith("text/", StringComparison.Ordinal) || type is "application/json" or "image/svg+xml";

    // Whoever weighs them (q=0) or takes neither gets the file as it is.
    private static string? EncodingFor(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        return ((string[])["br", "gzip"]).FirstOrDefault(encoding => accepted.Any(entry => entry.Value == encoding && entry.Quality is not 0));
    }

    private sealed record PackedFile(byte[] Content, string Tag, DateTimeOffset ChangedAt);
}
