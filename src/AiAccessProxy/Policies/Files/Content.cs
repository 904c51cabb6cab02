using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AiAccessProxy.Policies.Files;

/// <summary>A hash over what a part of a file says: comments, layout and the order of keys do not enter it.</summary>
internal static class Content
{
    public static string Of(PolicySource source, params IReadOnlyList<YamlNode?> nodes)
    {
        var text = new StringBuilder();
        foreach (var node in nodes) Add(text, source, node);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Add(StringBuilder text, PolicySource source, YamlNode? node)
    {
        switch (node)
        {
            case YamlNode.Scalar scalar:
                Add(text, scalar.IsPlain ? 'p' : 'q', source.Meaning(scalar));
                break;
            case YamlNode.Sequence list:
                text.Append(CultureInfo.InvariantCulture, $"s{list.Items.Count}:");
                foreach (var item in list.Items) Add(text, source, item);
                break;
            case YamlNode.Mapping mapping:
                text.Append(CultureInfo.InvariantCulture, $"m{mapping.Members.Count}:");
                foreach (var member in mapping.Members.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    Add(text, 'k', member.Key);
                    Add(text, source, member.Value);
                }

                break;
            default:
                text.Append('-');
                break;
        }
    }

    private static void Add(StringBuilder text, char kind, string value) => text.Append(CultureInfo.InvariantCulture, $"{kind}{value.Length}:{value}");
}
