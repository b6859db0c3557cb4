using System.Text.RegularExpressions;

namespace BayEdge.Vision.Plates.Reading;

/// <summary>Tells what a camera writes into its own pictures, date, time and name, from a plate.</summary>
/// <remarks>Inside a template nothing is left of the marks that make a clock a clock, so this looks at what was read before.</remarks>
internal static partial class WrittenText
{
    /// <param name="written">The line as the network reads it, with all its marks.</param>
    public static bool IsOfCamera(string written) => Clock().IsMatch(written) || Name().IsMatch(written);

    // Years of four digits stand alone too, as 20260302 does where the marks were not read.
    [GeneratedRegex(
        @"^\W*(?:(?:(?:19|20)\d\d(?:[-/.\\年\s](?:0?[1-9]|1[0-2])[-/.\\月\s](?:0?[1-9]|[12]\d|3[01])日?|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))|\d{1,2}[-/.\\]\d{1,2}[-/.\\](?:\d{4}|\d\d)"
        + @"|\d{1,2}[:：]\d{2}(?:[:：.]\d{2})?(?:[:：.]\d{1,3})?|(?:星期|周)[一二三四五六日天]?|(?:MON|TUES?|WED(?:NES)?|THU(?:RS)?|FRI|SAT(?:UR)?|SUN)(?:DAY)?|AM|PM)[\s,\-]*)+\W*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Clock();

    // Three digits would make them plates of half a dozen countries.
    [GeneratedRegex(
        @"^\W*(?:CAM(?:ERA)?|IP[\s_-]?C(?:AM(?:ERA)?)?|IP[\s_-]?DOME|CH(?:ANNEL)?|NVR|DVR)[\s_:#-]*\d{0,2}\W*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
