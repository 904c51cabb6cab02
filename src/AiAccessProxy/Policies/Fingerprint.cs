using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies;

/// <summary>A hash over everything that an approval was given under, so that a ticket notices when any of it has changed.</summary>
internal static class Fingerprint
{
    /// <param name="rules">Those that require the approval, by id; none when the route's default does.</param>
    /// <returns>64 lower-case hex digits.</returns>
    public static string Over(Route route, IEnumerable<Rule> rules, UpstreamCredential? credential)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, "1");
        Add(hash, route.Id);
        Add(hash, route.Upstream.Origin.AbsoluteUri);
        Add(hash, route.Upstream.Timeout.Ticks.ToString(CultureInfo.InvariantCulture));
        Add(hash, route.Upstream.HttpVersion.ToString());
        Add(hash, credential?.Id ?? "");
        Add(hash, credential?.HeaderName ?? "");
        Add(hash, credential is null ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(credential.Secret))));

        var any = false;
        foreach (var rule in rules)
        {
            any = true;
            Add(hash, rule.Id);
            Add(hash, rule.Content);
        }

        if (!any && route.Approval is { } terms) AddTerms(hash, terms);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AddTerms(IncrementalHash hash, ApprovalTerms terms)
    {
        Add(hash, terms.DecideWithin.Ticks.ToString(CultureInfo.InvariantCulture));
        Add(hash, terms.UseWithin.Ticks.ToString(CultureInfo.InvariantCulture));
        foreach (var need in terms.Needs)
        {
            Add(hash, need.Approvals.ToString(CultureInfo.InvariantCulture));
            Add(hash, need.From.Count.ToString(CultureInfo.InvariantCulture));
            foreach (var from in need.From) Add(hash, from);
        }
    }

    // Each part with its length before it: no two lists of parts give the same bytes.
    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
