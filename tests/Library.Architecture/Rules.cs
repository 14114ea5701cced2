namespace Library.Architecture;

/// <summary>The rules of the architecture: pure functions from a project to what they looked at and what they found.</summary>
internal static class Rules
{
    public static Finding NoCircles(Project project)
    {
        var between = project.BetweenFolders.ToList();
        var circles = Circles.Of(between.Select(dependency => (project.FolderOf(dependency.From), project.FolderOf(dependency.To))));
        return new($"{project.Root}: no circle between folders", project.Folders.Count(), $"folders, {between.Count} dependencies between them, circles {circles.Count}",
            [.. circles.Select(circle => Describe(project, between, circle))]);
    }

    public static Finding LowerStoreyKnowsNoFeature(Project project)
    {
        var below = project.Types.Where(project.IsInfrastructure).ToHashSet();
        return new($"{project.Root}: the lower storey knows no feature", below.Count, "types of Infrastructure",
            [.. project.Dependencies.Where(dependency => below.Contains(dependency.From) && project.FeatureOf(dependency.To) is not null).Select(dependency => dependency.ToString())]);
    }

    /// <summary>What uses nothing but constants of another feature leaves no trace in the assembly and is not seen.</summary>
    public static Finding FeaturesMeetOnlyWhereNamed(Project project, IReadOnlyList<Meeting> named)
    {
        var met = project.Dependencies
            .Select(dependency => (From: project.FeatureOf(dependency.From), To: project.FeatureOf(dependency.To), Dependency: dependency))
            .Where(meeting => meeting.From is not null && meeting.To is not null && meeting.From != meeting.To)
            .ToList();
        return new($"{project.Root}: features meet only where it is named", project.Types.Select(project.FeatureOf).OfType<string>().Distinct().Count(),
            $"features, {met.Count} dependencies between them, {named.Count} meetings named",
            [.. met.Where(meeting => !named.Any(name => name.From == meeting.From && name.To == meeting.To)).Select(meeting => meeting.Dependency.ToString())]);
    }

    /// <param name="friends">Projects that it may use.</param>
    public static Finding DependsOnTheRuntimeAlone(Project project, params IReadOnlyList<Project> friends) => new(
        $"{project.Root}: depends on nothing but the runtime{string.Concat(friends.Select(friend => $" and {friend.Root}"))}", project.Dependencies.Count, "dependencies",
        [.. project.Dependencies.Where(dependency => !project.Holds(dependency.To) && !IsIn(dependency.To, "System") && !friends.Any(friend => friend.Holds(dependency.To))).Select(dependency => dependency.ToString())]);

    /// <param name="strangers">Namespaces.</param>
    public static Finding KnowsNothingOf(Project project, params IReadOnlyList<string> strangers) => new(
        $"{project.Root}: knows nothing of {string.Join(", ", strangers)}", project.Dependencies.Count, "dependencies",
        [.. project.Dependencies.Where(dependency => strangers.Any(stranger => IsIn(dependency.To, stranger))).Select(dependency => dependency.ToString())]);

    private static bool IsIn(string type, string @namespace) => type.StartsWith(@namespace + ".", StringComparison.Ordinal);

    private static string Describe(Project project, IReadOnlyList<Dependency> between, IReadOnlyList<string> circle) => string.Join("\n  ",
        between.Where(dependency => circle.Contains(project.FolderOf(dependency.From)) && circle.Contains(project.FolderOf(dependency.To)))
            .DistinctBy(dependency => (project.FolderOf(dependency.From), project.FolderOf(dependency.To)))
            .Select(dependency => dependency.ToString())
            .Prepend($"circle of {string.Join(", ", circle)}"));
}

/// <summary>What a rule looked at, and what broke it.</summary>
/// <param name="Matched">How much it looked at: a rule that matches nothing proves nothing.</param>
internal sealed record Finding(string Rule, int Matched, string Of, IReadOnlyList<string> Violations)
{
    public override string ToString() => $"{Rule} ({Matched} {Of}): {(Violations.Count == 0 ? "kept" : "broken\n  " + string.Join("\n  ", Violations))}";
}
