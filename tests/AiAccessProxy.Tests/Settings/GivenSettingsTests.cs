using System.ComponentModel;
using AiAccessProxy.Gate;
using AiAccessProxy.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Settings;

public class GivenSettingsTests
{
    [Fact]
    public void The_command_line_goes_before_the_environment_and_that_before_the_file()
    {
        const string Json = """{ "gate": { "hold": "1s", "maxHold": "1h", "publicUrl": "https://json.example" } }""";
        var environment = new Dictionary<string, string> { ["AIACCESS__GATE__HOLD"] = "2s", ["aiaccess__gate__maxHold"] = "2h" };
        using var given = new GivenIn(Json, environment, new() { ["gate:hold"] = "3s" });

        var options = Bound<GateOptions>(given);
        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.FromHours(2), "https://json.example"), (options.Hold, options.MaxHold, options.PublicUrl));
    }

    [Fact]
    public void A_list_is_taken_whole_from_the_first_that_has_any_of_it()
    {
        using var given = new GivenIn("""{ "gate": { "hosts": ["a.example", "b.example", "c.example"] } }""", new() { ["AIACCESS__GATE__HOSTS__0"] = "d.example" });
        Assert.Equal(["d.example"], Bound<GateOptions>(given).Hosts);
    }

    [Theory]
    [InlineData("a.example", new[] { "a.example" })]
    [InlineData(" a.example, b.example ,", new[] { "a.example", "b.example" })]
    [InlineData("", new string[0])]
    public void A_list_may_be_one_text(string text, string[] hosts)
    {
        using var given = new GivenIn("""{ "gate": { "hosts": ["z.example"] } }""", new() { ["AIACCESS__GATE__HOSTS"] = text });
        Assert.Equal(hosts, Bound<GateOptions>(given).Hosts);
        Assert.Empty(given.Unknown);
    }

    [Fact]
    public void An_empty_text_is_nothing_where_nothing_may_be_said()
    {
        using var given = new GivenIn("""{ "gate": { "publicUrl": null, "hosts": [], "limits": {} } }""", new() { ["AIACCESS__GATE__CERTIFICATE"] = "" });
        Assert.Null(Bound<GateOptions>(given).Certificate);
        Assert.Empty(given.Unknown);
    }

    [Fact]
    public void What_else_is_in_the_environment_sets_nothing()
    {
        using var given = new GivenIn(environment: new() { ["gate__hold"] = "1s", ["GATE:HOLD"] = "1s", ["ASPNETCORE_URLS"] = "http://*:1", ["OTEL_SERVICE_NAME"] = "mine" });
        Assert.Equal(TimeSpan.FromSeconds(50), Bound<GateOptions>(given).Hold);
        Assert.Equal(("mine", null), (given.Root["OTEL_SERVICE_NAME"], given.Root["URLS"]));
        Assert.Empty(given.Unknown);
    }

    [Theory]
    [InlineData("""{ "gate": { "hold": "1s" """)]
    [InlineData("""{ "gate": { "hold": "1s", "HOLD": "2s" } }""")]
    [InlineData("[]")]
    public void A_file_that_cannot_be_read_is_told_beside_all_else(string json)
    {
        using var given = new GivenIn(json, commandLine: new() { ["gate:hodl"] = "1s" });
        Assert.StartsWith("appsettings.json: cannot be read: ", Assert.Single(given.Sources.Problems), StringComparison.Ordinal);
        Assert.Equal(["gate:hodl: there is no such setting; did you mean gate:hold? (command line: --gate:hodl)"], given.Unknown);
    }

    [Theory]
    [InlineData("""{ "gaet": { "hold": "1s" } }""", "gaet:hold: there is no such setting; did you mean gate:hold?")]
    [InlineData("""{ "gate": "8080" }""", "gate: there is no such setting; docs/settings.md lists them all")]
    [InlineData("""{ "gate": { "hold": { "seconds": 5 } } }""", "gate:hold:seconds: there is no such setting")]
    [InlineData("""{ "gate": { "hosts": [ { "name": "a.example" } ] } }""", "gate:hosts:0:name: there is no such setting")]
    [InlineData("""{ "gate": { "hosts": { "first": "a.example" } } }""", "gate:hosts:first: there is no such setting")]
    [InlineData("""{ "Kestrel": { "Endpoints": { "Http": { "Url": "http://*:80" } } } }""", "Kestrel:Endpoints:Http:Url: there is no such setting")]
    [InlineData("""{ "hold": "5s" }""", "hold: there is no such setting; did you mean gate:hold?")]
    public void What_is_no_setting_is_told(string json, string said)
    {
        using var given = new GivenIn(json);
        Assert.StartsWith(said, Assert.Single(given.Unknown), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AIACCESS_GATE_HOLD", "AIACCESS_GATE_HOLD: sets nothing; did you mean AIACCESS__GATE__HOLD? (environment: AIACCESS_GATE_HOLD)")]
    [InlineData("AIACCESS_gate__limits_headerBytes", "AIACCESS_gate__limits_headerBytes: sets nothing; did you mean AIACCESS__GATE__LIMITS__HEADERBYTES? (environment: AIACCESS_gate__limits_headerBytes)")]
    public void A_variable_with_too_few_underscores_is_told(string variable, string said)
    {
        using var given = new GivenIn(environment: new() { [variable] = "1", ["AIACCESS_URL"] = "x", ["AIACCESS_TOKEN"] = "x", ["AIACCESS_SERVICE_HOST"] = "x" });
        Assert.Equal([said], given.Sources.MisspelledVariables(AllSettings.Registry));
    }

    [Fact]
    public void Two_variables_that_differ_in_case_alone_are_told()
    {
        using var given = new GivenIn(environment: new() { ["AIACCESS__GATE__HOLD"] = "1s", ["AIACCESS__Gate__Hold"] = "2s" });
        Assert.Equal(2, given.Sources.MisspelledVariables(AllSettings.Registry).Count());
    }

    [Fact]
    public void What_logging_takes_is_its_own()
    {
        using var given = new GivenIn("""{ "Logging": { "LogLevel": { "Default": "Debug" } } }""");
        Assert.Empty(given.Unknown);
    }

    [Fact]
    public void What_makes_no_sense_is_told_with_where_it_came_from()
    {
        using var given = new GivenIn("""{ "gate": { "hold": "20m" } }""", commandLine: new() { ["gate:maxHold"] = "10m" });
        var refused = Assert.Throws<OptionsValidationException>(() => Services<GateOptions>(given).GetRequiredService<IOptions<GateOptions>>().Value);
        Assert.Equal(["gate:maxHold: 10m is below gate:hold, 20m (command line: --gate:maxHold)"], refused.Failures);
    }

    [Fact]
    public void What_is_in_force_is_told_without_secrets()
    {
        using var given = new GivenIn("""{ "sample": { "word": "hush", "size": "2MiB" } }""");
        var read = Services<Sample>(given).GetRequiredService<SettingsInForce>().Read();

        Assert.Equal(
            [("sample:word", "hidden", "appsettings.json", false), ("sample:other", "", null, true), ("sample:size", "2MiB", "appsettings.json", false), ("sample:wait", "1h30m", null, true)],
            read.Select(one => (one.Setting.Name, one.Value, one.Origin, one.IsDefault)));
    }

    [Fact]
    public void A_secret_that_is_wrong_is_not_shown()
    {
        using var given = new GivenIn("""{ "sample": { "word": ["hush", "hush"], "size": "hush" } }""");
        var problems = Assert.Throws<OptionsValidationException>(() => Services<Sample>(given).GetRequiredService<IOptions<Sample>>().Value).Failures;
        Assert.Equal(["sample:word: takes one value, not a list (appsettings.json)", "sample:size: 'hush' is no number of bytes; write it like 65536, 64KiB or 1MiB (appsettings.json)"], problems);
    }

    private static T Bound<T>(GivenIn given)
        where T : class, ISettings, new() => Services<T>(given).GetRequiredService<IOptions<T>>().Value;

    private static ServiceProvider Services<T>(GivenIn given)
        where T : class, ISettings, new() => new ServiceCollection().AddSettings<T>(given.Root).BuildServiceProvider();

    private sealed class Sample : ISettings
    {
        public static string Section => "sample";

        [Secret]
        [Description("A word.")]
        public string? Word { get; set; }

        [Secret]
        [Description("Another word.")]
        public string? Other { get; set; }

        [Bytes]
        [Description("A size.")]
        public int Size { get; set; } = 1024;

        [Description("A span.")]
        public TimeSpan Wait { get; set; } = TimeSpan.FromMinutes(90);

        public IEnumerable<string> Problems() => [];
    }
}
