namespace Library.Hosting.Events;

/// <summary>Channels of NOTIFY.</summary>
public static class Notifications
{
    /// <summary>Notified by every commit that appended events; the payload is the catalog's schema.</summary>
    public const string EventsChannel = "library_events";
}
