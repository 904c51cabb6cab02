using AiAccessProxy.Actions;
using AiAccessProxy.Policies.Wording;

namespace AiAccessProxy.Policies.Files;

/// <summary>Reads <c>credentials</c>. Their values are never told.</summary>
internal static class CredentialReader
{
    private static readonly string[] Types = ["header"];

    public static IReadOnlyDictionary<string, UpstreamCredential> Read(Section route)
    {
        var credentials = new Dictionary<string, UpstreamCredential>(StringComparer.Ordinal);
        if (route.Find("credentials") is not { } node || Section.Open(route.Source, node, "credentials") is not { } section) return credentials;
        foreach (var id in section.Keys)
        {
            if (!Names.IsId(id)) section.Report(id, $"{ValueText.Quoted(id)} is no id", Names.Remedy);
            if (Section.Of(route.Source, section.Find(id)!, section.Of(id), "type", "name", "value", "owner") is { } one)
                credentials[id] = Credential(id, one);
        }

        return credentials;
    }

    /// <summary>The credential that <paramref name="section"/> names; null when it names none.</summary>
    public static UpstreamCredential? Named(Section section, IReadOnlyDictionary<string, UpstreamCredential> credentials) =>
        section.Read("credential") is { } written && section.IsOneOf(written, credentials.Keys) ? credentials[written.Text] : null;

    private static UpstreamCredential Credential(string id, Section section)
    {
        if (section.Required("type", "write type: header") is { } type) section.IsOneOf(type, Types);
        var name = section.Required("name", "name the header, as in Authorization");
        if (name is { } header && !IsHeader(header.Text))
            section.Source.Report(header, $"{header.Told} is no header that a credential can be in", "name a header of the upstream's, as in Authorization");

        var value = section.Required("value", "say where it comes from: \"Bearer ${env:NAME}\" or \"${file:/path}\"");
        if (value is { } secret && (secret.Text.Trim(' ') != secret.Text || !secret.Text.All(character => character is >= ' ' and <= '~')))
            section.Source.Report(secret, "this value cannot stand in a header", "use visible ASCII characters, with spaces only between them");
        _ = section.Text("owner"); // for people who read the file
        return new(id, name?.Text ?? "", value?.Text ?? "");
    }

    private static bool IsHeader(string name) =>
        name.Length > 0
        && name.All(character => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^`|~".Contains(character))
        && EndToEnd.Of([new(name, "")], []).Count > 0
        && !name.StartsWith("content-", StringComparison.OrdinalIgnoreCase);
}
