using Library.Api.Infrastructure.Reading;
using Library.Hosting.Messaging;

namespace Library.Api.Infrastructure.Operations;

/// <summary>A feature's resource as a decided operation left it. Null: the operation was of another type, or left none.</summary>
internal delegate Representation? Represents(DecidedOperation decided);
