namespace Library.Hosting.Events;

/// <summary>Signals that events were committed.</summary>
public interface IEventSignal
{
    /// <summary>Returns at the next notification or after the time-out; true: there was a notification.</summary>
    Task<bool> WaitAsync(TimeSpan patience, CancellationToken cancellation);
}
