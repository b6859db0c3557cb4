using BayEdge.Simulator.Plates;
using BayEdge.Simulator.Workshop;

namespace BayEdge.Simulator.Cameras;

/// <summary>What a bay's camera sees over some visits, with all that happens beside: people, doors, the sun, lamps and the night.</summary>
/// <remarks>The same options give the same film. How often each thing happens is assumed, and oftener than in a workshop.</remarks>
public sealed class BayFilm(BayFilmOptions options)
{
    private readonly Random _random = new(options.Seed);
    private readonly List<FilmPicture> _pictures = [];
    private BayScene _scene = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));

    private TimeSpan Step => TimeSpan.FromSeconds(1 / options.PicturesPerSecond);

    private DateTimeOffset Now => _scene.At;

    /// <summary>Plays it from an empty bay to an empty bay.</summary>
    public IReadOnlyList<FilmPicture> Play()
    {
        Hold(Between(15, 30));
        for (var visit = 0; visit < options.Visits; visit++)
        {
            for (var acts = _random.Next(1, 4); acts > 0; acts--)
                ActWhileEmpty();
            Hold(Between(5, 15));
            Visit(visit);
        }

        Hold(Between(15, 30));
        return _pictures;
    }

    private void Visit(int visit)
    {
        var end = _random.Next(3) == 0 ? CarEnd.Rear : CarEnd.Front;
        var kinds = PlateNumbers.KindsOf("cn");
        var car = new SceneCar(0, end, _random.Next(200))
        {
            Plate = PlateNumbers.Random(_random, kinds[visit % kinds.Count]),
        };
        Drive(car, from: 0, to: 1);
        _scene = _scene with { Car = car with { Approach = 1 } };
        Hold(Between(8, 15));
        for (var acts = _random.Next(1, 4); acts > 0; acts--)
            ActWhileParked();
        Hold(Between(5, 10));
        Drive(_scene.Car! with { BonnetOpen = false }, from: 1, to: 0);
        _scene = _scene with { Car = null };
        Hold(Between(10, 20));
    }

    private void Drive(SceneCar car, double from, double to)
    {
        var pictures = (int)(VehicleMotion.DriveTime / Step);
        for (var picture = 1; picture <= pictures; picture++)
        {
            var rolled = from + ((to - from) * picture / pictures);
            Shoot(_scene with { Car = car with { Approach = 1 - ((1 - rolled) * (1 - rolled)) } }, occupied: rolled > 1 - Math.Sqrt(1 - VehicleMotion.LineApproach));
        }
    }

    private void ActWhileEmpty()
    {
        switch (_random.Next(options.Disturbed ? 6 : 1))
        {
            case 1:
                PersonPasses();
                break;
            case 2:
                MoveDoor();
                break;
            case 3:
                _scene = _scene with { Trolley = !_scene.Trolley };
                break;
            default:
                ChangeLight();
                break;
        }

        Hold(Between(4, 12));
    }

    private void ActWhileParked()
    {
        switch (_random.Next(options.Disturbed ? 6 : 1))
        {
            case 1:
                PersonPasses();
                break;
            case 2:
                MoveDoor();
                break;
            case 3:
                StandBeforePlate();
                break;
            case 4:
                _scene = _scene with { Car = _scene.Car! with { BonnetOpen = !_scene.Car.BonnetOpen } };
                break;
            default:
                ChangeLight();
                break;
        }

        Hold(Between(4, 12));
    }

    private void PersonPasses()
    {
        var rightwards = _random.Next(2) == 0;
        var stop = _random.Next(3) == 0 ? (_random.NextDouble() * 2) - 1 : 9;
        for (var across = -2.0; across < 2; across += 0.9 / options.PicturesPerSecond)
        {
            _scene = _scene with { PersonAcross = rightwards ? across : -across };
            Shoot(_scene, _scene.Car is not null);
            if (Math.Abs(across - stop) < 0.5 / options.PicturesPerSecond)
                Hold(Between(5, 20));
        }

        _scene = _scene with { PersonAcross = null };
    }

    private void StandBeforePlate()
    {
        _scene = _scene with { PersonAcross = (_random.NextDouble() * 0.4) - 0.2 };
        Hold(Between(5, 25));
        _scene = _scene with { PersonAcross = null };
    }

    private void MoveDoor()
    {
        var to = _scene.DoorOpen > 0.5 ? 0 : 1;
        var from = _scene.DoorOpen;
        var pictures = (int)(5 * options.PicturesPerSecond);
        for (var picture = 1; picture <= pictures; picture++)
        {
            _scene = _scene with { DoorOpen = from + ((to - from) * picture / pictures) };
            Shoot(_scene, _scene.Car is not null);
        }
    }

    private void ChangeLight()
    {
        switch (_random.Next(options.Disturbed ? 5 : 2))
        {
            case 0:
                Fade(0.35 + (0.65 * _random.NextDouble()));
                break;
            case 1:
                _scene = _scene with { Light = _scene.Light > 0.6 ? 0.4 : 1 };
                break;
            case 2:
                _scene = _scene with { SunAcross = _scene.SunAcross is null ? (_random.NextDouble() * 2) - 1 : null };
                break;
            case 3:
                _scene = _scene with { Infrared = !_scene.Infrared, SunAcross = null };
                break;
            default:
                WanderSun();
                break;
        }
    }

    private void Fade(double to)
    {
        var from = _scene.Light;
        var pictures = (int)(10 * options.PicturesPerSecond);
        for (var picture = 1; picture <= pictures; picture++)
        {
            _scene = _scene with { Light = from + ((to - from) * picture / pictures) };
            Shoot(_scene, _scene.Car is not null);
        }
    }

    private void WanderSun()
    {
        if (_scene.SunAcross is not { } across)
            return;
        for (var picture = 0; picture < 10 * options.PicturesPerSecond; picture++)
        {
            _scene = _scene with { SunAcross = across + (0.02 * picture / options.PicturesPerSecond) };
            Shoot(_scene, _scene.Car is not null);
        }
    }

    private void Hold(double seconds)
    {
        for (var picture = 0; picture < seconds * options.PicturesPerSecond; picture++)
            Shoot(_scene, _scene.Car is not null);
    }

    private void Shoot(BayScene scene, bool occupied)
    {
        _pictures.Add(new FilmPicture(scene with { At = Now }, occupied));
        _scene = _scene with { At = Now + Step };
    }

    private double Between(double low, double high) => low + (_random.NextDouble() * (high - low));
}

/// <param name="Occupied">Whether a vehicle is over the bay's line.</param>
public sealed record FilmPicture(BayScene Scene, bool Occupied)
{
    /// <summary>Whether the plate can be read: the car stands and nobody is before it.</summary>
    public bool PlateIsOpen => Scene is { Car: { Approach: >= 1, Plate: not null }, Light: > 0.3 } && !(Math.Abs(Scene.PersonAcross ?? 9) < 0.5);
}

/// <summary>What is filmed.</summary>
public sealed record BayFilmOptions
{
    /// <summary>The same seed gives the same film. The default value is 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The default value is 10.</summary>
    public int Visits { get; init; } = 10;

    /// <summary>The default value is 4.</summary>
    public double PicturesPerSecond { get; init; } = 4;

    /// <summary>Whether people, doors, the sun and the night come in; otherwise only the lamps change. The default value is true.</summary>
    public bool Disturbed { get; init; } = true;
}
