namespace Library.Hosting.Events;

/// <summary>Tells that events were committed.</summary>
public interface IEventSignal
{
    /// <summary>Returns at the next notification, or when the time is over; whether there was one.</summary>
    Task<bool> WaitAsync(TimeSpan patience, CancellationToken cancellation);
}
