using SkiaSharp;

namespace BayEdge.Simulator.Plates;

/// <summary>Chinese plates, laid out after GA 36-2018; the glyph shapes are the system font's, not the standard's.</summary>
/// <remarks>
/// Characters are 45 x 90 mm (new energy: 43 x 90 mm after the first) and begin 15.5 mm from the left and 25 mm from the top.
/// They stand 12 mm apart (new energy: 9 mm), 34 mm (49 mm) after the second, where the dot or the emblem is.
/// </remarks>
internal static class ChinesePlates
{
    private const float Left = 15.5f;
    private const float Top = 25;
    private const float CharacterHeight = 90;

    private static readonly SKColor Blue = new(12, 72, 172);
    private static readonly SKColor GreenPale = new(226, 244, 232);
    private static readonly SKColor Green = new(54, 180, 122);
    private static readonly SKColor Yellow = new(238, 206, 60);
    private static readonly SKColor EmblemGreen = new(20, 120, 76);
    private static readonly SKColor PoliceRed = new(200, 30, 34);
    private static readonly SKColor Black = new(16, 20, 18);

    public static void DrawBlue(PlateCanvas plate, string text)
    {
        plate.Fill(Blue);
        plate.Frame(SKColors.White, inset: 4, thickness: 2, radius: 8);
        DrawCharacters(plate, text, otherWidth: 45, gap: 12, split: 34, SKColors.White);
        plate.Disc(SKColors.White, Left + 45 + 12 + 45 + 17, 70, 5);
    }

    public static void DrawGreenSmall(PlateCanvas plate, string text)
    {
        using var gradient = SKShader.CreateLinearGradient(
            new SKPoint(0, 0), new SKPoint(0, plate.Height), [GreenPale, Green], [0.05f, 0.95f], SKShaderTileMode.Clamp);
        plate.Fill(gradient, SKRect.Create(plate.Width, plate.Height));
        FinishGreen(plate, text);
    }

    public static void DrawGreenLarge(PlateCanvas plate, string text)
    {
        plate.Fill(Green);
        plate.Fill(Yellow, SKRect.Create(Left + 45 + 9 + 43 + 12, plate.Height));
        FinishGreen(plate, text);
    }

    /// <summary>Yellow, white and black plates of one row: laid out as the blue one.</summary>
    public static void DrawOther(PlateCanvas plate, PlateNumber number)
    {
        var (ground, ink) = number.Kind switch
        {
            PlateKind.ChinaPolice => (SKColors.White, Black),
            PlateKind.ChinaBorder or PlateKind.ChinaConsulate or PlateKind.ChinaEmbassy => (Black, SKColors.White),
            _ => (Yellow, Black),
        };
        plate.Fill(ground);
        plate.Frame(ink, inset: 4, thickness: 2, radius: 8);
        DrawCharacters(plate, number.Text, otherWidth: 45, gap: 12, split: 34, ink, number.Kind == PlateKind.ChinaPolice ? PoliceRed : ink);
        plate.Disc(ink, Left + 45 + 12 + 45 + 17, 70, 5);
    }

    /// <summary>440 x 220 mm: province and office 80 x 60 mm above, five characters 65 x 110 mm below.</summary>
    public static void DrawTwoRows(PlateCanvas plate, string text)
    {
        plate.Fill(Yellow);
        plate.Frame(Black, inset: 4, thickness: 2, radius: 8);
        plate.Character(text[0], SKRect.Create(110, 15, 80, 60), Black, embolden: 1.5f);
        plate.Character(text[1], SKRect.Create(250, 15, 80, 60), Black, embolden: 4);
        plate.Disc(Black, 220, 45, 5);
        for (var place = 2; place < text.Length; place++)
            plate.Character(text[place], SKRect.Create(27.5f + ((place - 2) * 80), 90, 65, 110), Black, embolden: text[place] < 128 ? 5 : 2);
    }

    private static void FinishGreen(PlateCanvas plate, string text)
    {
        plate.Frame(Black, inset: 4, thickness: 1.5f, radius: 8);
        DrawCharacters(plate, text, otherWidth: 43, gap: 9, split: 49, Black);
        DrawEmblem(plate, Left + 45 + 9 + 43 + 24.5f, 70);
    }

    private static void DrawCharacters(PlateCanvas plate, string text, float otherWidth, float gap, float split, SKColor color, SKColor? last = null)
    {
        var x = Left;
        for (var i = 0; i < text.Length; i++)
        {
            var width = i == 0 ? 45 : otherWidth;
            plate.Character(text[i], SKRect.Create(x, Top, width, CharacterHeight), i == text.Length - 1 ? last ?? color : color, embolden: text[i] >= 128 ? 1.5f : 4);
            x += width + (i == 1 ? split : gap);
        }
    }

    // The new-energy sign: a ring of a letter E and a plug.
    private static void DrawEmblem(PlateCanvas plate, float x, float y)
    {
        plate.Ring(EmblemGreen, x, y, 14, 2.5f);
        plate.Fill(EmblemGreen, SKRect.Create(x - 8, y - 7, 2.5f, 14));
        foreach (var bar in new[] { -7f, -1.2f, 4.6f })
            plate.Fill(EmblemGreen, SKRect.Create(x - 8, y + bar, 7, 2.4f));

        plate.Fill(EmblemGreen, SKRect.Create(x + 2, y - 4, 6, 8));
        plate.Fill(EmblemGreen, SKRect.Create(x + 3, y - 8, 1.5f, 4));
        plate.Fill(EmblemGreen, SKRect.Create(x + 5.5f, y - 8, 1.5f, 4));
    }
}
