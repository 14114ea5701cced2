namespace Library.Cli.Infrastructure.Service;

/// <summary>The service answered, and said no.</summary>
internal sealed class ServiceRefusedException(Refusal refusal) : Exception(refusal.Title)
{
    public Refusal Refusal { get; } = refusal;
}

/// <summary>The service could not be reached, was lost on the way, or says that it cannot do it now.</summary>
internal sealed class ServiceAwayException : Exception
{
    public ServiceAwayException(Uri url, Exception fault)
        : base($"The service at {url} is away: {Reason(fault)}", fault)
    {
    }

    public ServiceAwayException(Refusal refusal)
        : base($"The service cannot do it now. {refusal}")
    {
    }

    /// <summary>A stream that should continue was closed normally: the service is stopping, or a proxy has a time limit.</summary>
    public static ServiceAwayException Ended(Uri url) => new(url, new IOException("it has closed the stream."));

    private static string Reason(Exception fault) => fault is OperationCanceledException ? "it does not answer." : fault.GetBaseException().Message;
}
