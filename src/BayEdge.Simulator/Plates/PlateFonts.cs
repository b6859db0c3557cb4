using SkiaSharp;

namespace BayEdge.Simulator.Plates;

/// <summary>The typefaces of the plates, from the system's font files.</summary>
internal sealed class PlateFonts : IDisposable
{
    private static readonly string[] ChineseFiles = ["wqy-microhei.ttc", "wqy-zenhei.ttc", "NotoSansCJK-Regular.ttc"];
    private static readonly string[] LatinFiles = ["DejaVuSans.ttf", "LiberationSans-Regular.ttf"];
    private static readonly string[] LatinBoldFiles = ["DejaVuSans-Bold.ttf", "LiberationSans-Bold.ttf"];

    private readonly Lazy<SKTypeface> _chinese;
    private readonly Lazy<SKTypeface> _latin;
    private readonly Lazy<SKTypeface> _latinBold;

    public PlateFonts(string folder)
    {
        _chinese = new(() => Load(folder, ChineseFiles, "Chinese characters", "fonts-wqy-microhei"));
        _latin = new(() => Load(folder, LatinFiles, "Latin characters", "fonts-dejavu-core"));
        _latinBold = new(() => Load(folder, LatinBoldFiles, "bold Latin characters", "fonts-dejavu-core"));
    }

    public SKTypeface Latin => _latin.Value;

    public SKTypeface LatinBold => _latinBold.Value;

    public SKTypeface For(char character) => character < 0x2E80 ? _latin.Value : _chinese.Value;

    public void Dispose()
    {
        foreach (var face in new[] { _chinese, _latin, _latinBold }.Where(face => face.IsValueCreated))
            face.Value.Dispose();
    }

    // The library's own font lookup needs fontconfig, which its build for small systems leaves out.
    private static SKTypeface Load(string folder, string[] names, string what, string package)
    {
        var file = Directory.Exists(folder)
            ? names.SelectMany(name => Directory.EnumerateFiles(folder, name, SearchOption.AllDirectories)).FirstOrDefault()
            : null;

        return (file is null ? null : SKTypeface.FromFile(file)) ?? throw new FileNotFoundException(
            $"Drawing a plate needs a font with {what}; expected one of {string.Join(", ", names)} below {folder} and found none. " +
            $"Install it with: apt-get install {package}");
    }
}
