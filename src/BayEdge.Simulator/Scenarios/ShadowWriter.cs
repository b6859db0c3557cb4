using BayEdge.Simulator.Workshop;

namespace BayEdge.Simulator.Scenarios;

/// <summary>Invents who stands before tag and plate during a visit.</summary>
internal sealed class ShadowWriter(TagNoise noise, Draws draws)
{
    private static readonly TimeSpan WorkBegins = TimeSpan.FromHours(8);
    private static readonly TimeSpan WorkEnds = TimeSpan.FromHours(18);

    public IReadOnlyList<Obstruction> Over(DateTimeOffset enteredAt, DateTimeOffset leftAt)
    {
        var shadows = new List<Obstruction>();
        var at = enteredAt + VehicleMotion.DriveTime;
        var last = leftAt - VehicleMotion.DriveTime;
        while (true)
        {
            at += draws.Wait(noise.ShadowsPerHour);
            if (at >= last)
                break;
            if (at.TimeOfDay < WorkBegins || at.TimeOfDay >= WorkEnds)
                continue;

            var to = at + draws.HeavyTailed(noise.ShortestShadow, noise.LongestShadow, noise.ShadowTail);
            shadows.Add(new Obstruction(at, to < last ? to : last, draws.Between(-1, 1)) { Hides = Hidden() });
            at = to;
        }

        return draws.Happens(noise.ShadowedDepartureShare) ? WithDeparture(shadows, enteredAt, leftAt) : shadows;
    }

    // Something on the dashboard, not a person: it leaves with the vehicle.
    private List<Obstruction> WithDeparture(List<Obstruction> shadows, DateTimeOffset enteredAt, DateTimeOffset leftAt)
    {
        var from = leftAt - (LengthAtRandomInstant() * draws.Uniform());
        if (from < enteredAt + VehicleMotion.DriveTime)
            from = enteredAt + VehicleMotion.DriveTime;
        shadows.RemoveAll(shadow => shadow.To > from);
        shadows.Add(new Obstruction(from, leftAt + VehicleMotion.OutsideTime, 0) { Hides = HiddenSigns.Tag });
        return shadows;
    }

    // A random instant is the likelier to fall into a shadow the longer that is: the exponent of the tail is less by one.
    private TimeSpan LengthAtRandomInstant()
    {
        var exponent = noise.ShadowTail - 1;
        return draws.HeavyTailed(noise.ShortestShadow, noise.LongestShadow, Math.Abs(exponent) < 0.01 ? 0.01 : exponent);
    }

    private HiddenSigns Hidden() => draws.Uniform() switch
    {
        < 0.35 => HiddenSigns.Tag,
        < 0.6 => HiddenSigns.Plate,
        _ => HiddenSigns.TagAndPlate,
    };
}
