using System.Text.Json;
using AiAccessProxy.Settings;
using Microsoft.Extensions.Configuration;

namespace AiAccessProxy.Tests.Settings;

/// <summary>Settings given in one way or another, as the program reads them.</summary>
internal sealed class GivenIn : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aiaccess-settings-").FullName;

    /// <param name="json">Of the file; null: there is none.</param>
    public GivenIn(string? json = null, Dictionary<string, string>? environment = null, Dictionary<string, string?>? commandLine = null)
    {
        if (json is not null) File.WriteAllText(Path.Combine(_folder, SettingsSources.FileName), json);
        Sources = new(_folder, environment ?? [], commandLine ?? []);
        var builder = new ConfigurationManager();
        Sources.AddTo(builder);
        (Root, Settings) = (builder, new(builder));
    }

    public SettingsSources Sources { get; }

    public IConfiguration Root { get; }

    public GivenSettings Settings { get; }

    public IReadOnlyList<string> Unknown => [.. new UnknownSettings(Settings, AllSettings.Registry).Problems()];

    /// <param name="way"><c>json</c>, <c>environment</c> or <c>command line</c>.</param>
    public static GivenIn One(string way, Setting setting, string value) => way switch
    {
        "json" => new(Json(setting.Name.Split(':'), setting.Kind.IsList ? value.Split(',') : value)),
        "environment" => new(environment: new() { [setting.Variable] = value }),
        _ => new(commandLine: new() { [setting.Name] = value }),
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Json(string[] path, object value) => path is [var name, .. var rest]
        ? $"{{ \"{name}\": {(rest.Length == 0 ? JsonSerializer.Serialize(value) : Json(rest, value))} }}"
        : "{}";
}
