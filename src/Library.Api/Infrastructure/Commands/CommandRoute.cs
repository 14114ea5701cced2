using Library.Api.Infrastructure.Http;

namespace Library.Api.Infrastructure.Commands;

/// <summary>Marks a route as a command: its conditional headers, its 202 and the problems that any command may meet.</summary>
internal sealed record CommandRoute(TakesPreconditions Takes);
