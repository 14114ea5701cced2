using System.Globalization;

namespace Library.Hosting.Events;

/// <summary>The CloudEvents 1.0 attributes of an event, the same in AMQP headers and in JSON.</summary>
public static class CloudEvents
{
    public const string SpecVersion = "1.0";

    public const string Source = "/v1/events";

    public static string TimeOf(StoredEvent stored) => stored.OccurredAt.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The sequence extension: a string that sorts as the position does.</summary>
    public static string SequenceOf(StoredEvent stored) => stored.Position.ToString("D19", CultureInfo.InvariantCulture);
}
