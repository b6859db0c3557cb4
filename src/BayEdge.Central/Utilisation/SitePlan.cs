using BayEdge.Contracts.Consuming;

namespace BayEdge.Central.Utilisation;

/// <summary>What only people know of a site: its clock, its working hours and when it counts as busy.</summary>
/// <param name="Calendar">Its time zone and shifts.</param>
/// <param name="Alarm">From which utilisation on an alert is raised.</param>
public sealed record SitePlan(SiteCalendar Calendar, UtilisationAlarmOptions Alarm);
