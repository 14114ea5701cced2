namespace Library.Architecture;

/// <summary>Circles of a graph: its strongly connected components of two nodes or more (Tarjan, 1972).</summary>
internal sealed class Circles
{
    private readonly ILookup<string, string> _edges;
    private readonly Dictionary<string, int> _index = [];
    private readonly Dictionary<string, int> _lowest = [];
    private readonly Stack<string> _open = [];
    private readonly List<IReadOnlyList<string>> _found = [];

    private Circles(ILookup<string, string> edges) => _edges = edges;

    public static IReadOnlyList<IReadOnlyList<string>> Of(IEnumerable<(string From, string To)> edges)
    {
        var circles = new Circles(edges.Distinct().ToLookup(edge => edge.From, edge => edge.To));
        foreach (var node in circles._edges.Select(edge => edge.Key))
            if (!circles._index.ContainsKey(node)) circles.Visit(node);
        return circles._found;
    }

    private void Visit(string node)
    {
        _index[node] = _lowest[node] = _index.Count;
        _open.Push(node);
        foreach (var next in _edges[node])
        {
            if (!_index.TryGetValue(next, out var index))
            {
                Visit(next);
                _lowest[node] = Math.Min(_lowest[node], _lowest[next]);
            }
            else if (_open.Contains(next))
            {
                _lowest[node] = Math.Min(_lowest[node], index);
            }
        }

        if (_lowest[node] != _index[node]) return;
        var component = new List<string>();
        do component.Add(_open.Pop());
        while (component[^1] != node);
        if (component.Count > 1) _found.Add([.. component.Order(StringComparer.Ordinal)]);
    }
}
