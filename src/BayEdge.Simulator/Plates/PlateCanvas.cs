using SkiaSharp;

namespace BayEdge.Simulator.Plates;

/// <summary>Draws on a plate in millimetres from its top left corner.</summary>
internal sealed class PlateCanvas(SKCanvas canvas, PlateFonts fonts, float width, float height)
{
    // Glyphs are taken as outlines at this size and then fitted to their box; the figure only sets the outline's precision.
    private const float OutlineSize = 200;

    public float Width => width;

    public float Height => height;

    public void Fill(SKColor color) => Fill(color, SKRect.Create(width, height));

    public void Fill(SKColor color, SKRect area)
    {
        using var paint = new SKPaint { Color = color };
        canvas.DrawRect(area, paint);
    }

    public void Fill(SKShader shader, SKRect area)
    {
        using var paint = new SKPaint { Shader = shader };
        canvas.DrawRect(area, paint);
    }

    public void Frame(SKColor color, float inset, float thickness, float radius)
    {
        using var paint = new SKPaint { Color = color, IsStroke = true, StrokeWidth = thickness, IsAntialias = true };
        var middle = inset + (thickness / 2);
        canvas.DrawRoundRect(new SKRect(middle, middle, width - middle, height - middle), radius, radius, paint);
    }

    public void Disc(SKColor color, float x, float y, float radius)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawCircle(x, y, radius, paint);
    }

    public void Ring(SKColor color, float x, float y, float radius, float thickness)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true, IsStroke = true, StrokeWidth = thickness };
        canvas.DrawCircle(x, y, radius, paint);
    }

    /// <summary>Draws one plate character so that its ink fills the box, its strokes thickened by <paramref name="embolden"/>.</summary>
    public void Character(char character, SKRect box, SKColor color, float embolden)
    {
        using var font = new SKFont(fonts.For(character), OutlineSize);
        using var outline = font.GetTextPath(character.ToString());
        var ink = outline.TightBounds;
        var scaleY = (box.Height - embolden) / ink.Height;
        var scaleX = Math.Min((box.Width - embolden) / ink.Width, scaleY * WidestStretch(character));

        var place = SKMatrix.CreateTranslation(-ink.MidX, -ink.MidY)
            .PostConcat(SKMatrix.CreateScale(scaleX, scaleY))
            .PostConcat(SKMatrix.CreateTranslation(box.MidX, box.MidY));
        using var placed = new SKPath(outline);
        placed.Transform(place);

        using var paint = new SKPaint
        {
            Color = color,
            IsAntialias = true,
            Style = SKPaintStyle.StrokeAndFill,
            StrokeWidth = embolden,
            StrokeJoin = SKStrokeJoin.Round,
        };
        canvas.DrawPath(placed, paint);
    }

    // Slim characters stay slim instead of filling their box.
    private static float WidestStretch(char character) => character switch
    {
        '1' => 0.62f,
        'I' or 'J' => 1,
        _ => float.MaxValue,
    };

    /// <summary>Draws characters in cells of equal width, centred in the box and narrowed where they would not fit.</summary>
    /// <param name="space">Width of a space or dash, which is left empty.</param>
    public void Row(string text, SKRect box, float cell, float gap, float space, SKColor color, float embolden)
    {
        var natural = text.Sum(c => (char.IsLetterOrDigit(c) ? cell : space) + gap) - gap;
        var shrink = Math.Min(1, box.Width / natural);
        var x = box.MidX - (natural * shrink / 2);
        foreach (var character in text)
        {
            var advance = char.IsLetterOrDigit(character) ? cell : space;
            if (char.IsLetterOrDigit(character))
                Character(character, SKRect.Create(x, box.Top, advance * shrink, box.Height), color, embolden);

            x += (advance + gap) * shrink;
        }
    }

    /// <summary>Draws a small line of bold text centred at a point.</summary>
    public void Label(string text, float centreX, float baseline, float size, SKColor color)
    {
        using var font = new SKFont(fonts.LatinBold, size);
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawText(text, centreX, baseline, SKTextAlign.Center, font, paint);
    }
}
