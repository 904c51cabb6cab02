namespace AiAccessProxy.Policies.Files;

/// <summary>Every file says which version of the language it is written in.</summary>
internal static class FileVersion
{
    public static void CheckVersion(this Section root)
    {
        if (root.Required("version", "begin the file with version: 1") is { Text: not "1" } written)
            root.Source.Report(written, $"version {written.Told} is not known", "write version: 1");
    }
}
