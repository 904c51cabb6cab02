using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using AiAccessProxy.Tests.Commands;

namespace AiAccessProxy.Tests.Approvals.Teams;

/// <summary>What <c>teams package</c> writes, by the rules of Microsoft's schema and of the upload.</summary>
public class AppPackageTests
{
    private const string Schema = "https://developer.microsoft.com/json-schemas/teams/v1.22/MicrosoftTeams.schema.json";

    [Fact]
    public async Task The_package_holds_a_manifest_that_keeps_to_the_schema_and_both_icons()
    {
        using var zip = await PackageAsync("--release", "1.2.3");
        Assert.Equal(["color.png", "manifest.json", "outline.png"], zip.Entries.Select(entry => entry.FullName).Order());
        using var stream = zip.GetEntry("manifest.json")!.Open();
        var manifest = (await JsonDocument.ParseAsync(stream, cancellationToken: TestContext.Current.CancellationToken)).RootElement;

        Assert.Equal((Schema, "1.22", "1.2.3", TeamsGround.App), (Text("$schema"), Text("manifestVersion"), Text("version"), Text("id")));
        Assert.InRange(Text("developer", "name").Length, 1, 32);
        foreach (var link in new[] { "websiteUrl", "privacyUrl", "termsOfUseUrl" }) Assert.StartsWith("https://", Text("developer", link), StringComparison.Ordinal);
        Assert.InRange(Text("name", "short").Length, 1, 30);
        Assert.InRange(Text("name", "full").Length, 1, 100);
        Assert.InRange(Text("description", "short").Length, 1, 80);
        Assert.InRange(Text("description", "full").Length, 1, 4000);
        Assert.Equal(("color.png", "outline.png"), (Text("icons", "color"), Text("icons", "outline")));
        Assert.Matches("^#[0-9a-fA-F]{6}$", Text("accentColor"));
        Assert.Equal(["identity", "messageTeamMembers"], Texts(manifest.GetProperty("permissions")));
        Assert.Equal(["approvals.example.com"], Texts(manifest.GetProperty("validDomains")));

        var bot = Assert.Single(manifest.GetProperty("bots").EnumerateArray());
        Assert.Equal(TeamsGround.App, bot.GetProperty("botId").GetString());
        Assert.Equal(["personal", "team", "groupChat"], Texts(bot.GetProperty("scopes")));
        var commands = Assert.Single(bot.GetProperty("commandLists").EnumerateArray()).GetProperty("commands").EnumerateArray().ToList();
        Assert.InRange(commands.Count, 1, 10);
        Assert.All(commands, command => Assert.True(
            command.GetProperty("title").GetString()!.Length is > 0 and <= 32 && command.GetProperty("description").GetString()!.Length is > 0 and <= 128));

        string Text(params string[] path) => path.Aggregate(manifest, (at, name) => at.GetProperty(name)).GetString()!;
    }

    [Theory]
    [InlineData("color.png", 192)]
    [InlineData("outline.png", 32)]
    public async Task An_icon_is_a_picture_of_its_size(string name, int size)
    {
        using var zip = await PackageAsync();
        using var bytes = new MemoryStream();
        using (var stream = zip.GetEntry(name)!.Open()) await stream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        var png = bytes.ToArray();

        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a], png[..8]);
        Assert.Equal((size, size), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
        var data = png.AsSpan().IndexOf("IDAT"u8);
        using var lines = new ZLibStream(new MemoryStream(png[(data + 4)..]), CompressionMode.Decompress);
        var pixels = new byte[size * ((4 * size) + 1)];
        await lines.ReadExactlyAsync(pixels, TestContext.Current.CancellationToken);
        var opaque = Enumerable.Range(0, size * size).Select(at => pixels[(at / size * ((4 * size) + 1)) + 1 + (at % size * 4) + 3]).ToList();
        // The outline is white on nothing; the other has no holes.
        if (name == "outline.png") Assert.True(opaque.Contains(0) && opaque.Contains(255));
        else Assert.All(opaque, one => Assert.Equal(255, one));
    }

    [Fact]
    public async Task The_same_wish_makes_the_same_bytes() => Assert.Equal(await BytesAsync(), await BytesAsync());

    [Theory]
    [InlineData("--app-id", "grace")]
    [InlineData("--app-id", "00000000-0000-0000-0000-000000000000")]
    [InlineData("--url", "http://approvals.example.com")]
    [InlineData("--url", "https://approvals.example.com/console")]
    [InlineData("--release", "1.0")]
    [InlineData("--release", "v1.0.0")]
    public async Task What_Teams_would_refuse_is_told_and_nothing_is_written(string option, string value)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.zip");
        string[] good = ["--app-id", TeamsGround.App, "--url", "https://approvals.example.com", "--release", "1.0.0"];
        good[Array.IndexOf(good, option) + 1] = value;
        var run = await CommandRun.OfAsync(["teams", "package", "--out", file, .. good]);

        Assert.Equal(2, run.Code);
        Assert.Matches($"^aiaccess: {Regex.Escape(option)} ", Assert.Single(run.ErrorLines));
        Assert.False(File.Exists(file));
    }

    private static IEnumerable<string?> Texts(JsonElement list) => list.EnumerateArray().Select(one => one.GetString());

    private static async Task<ZipArchive> PackageAsync(params string[] more) => new(new MemoryStream(await BytesAsync(more)), ZipArchiveMode.Read);

    private static async Task<byte[]> BytesAsync(params string[] more)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.zip");
        try
        {
            var run = await CommandRun.OfAsync(["teams", "package", "--app-id", TeamsGround.App, "--url", "https://approvals.example.com", "--out", file, .. more]);
            Assert.Equal(0, run.Code);
            return await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
