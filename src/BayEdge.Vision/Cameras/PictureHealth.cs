using OpenCvSharp;

namespace BayEdge.Vision.Cameras;

/// <summary>From when on a picture shows that its camera sees nothing. All assumed.</summary>
internal sealed record PictureHealthOptions
{
    /// <summary>How long a picture must be black: longer than a camera takes to get used to the dark. The default value is 30 seconds.</summary>
    public TimeSpan BlackFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a picture must stay the same: longer than any encoder repeats one. The default value is 60 seconds.</summary>
    public TimeSpan FrozenFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>And so many of them. The default value is 10.</summary>
    public int FrozenPictures { get; init; } = 10;
}

internal enum PictureState
{
    Good,

    /// <summary>Black, but not for long.</summary>
    Dark,

    Black,
    Frozen,
}

/// <summary>Tells a camera that sees nothing, or sends the same picture for ever, from one that works.</summary>
/// <remarks>
/// A sensor's noise makes every picture another one, so one that stays the same is none of now. A clock that the camera writes into it, or
/// a lamp on a covered lens, is too small to count. Lives through reconnections: a camera that comes back with the same picture is no better.
/// </remarks>
internal sealed class PictureHealth(PictureHealthOptions options)
{
    // Every eighth pixel both ways: what is looked at is not what moves.
    private const int Step = 8;

    private const byte DarkLevel = 32;

    // Shares of the channels that are looked at. A clock takes two in a hundred at most.
    private const double LeastLight = 0.02;
    private const double LeastChange = 0.03;

    private byte[] _reference = [];
    private byte[] _sample = [];
    private int _referenceLength;
    private TimeSpan _referenceAt;
    private int _same;
    private TimeSpan? _darkSince;

    /// <param name="at">When the picture was taken, on the monotonic clock.</param>
    public PictureState Look(Mat picture, TimeSpan at)
    {
        var length = Sample(picture);
        var sample = _sample.AsSpan(0, length);
        var isFrozen = IsFrozen(sample, at);
        if (!IsDark(sample))
            _darkSince = null;
        else if (at - (_darkSince ??= at) >= options.BlackFor)
            return PictureState.Black;
        return isFrozen ? PictureState.Frozen : _darkSince is null ? PictureState.Good : PictureState.Dark;
    }

    private bool IsFrozen(ReadOnlySpan<byte> sample, TimeSpan at)
    {
        if (sample.Length == _referenceLength && Different(sample, _reference.AsSpan(0, _referenceLength)) < LeastChange * sample.Length)
        {
            _same++;
            return at - _referenceAt >= options.FrozenFor && _same >= options.FrozenPictures;
        }

        // Swapped, not copied: nearly every picture of a camera that works is another one.
        (_reference, _sample, _referenceLength) = (_sample, _reference, sample.Length);
        (_referenceAt, _same) = (at, 1);
        return false;
    }

    private static bool IsDark(ReadOnlySpan<byte> sample)
    {
        var light = 0;
        foreach (var level in sample)
            light += level > DarkLevel ? 1 : 0;
        return light < LeastLight * sample.Length;
    }

    private static int Different(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var different = 0;
        for (var i = 0; i < one.Length; i++)
            different += one[i] == other[i] ? 0 : 1;
        return different;
    }

    private unsafe int Sample(Mat picture)
    {
        var (width, height) = (picture.Width, picture.Height);
        var length = 3 * ((width + Step - 1) / Step) * ((height + Step - 1) / Step);
        if (_sample.Length < length)
            _sample = new byte[length];
        var next = 0;
        for (var y = 0; y < height; y += Step)
        {
            var row = (byte*)picture.Ptr(y);
            for (var x = 0; x < width; x += Step)
            {
                for (var channel = 0; channel < 3; channel++)
                    _sample[next++] = row[(3 * x) + channel];
            }
        }

        return length;
    }
}
