using BayEdge.Service.Hosting;
using BayEdge.TestKit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace BayEdge.Service.Tests.Hosting;

public sealed class PackedFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CountedReads _reads;
    private readonly PackedFiles _files;

    public PackedFilesTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "lib"));
        File.WriteAllText(Path.Combine(_folder.Path, "index.html"), "<!doctype html>");
        File.WriteAllText(Path.Combine(_folder.Path, "lib", "api.js"), "export {};");
        _reads = new CountedReads(_folder.Path);
        _files = new PackedFiles(new WebRoot(_reads));
    }

    [Theory]
    [InlineData("/index.html", "/", "//index.html", "///index.html", "/./index.html", "/lib/../index.html")]
    [InlineData("/lib/api.js", "/lib//api.js", "/lib///api.js", "//lib/api.js", "/lib/./api.js", "/lib//.//api.js")]
    public async Task A_file_is_packed_once_by_whatever_name_it_is_asked_for(params string[] names)
    {
        foreach (var name in names)
            await AskAsync(name);

        Assert.Equal(1, _reads.Count);
    }

    [Fact]
    public async Task A_file_that_has_changed_is_packed_anew()
    {
        await AskAsync("/index.html");
        File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, "index.html"), new DateTime(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc));

        await AskAsync("/index.html");

        Assert.Equal(2, _reads.Count);
    }

    public void Dispose()
    {
        _reads.Dispose();
        _folder.Dispose();
    }

    private async Task AskAsync(string path)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = HttpMethods.Get;
        context.Request.Path = path;
        context.Request.Headers.AcceptEncoding = "br";
        await _files.TryAnswerAsync(context);
    }

    private sealed class CountedReads(string root) : IFileProvider, IDisposable
    {
        private readonly PhysicalFileProvider _files = new(root);

        public int Count { get; private set; }

        public IDirectoryContents GetDirectoryContents(string subpath) => _files.GetDirectoryContents(subpath);

        public IFileInfo GetFileInfo(string subpath) => new CountedFile(this, _files.GetFileInfo(subpath));

        public IChangeToken Watch(string filter) => _files.Watch(filter);

        public void Dispose() => _files.Dispose();

        private sealed class CountedFile(CountedReads reads, IFileInfo file) : IFileInfo
        {
            public bool Exists => file.Exists;

            public bool IsDirectory => file.IsDirectory;

            public DateTimeOffset LastModified => file.LastModified;

            public long Length => file.Length;

            public string Name => file.Name;

            public string? PhysicalPath => file.PhysicalPath;

            public Stream CreateReadStream()
            {
                reads.Count++;
                return file.CreateReadStream();
            }
        }
    }

    private sealed class WebRoot(IFileProvider files) : IWebHostEnvironment
    {
        public string ApplicationName { get; set; } = "bayedge";

        public string EnvironmentName { get; set; } = "Production";

        public string WebRootPath { get; set; } = "";

        public IFileProvider WebRootFileProvider { get; set; } = files;

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = files;
    }
}
