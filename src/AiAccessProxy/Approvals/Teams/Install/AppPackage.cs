using System.IO.Compression;
using System.Text;

namespace AiAccessProxy.Approvals.Teams.Install;

/// <summary>What is uploaded to Teams: the manifest and its icons in a zip, the same bytes each time.</summary>
internal static class AppPackage
{
    private const string Manifest = "manifest.json";

    /// <summary>The earliest time that a zip can hold.</summary>
    private static readonly DateTimeOffset Always = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Of(AppManifest manifest)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, Manifest, Encoding.UTF8.GetBytes(manifest.ToJson()));
            Add(zip, AppManifest.ColorIcon, AppIcon.Color());
            Add(zip, AppManifest.OutlineIcon, AppIcon.Outline());
        }

        return bytes.ToArray();
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize);
        entry.LastWriteTime = Always;
        using var stream = entry.Open();
        stream.Write(content);
    }
}
