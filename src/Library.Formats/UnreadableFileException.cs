using System.Diagnostics.CodeAnalysis;

namespace Library.Formats;

/// <summary>A file that is not of the format that it is said to be: nothing of it can be read. The message says what it is not, and what would be right.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "It always says why.")]
public sealed class UnreadableFileException : Exception
{
    internal UnreadableFileException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
