using SkiaSharp;

namespace BayEdge.Simulator.Cameras;

/// <summary>Draws flat shapes given in metres of the bay onto the picture.</summary>
internal sealed class ScenePainter(SKCanvas canvas)
{
    public SKCanvas Canvas => canvas;

    public void Polygon(SKColor color, params ReadOnlySpan<(float X, float Y, float Z)> corners)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        Polygon(paint, corners);
    }

    public void Polygon(SKPaint paint, params ReadOnlySpan<(float X, float Y, float Z)> corners)
    {
        using var outline = Outline(corners);
        canvas.DrawPath(outline, paint);
    }

    /// <summary>A polygon shaded from its first corner to another.</summary>
    public void Shaded(SKColor first, SKColor last, int lastCorner, params ReadOnlySpan<(float X, float Y, float Z)> corners)
    {
        using var shader = SKShader.CreateLinearGradient(
            Point(corners[0]), Point(corners[lastCorner]), [first, last], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = shader, IsAntialias = true };
        Polygon(paint, corners);
    }

    /// <summary>A polygon with a soft edge: a shadow or a gleam.</summary>
    public void Soft(SKColor color, float blurPixels, params ReadOnlySpan<(float X, float Y, float Z)> corners)
    {
        using var blur = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, blurPixels);
        using var paint = new SKPaint { Color = color, IsAntialias = true, MaskFilter = blur };
        Polygon(paint, corners);
    }

    /// <summary>An upright ellipse at a distance; radii in metres.</summary>
    public void Ellipse(SKColor color, float x, float y, float z, float radiusX, float radiusY)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        var scale = BayView.PixelsPerMetre(z);
        var centre = BayView.Project(x, y, z);
        canvas.DrawOval(centre.X, centre.Y, radiusX * scale, radiusY * scale, paint);
    }

    /// <summary>A thick line with round ends; thickness in metres.</summary>
    public void Limb(SKColor color, float thickness, (float X, float Y, float Z) from, (float X, float Y, float Z) to)
    {
        using var paint = new SKPaint
        {
            Color = color,
            IsAntialias = true,
            IsStroke = true,
            StrokeCap = SKStrokeCap.Round,
            StrokeWidth = thickness * BayView.PixelsPerMetre(from.Z),
        };
        canvas.DrawLine(Point(from), Point(to), paint);
    }

    private static SKPath Outline(ReadOnlySpan<(float X, float Y, float Z)> corners)
    {
        using var outline = new SKPathBuilder();
        outline.MoveTo(Point(corners[0]));
        foreach (var corner in corners[1..])
            outline.LineTo(Point(corner));

        outline.Close();
        return outline.Detach();
    }

    private static SKPoint Point((float X, float Y, float Z) at) => BayView.Project(at.X, at.Y, at.Z);
}
