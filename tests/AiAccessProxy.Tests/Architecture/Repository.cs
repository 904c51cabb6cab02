namespace AiAccessProxy.Tests.Architecture;

/// <summary>The source tree that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>The C# files under <paramref name="folder"/>, what the build made left out; names relative to the root, with slashes.</summary>
    public static IReadOnlyList<string> CSharp(string folder) =>
        [.. Directory.EnumerateFiles(PathOf(folder), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new InvalidOperationException("AiAccessProxy.sln is in no folder above the tests.")
        : File.Exists(Path.Combine(folder.FullName, "AiAccessProxy.sln")) ? folder.FullName
        : Find(folder.Parent);
}
