namespace AiAccessProxy.Tests.Policies.Broken;

/// <summary>
/// A policy file with one thing wrong in it, and at its head the exact words in which <c>check</c> tells it (<c># told:</c>). It stands among right
/// files, under the name that <c># file:</c> says (a route's otherwise), with one of <c>beside/</c> where <c># beside:</c> names it.
/// <c># schema:</c> says that a JSON schema cannot see it: <c>cannot see</c>, or <c>no document</c> when there is nothing to show it.
/// </summary>
internal sealed record BrokenFile(string Name, string Text)
{
    public const string Folder = "tests/AiAccessProxy.Tests/Policies/Broken";

    private const string Aside = "beside";

    public IReadOnlyList<string> Told => [.. Marks("told")];

    public string File => Marks("file").SingleOrDefault() ?? "api.yaml";

    public string? Beside => Marks("beside").SingleOrDefault();

    public string? Schema => Marks("schema").SingleOrDefault();

    /// <summary>It is right, and what is told of it are warnings.</summary>
    public bool IsRight => Told.All(line => line.StartsWith("warning: ", StringComparison.Ordinal));

    public static IReadOnlyList<BrokenFile> All(string root) =>
        [.. Directory.EnumerateFiles(Path.Combine(root, Folder), "*.yaml", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Path.Combine(root, Folder), path).Replace('\\', '/'))
            .Where(name => !name.StartsWith(Aside + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => new BrokenFile(name, System.IO.File.ReadAllText(Path.Combine(root, Folder, name))))];

    /// <summary>Whether a schema is to accept it.</summary>
    public bool IsAccepted => IsRight || Schema == "cannot see";

    /// <summary>The files of its folder, but for the usual agents and people.</summary>
    public IReadOnlyList<(string Name, string Text)> Files(string root) => Beside is { } beside
        ? [(File, Text), (beside, System.IO.File.ReadAllText(Path.Combine(root, Folder, Aside, beside)))]
        : [(File, Text)];

    public override string ToString() => Name;

    private IEnumerable<string> Marks(string name) => Text.Split('\n').TakeWhile(line => line.StartsWith('#'))
        .Where(line => line.StartsWith($"# {name}: ", StringComparison.Ordinal)).Select(line => line[(name.Length + 4)..]);
}
