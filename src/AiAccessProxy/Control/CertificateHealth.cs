using System.Collections.Concurrent;

namespace AiAccessProxy.Control;

/// <summary>What is wrong with the certificates of the planes, for whoever asks whether the program is well. Whoever reads them says.</summary>
internal sealed class CertificateHealth
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _wrong = new(StringComparer.Ordinal);

    /// <summary>In words that name no file; empty when all is well.</summary>
    public IReadOnlyList<string> Wrong => [.. _wrong.OrderBy(plane => plane.Key, StringComparer.Ordinal).SelectMany(plane => plane.Value)];

    /// <param name="plane">Its section of the settings: <c>gate</c>.</param>
    /// <param name="wrong">All that is; nothing when it is well again.</param>
    public void Tell(string plane, IReadOnlyList<string> wrong) => _wrong[plane] = wrong;
}
