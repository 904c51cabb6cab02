using System.Runtime.InteropServices;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>What the build made, in the configuration that the tests were built in.</summary>
internal static class Built
{
    /// <summary>The root of the source tree.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>The program, where its own project puts it.</summary>
    public static string Program { get; } = Path.Combine(
        Root, "src", "AiAccessProxy", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "aiaccess.dll");

    /// <summary>The <c>dotnet</c> whose runtime runs this test.</summary>
    public static string Dotnet { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    /// <summary>A program of the machine; its absence fails the test and names it.</summary>
    public static string Tool(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException($"'{name}' is needed by this test and is not on the PATH; ./test.sh installs it.");

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new InvalidOperationException("AiAccessProxy.sln is in no folder above the tests.")
        : File.Exists(Path.Combine(folder.FullName, "AiAccessProxy.sln")) ? folder.FullName
        : Find(folder.Parent);
}
