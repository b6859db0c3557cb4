using OpenCvSharp;
using SkiaSharp;

namespace BayEdge.Simulator.Plates;

/// <summary>Draws clean plates, seen straight on, with the fonts of the system.</summary>
/// <remarks>
/// Sizes, colours and the places of the characters follow the real plates; the glyph shapes are those of the system's fonts
/// (WenQuanYi Micro Hei, DejaVu Sans), so a reader's score on these pictures says nothing about its score on the road.
/// </remarks>
public sealed class PlateRenderer : IDisposable
{
    private readonly PlateFonts _fonts;

    /// <param name="fontFolder">Where the font files stand; subfolders are searched.</param>
    public PlateRenderer(string fontFolder = "/usr/share/fonts") => _fonts = new PlateFonts(fontFolder);

    /// <summary>Width and height of a plate in millimetres.</summary>
    public static (int Width, int Height) SizeMillimetres(PlateKind kind) => kind switch
    {
        PlateKind.ChinaBlue or PlateKind.ChinaYellow or PlateKind.ChinaTraining or PlateKind.ChinaPolice
            or PlateKind.ChinaBorder or PlateKind.ChinaConsulate or PlateKind.ChinaEmbassy => (440, 140),
        PlateKind.ChinaYellowTwoRows or PlateKind.ChinaTrailer => (440, 220),
        PlateKind.ChinaGreenSmall or PlateKind.ChinaGreenLarge => (480, 140),
        PlateKind.Europe => (520, 110),
        PlateKind.EuropeTwoRows => (340, 220),
        PlateKind.UnitedStates => (305, 152),
        PlateKind.BrazilGrey or PlateKind.BrazilMercosul => (400, 130),
        PlateKind.BrazilMotorcycle => (200, 170),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of plate."),
    };

    /// <summary>Draws the plate as a BGR picture, 8 bits a channel; the caller disposes of it.</summary>
    /// <exception cref="FileNotFoundException">A font is missing; the message names the Debian package.</exception>
    public Mat Render(PlateNumber number, float pixelsPerMillimetre = 1)
    {
        using var bitmap = Draw(number, pixelsPerMillimetre);
        using var bgra = Mat.FromPixelData(bitmap.Height, bitmap.Width, MatType.CV_8UC4, bitmap.GetPixels(), bitmap.RowBytes);
        return bgra.CvtColor(ColorConversionCodes.BGRA2BGR);
    }

    public void Dispose() => _fonts.Dispose();

    internal SKBitmap Draw(PlateNumber number, float pixelsPerMillimetre = 1)
    {
        var (width, height) = SizeMillimetres(number.Kind);
        var bitmap = new SKBitmap(
            (int)MathF.Round(width * pixelsPerMillimetre),
            (int)MathF.Round(height * pixelsPerMillimetre),
            SKColorType.Bgra8888,
            SKAlphaType.Premul);
        using var canvas = new SKCanvas(bitmap);
        canvas.Scale(pixelsPerMillimetre);
        Draw(new PlateCanvas(canvas, _fonts, width, height), number);
        return bitmap;
    }

    private static void Draw(PlateCanvas plate, PlateNumber number)
    {
        switch (number.Kind)
        {
            case PlateKind.ChinaBlue:
                ChinesePlates.DrawBlue(plate, number.Text);
                break;
            case PlateKind.ChinaYellowTwoRows or PlateKind.ChinaTrailer:
                ChinesePlates.DrawTwoRows(plate, number.Text);
                break;
            case PlateKind.ChinaYellow or PlateKind.ChinaTraining or PlateKind.ChinaPolice
                or PlateKind.ChinaBorder or PlateKind.ChinaConsulate or PlateKind.ChinaEmbassy:
                ChinesePlates.DrawOther(plate, number);
                break;
            case PlateKind.ChinaGreenSmall:
                ChinesePlates.DrawGreenSmall(plate, number.Text);
                break;
            case PlateKind.ChinaGreenLarge:
                ChinesePlates.DrawGreenLarge(plate, number.Text);
                break;
            case PlateKind.Europe:
                WesternPlates.DrawEurope(plate, number);
                break;
            case PlateKind.EuropeTwoRows:
                WesternPlates.DrawEuropeTwoRows(plate, number);
                break;
            case PlateKind.UnitedStates:
                WesternPlates.DrawUnitedStates(plate, number);
                break;
            case PlateKind.BrazilGrey:
                WesternPlates.DrawBrazilGrey(plate, number);
                break;
            case PlateKind.BrazilMercosul:
                WesternPlates.DrawBrazilMercosul(plate, number);
                break;
            case PlateKind.BrazilMotorcycle:
                WesternPlates.DrawBrazilMotorcycle(plate, number);
                break;
        }
    }
}
