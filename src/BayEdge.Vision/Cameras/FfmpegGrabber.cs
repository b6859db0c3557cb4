using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using BayEdge.Core.Drivers;
using OpenCvSharp;

namespace BayEdge.Vision.Cameras;

/// <summary>An RTSP camera, through the program <c>ffmpeg</c>.</summary>
/// <remarks>
/// The FFmpeg inside OpenCvSharp's packages is built without network. A program of its own can also be ended when it
/// hangs, and a camera that upsets the decoder does not take the service with it. The address goes in by standard input,
/// because the command line, and with it the password, is there for every user of the computer to read.
/// </remarks>
internal sealed partial class FfmpegGrabber(StreamOptions options) : IFrameGrabber
{
    // BITMAPFILEHEADER: "BM", then the size of the whole file, little-endian.
    private const int BitmapHeader = 14;
    private const int BitmapSizeAt = 2;

    // 24 bits a pixel; rows end at multiples of 4 bytes, and the headers are short.
    private const int LargestPicture = (3 * Pictures.MostPixels) + (1024 * 1024);
    private const int KeptLines = 40;

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly Queue<string> _said = new();
    private readonly TaskCompletionSource _saidAll = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? _program;
    private TimedInput? _input;
    private bool _hasFirst;
    private byte[] _picture = [];

    public FrameLocation Location => options.Location;

    public TimeSpan? Due => null;

    public StreamFormat Open(CancellationToken cancellationToken)
    {
        _program = Start();
        _input = new TimedInput(_program.StandardOutput.BaseStream) { Limit = options.OpenLimit };
        try
        {
            _hasFirst = ReadBitmap(cancellationToken) ? true : throw Unopened();
        }
        catch (TimeoutException exception)
        {
            throw StreamFaults.NotOpenedInTime(Location, options.OpenLimit, exception);
        }

        _input.Limit = options.SilenceLimit;
        return Format();
    }

    public bool Grab(CancellationToken cancellationToken)
    {
        try
        {
            if (!_hasFirst)
                return ReadBitmap(cancellationToken);
            _hasFirst = false;
            return true;
        }
        catch (TimeoutException exception)
        {
            throw StreamFaults.Silent(Location, options.SilenceLimit, exception);
        }
    }

    public Mat? Retrieve() => Pictures.Decode(_picture);

    public void Rewind() => throw new NotSupportedException("A live stream has no beginning.");

    public void Dispose()
    {
        if (_program is { HasExited: false })
            _program.Kill();
        _input?.Dispose();
        _program?.Dispose();
    }

    private Process Start()
    {
        var program = new Process
        {
            StartInfo = new ProcessStartInfo("ffmpeg", Arguments())
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        program.ErrorDataReceived += Keep;
        try
        {
            program.Start();
        }
        catch (Win32Exception exception)
        {
            throw StreamFaults.NoFfmpeg(Location, exception);
        }

        program.BeginErrorReadLine();
        try
        {
            program.StandardInput.Write(Playlist());
            program.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already; the first read finds that, and what it said says why.
        }

        return program;
    }

    /// <summary>The filter that lets no more pictures through than are looked at.</summary>
    /// <remarks>
    /// The fps filter would hold each picture back until the next has come. A tenth of the interval is let go, because pictures
    /// come a little early, and of a camera at just the rate that is set every other one would be lost; the pump keeps the rate.
    /// </remarks>
    internal static string Thinning(double framesPerSecond)
    {
        var interval = (0.9 / framesPerSecond).ToString("0.####", CultureInfo.InvariantCulture);
        return $"select='isnan(prev_selected_t)+gte(t-prev_selected_t,{interval})'";
    }

    /// <summary>The filter that makes pictures no wider than they are to be: a picture of 8 million pixels is 25 MB on its way through the pipe.</summary>
    private static string Narrowing(int widthPx) => string.Create(CultureInfo.InvariantCulture, $"scale=w='min(iw,{widthPx})':h=-2:flags=area");

    private string[] Arguments()
    {
        return
        [
            "-hide_banner", "-nostats", "-loglevel", "info",
            "-fflags", "nobuffer", "-flags", "low_delay", "-threads", "1",
            "-f", "concat", "-safe", "0", "-protocol_whitelist", "pipe,rtsp,rtsps,rtp,srtp,tcp,udp,tls,crypto", "-i", "pipe:0",
            "-an", "-fps_mode", "passthrough", "-vf", $"{Thinning(options.FramesPerSecond)},{Narrowing(options.MaximumWidthPx)}",
            "-c:v", "bmp", "-pix_fmt", "bgr24", "-f", "image2pipe", "pipe:1",
        ];
    }

    private string Playlist()
    {
        var transport = options.Transport == RtspTransport.Udp ? "option rtsp_transport udp" : "option rtsp_flags prefer_tcp";
        return $"ffconcat version 1.0\nfile '{Location.AddressWithLogin.Replace("'", "'\\''", StringComparison.Ordinal)}'\n{transport}\n";
    }

    /// <summary>Takes the next picture as a bitmap file; false when the program has ended.</summary>
    private bool ReadBitmap(CancellationToken cancellationToken)
    {
        var header = new byte[BitmapHeader];
        if (!_input!.ReadExactly(header, cancellationToken))
            return false;

        var size = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(BitmapSizeAt));
        if (header[0] != 'B' || header[1] != 'M' || size <= BitmapHeader)
            throw StreamFaults.TooLarge(Location, size);
        if (size > LargestPicture)
            throw StreamFaults.TooManyPixels(Location, size / 3);
        if (_picture.Length != size)
            _picture = new byte[size];
        header.CopyTo(_picture, 0);
        return _input.ReadExactly(_picture.AsSpan(BitmapHeader), cancellationToken);
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
        {
            _saidAll.TrySetResult();
            return;
        }

        lock (_said)
        {
            _said.Enqueue(line.Data);
            if (_said.Count > KeptLines)
                _said.Dequeue();
        }
    }

    private string Said()
    {
        lock (_said)
            return string.Join('\n', _said);
    }

    private DeviceFaultException Unopened()
    {
        _saidAll.Task.Wait(LastWords);
        return StreamFaults.FromFfmpeg(Location, Said());
    }

    private StreamFormat Format()
    {
        var video = VideoLine().Match(Said());
        return video.Success
            ? new StreamFormat(double.Parse(video.Groups["fps"].Value, CultureInfo.InvariantCulture), video.Groups["codec"].Value)
            : new StreamFormat(0, "");
    }

    [GeneratedRegex(@"Video: (?<codec>\w+).*?, (?<fps>[0-9.]+) fps")]
    private static partial Regex VideoLine();
}
