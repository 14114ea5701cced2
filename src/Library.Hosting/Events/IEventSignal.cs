namespace Library.Hosting.Events;

/// <summary>Tells that events were committed.</summary>
public interface IEventSignal
{
    /// <summary>Returns at the next word, or when the patience is over; whether there was a word.</summary>
    Task<bool> WaitAsync(TimeSpan patience, CancellationToken cancellation);
}
