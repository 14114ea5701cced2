using System.ComponentModel.DataAnnotations;

namespace Library.Hosting.Messaging;

/// <summary>The connection to the broker, section <c>Library:RabbitMq</c>.</summary>
public sealed class RabbitMqOptions
{
    public const string SectionName = "Library:RabbitMq";

    /// <summary>AMQP URI with user, password and vhost, e.g. <c>amqp://library:secret@127.0.0.1:5672/</c>; <c>amqps</c> for TLS. Required.</summary>
    [Required]
    public Uri? Uri { get; set; }

    /// <summary>With <c>amqps</c>: PEM file of the certificate authority that issued the broker's certificate. Default: those that the machine trusts.</summary>
    public string? CaFile { get; set; }
}
