using AiAccessProxy.Commands.Serving;
using AiAccessProxy.Settings;
using AiAccessProxy.Tests.Architecture;
using AiAccessProxy.Tests.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Commands.Serving;

public sealed class ServeHostTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aiaccess-host-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_section_there_is_has_been_registered()
    {
        foreach (var file in Directory.GetFiles(Repository.PathOf("policies/demo")))
            File.WriteAllText(Path.Combine(_folder, Path.GetFileName(file)), File.ReadAllText(file).Replace("${env:AIACCESS_DEMO_UPSTREAM_TOKEN}", "x"));
        var settings = new ServeSettings(new Dictionary<string, string?> { ["policies:folder"] = _folder }, []);
        await using var app = ServeHost.Build(settings, new("agent"), new("control"));

        Assert.Equal(
            AllSettings.All.Select(setting => setting.Name),
            app.Services.GetRequiredService<SettingsRegistry>().Sections.OrderBy(section => section.Name, StringComparer.Ordinal).SelectMany(section => section.Settings).Select(setting => setting.Name));
        Assert.Contains(app.Services.GetRequiredService<SettingsInForce>().Read(), one => one is { Setting.Name: "policies:folder", Origin: "command line: --policies:folder" });
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var settings = ServeSettings.From(
            ["nonsense", "--hold", "5s", "--gate:hold", "soon", "--control:lokal=grace", "--ledger:segmentBytes", "1", "--tls:poll"],
            new Dictionary<string, string?> { ["policies:folder"] = _folder });
        var refused = Assert.Throws<OptionsValidationException>(() => ServeHost.Build(settings, new("agent"), new("control")));

        Assert.Equal(
            [
                "'nonsense' is not understood; settings are given as --section:key value, and 'aiaccess serve --help' lists the options",
                "--tls:poll has no value; write --tls:poll value",
                "control:lokal: there is no such setting; did you mean control:local? (command line: --control:lokal)",
                "hold: there is no such setting; did you mean gate:hold? (command line: --hold)",
                "ledger:segmentBytes: 1 is below 1024 (command line: --ledger:segmentBytes)",
                "gate:hold: 'soon' is no duration; write it like 50s, 10m or 1h30m (command line: --gate:hold)",
                "agents.yaml: this file is missing; list the programs that may call in it",
                "people.yaml: this file is missing; list the people who decide in it",
            ],
            refused.Failures);
    }
}
