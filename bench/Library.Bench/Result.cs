namespace Library.Bench;

/// <param name="What">Ours ÷ the twin, in words.</param>
/// <param name="Unit">Of both figures.</param>
/// <param name="Ours">A figure each round.</param>
/// <param name="Twin">A figure each round.</param>
internal sealed record Result(string What, string Unit, double[] Ours, double[] Twin, Goal Goal)
{
    public double[] Ratios => [.. Ours.Zip(Twin, (ours, twin) => ours / twin)];

    /// <summary>Null: there is no goal.</summary>
    public bool? IsMet => Goal.IsMet?.Invoke(this);
}

/// <summary>What is to be reached.</summary>
internal sealed record Goal(string Text, Func<Result, bool>? IsMet)
{
    /// <summary>For the record only.</summary>
    public static readonly Goal None = new("–", null);

    /// <summary>Null: the goal is another one.</summary>
    public double? LeastRatio { get; private init; }

    public static Goal RatioAtLeast(double ratio) => new($"≥ {Report.Number(ratio)}", result => Figures.Median(result.Ratios) >= ratio) { LeastRatio = ratio };

    public static Goal RatioAtMost(double ratio) => new($"≤ {Report.Number(ratio)}", result => Figures.Median(result.Ratios) <= ratio);

    public static Goal OursAtMost(double figure, string unit) => new($"ours ≤ {Report.Number(figure)} {unit}", result => Figures.Median(result.Ours) <= figure);
}
