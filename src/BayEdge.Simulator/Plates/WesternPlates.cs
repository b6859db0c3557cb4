using SkiaSharp;

namespace BayEdge.Simulator.Plates;

/// <summary>European, American and Brazilian plates: outer sizes and colours are the real ones, the inner layout is approximate.</summary>
/// <remarks>
/// Outer sizes: 520 x 110 mm (Germany, FZV annex 4), 305 x 152 mm (SAE J686), 400 x 130 mm (Contran 231/2007 and 729/2018).
/// </remarks>
internal static class WesternPlates
{
    private static readonly SKColor Ink = new(18, 18, 22);
    private static readonly SKColor StripBlue = new(0, 51, 153);
    private static readonly SKColor StarYellow = new(255, 204, 0);

    public static void DrawEurope(PlateCanvas plate, PlateNumber number)
    {
        plate.Fill(new SKColor(246, 246, 242));
        plate.Fill(StripBlue, SKRect.Create(44, plate.Height));
        for (var star = 0; star < 12; star++)
        {
            var (sin, cos) = MathF.SinCos(star * MathF.PI / 6);
            plate.Disc(StarYellow, 23 + (13 * sin), 34 - (13 * cos), 2);
        }

        plate.Label(number.Issuer, 23, 92, 26, SKColors.White);
        plate.Frame(Ink, inset: 1, thickness: 3, radius: 8);
        plate.Row(number.Printed, new SKRect(58, 18, 508, 93), cell: 46, gap: 8, space: 22, Ink, embolden: 4);
    }

    public static void DrawEuropeTwoRows(PlateCanvas plate, PlateNumber number)
    {
        plate.Fill(new SKColor(246, 246, 242));
        plate.Fill(StripBlue, SKRect.Create(44, 100));
        plate.Label(number.Issuer, 23, 84, 26, SKColors.White);
        plate.Frame(Ink, inset: 1, thickness: 3, radius: 8);
        var split = number.Printed.IndexOfAny([' ', '-']);
        plate.Row(number.Printed[..split], new SKRect(58, 22, 328, 97), cell: 46, gap: 8, space: 22, Ink, embolden: 4);
        plate.Row(number.Printed[(split + 1)..], new SKRect(16, 122, 324, 197), cell: 46, gap: 8, space: 22, Ink, embolden: 4);
    }

    public static void DrawUnitedStates(PlateCanvas plate, PlateNumber number)
    {
        using var sky = SKShader.CreateLinearGradient(
            new SKPoint(0, 0), new SKPoint(0, plate.Height), [new SKColor(214, 228, 244), SKColors.White], SKShaderTileMode.Clamp);
        plate.Fill(sky, SKRect.Create(plate.Width, plate.Height));
        plate.Frame(new SKColor(120, 130, 150), inset: 2, thickness: 1.5f, radius: 10);
        plate.Label(number.Issuer, plate.Width / 2, 28, 22, new SKColor(170, 40, 50));
        plate.Row(number.Printed, new SKRect(12, 42, 293, 118), cell: 34, gap: 6, space: 12, new SKColor(24, 40, 90), embolden: 3);
        foreach (var (x, y) in new[] { (60f, 14f), (245f, 14f), (60f, 138f), (245f, 138f) })
            plate.Disc(new SKColor(90, 94, 100), x, y, 4);
    }

    public static void DrawBrazilGrey(PlateCanvas plate, PlateNumber number)
    {
        plate.Fill(new SKColor(178, 180, 182));
        plate.Frame(Ink, inset: 2, thickness: 2, radius: 6);
        plate.Label(number.Issuer, plate.Width / 2, 27, 20, Ink);
        plate.Row(number.Printed, new SKRect(18, 44, 382, 110), cell: 44, gap: 6, space: 16, Ink, embolden: 3);
        plate.Disc(Ink, plate.Width / 2 - 27, 77, 5);
    }

    public static void DrawBrazilMotorcycle(PlateCanvas plate, PlateNumber number)
    {
        plate.Fill(new SKColor(244, 244, 242));
        plate.Fill(StripBlue, SKRect.Create(plate.Width, 26));
        plate.Label("BRASIL", plate.Width / 2, 20, 18, SKColors.White);
        plate.Frame(Ink, inset: 1, thickness: 2, radius: 8);
        plate.Row(number.Text[..3], new SKRect(14, 36, 186, 92), cell: 40, gap: 8, space: 0, Ink, embolden: 3);
        plate.Row(number.Text[3..], new SKRect(10, 102, 190, 158), cell: 36, gap: 8, space: 0, Ink, embolden: 3);
    }

    public static void DrawBrazilMercosul(PlateCanvas plate, PlateNumber number)
    {
        plate.Fill(new SKColor(244, 244, 242));
        plate.Fill(StripBlue, SKRect.Create(plate.Width, 30));
        plate.Label("BRASIL", plate.Width / 2, 23, 22, SKColors.White);
        plate.Fill(new SKColor(0, 140, 70), SKRect.Create(352, 7, 24, 16));
        plate.Disc(StarYellow, 364, 15, 5);
        plate.Frame(Ink, inset: 1, thickness: 2, radius: 8);
        plate.Row(number.Printed, new SKRect(24, 46, 384, 114), cell: 44, gap: 8, space: 16, Ink, embolden: 4);
    }
}
