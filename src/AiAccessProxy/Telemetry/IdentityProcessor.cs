using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using OpenTelemetry;

namespace AiAccessProxy.Telemetry;

/// <summary>Hashes or takes away, before a span is exported, who somebody is. By the list of attributes, so that no room can forget it.</summary>
internal sealed class IdentityProcessor(TelemetryOptions options) : BaseProcessor<Activity>
{
    private static readonly string[] Identities = [.. Attributes.All.Where(one => one.IsIdentity).Select(one => one.Name)];

    private readonly byte[] _key = Encoding.UTF8.GetBytes(options.IdentityKey ?? "");

    public override void OnEnd(Activity data)
    {
        if (options.Identities == IdentityForm.Plain) return;
        foreach (var name in Identities)
        {
            if (data.GetTagItem(name) is string id) data.SetTag(name, options.Identities == IdentityForm.Hashed ? Hash(id) : null);
        }
    }

    private string Hash(string id) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(id)).AsSpan(0, 8));
}
