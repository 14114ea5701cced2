namespace Library.Worker.Features.Relay;

/// <summary>
/// Tracks up to which tag a channel's messages are confirmed without a gap. The broker confirms messages to one queue in order, to several
/// queues in any.
/// </summary>
internal sealed class ConfirmedTags
{
    /// <summary>Tags confirmed before an earlier one.</summary>
    private readonly HashSet<ulong> _ahead = [];

    /// <summary>Every message up to this one is confirmed; 0: none.</summary>
    public ulong Last { get; private set; }

    /// <param name="multiple">All messages up to this one are confirmed.</param>
    public void Confirm(ulong tag, bool multiple)
    {
        if (multiple) Last = Math.Max(Last, tag);
        else if (tag == Last + 1) Last = tag;
        else if (tag > Last) _ahead.Add(tag);
        if (_ahead.Count == 0) return;
        if (multiple) _ahead.RemoveWhere(ahead => ahead <= Last);
        while (_ahead.Remove(Last + 1)) Last++;
    }
}
