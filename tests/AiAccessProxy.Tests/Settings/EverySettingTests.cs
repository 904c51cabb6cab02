using System.Globalization;
using System.Reflection;
using AiAccessProxy.Settings;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Settings;

/// <summary>Each setting there is, by each way of setting it.</summary>
public class EverySettingTests
{
    private static readonly string[] Ways = ["json", "environment", "command line"];

    public static TheoryData<string, string> EverySettingByEveryWay
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var setting in AllSettings.All)
                foreach (var way in Ways) data.Add(setting.Name, way);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(EverySettingByEveryWay))]
    public void It_takes_effect(string name, string way)
    {
        var setting = AllSettings.Registry.Find(name)!;
        var value = Other(setting);
        using var given = GivenIn.One(way, setting, value);

        Assert.NotEqual(setting.Default, value);
        Assert.Equal((value, null), Bound(setting, given));
        Assert.Empty(given.Unknown);
    }

    [Theory]
    [MemberData(nameof(EverySettingByEveryWay))]
    public void One_that_cannot_be_read_is_told_with_where_it_came_from_and_keeps_its_default(string name, string way)
    {
        var setting = AllSettings.Registry.Find(name)!;
        if (setting.Kind.Name is "text" or "list") return;
        using var given = GivenIn.One(way, setting, "wrongly written");
        var origin = way switch
        {
            "json" => "appsettings.json",
            "environment" => $"environment: {setting.Variable}",
            _ => $"command line: --{setting.Name}",
        };

        var (text, problem) = Bound(setting, given);
        Assert.Equal(setting.Default, text);
        Assert.StartsWith($"{setting.Name}: {(setting.IsSecret ? "" : "'wrongly written' ")}is ", problem, StringComparison.Ordinal);
        Assert.EndsWith($"({origin})", problem, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EverySettingByEveryWay))]
    public void A_slip_in_its_name_is_told_with_what_was_meant(string name, string way)
    {
        var setting = AllSettings.Registry.Find(name)!;
        var slipped = setting.Name + "x";
        using var given = way switch
        {
            "json" => new GivenIn($$"""{ "{{slipped.Replace(":", "\": { \"", StringComparison.Ordinal)}}": "1" {{new string('}', slipped.Count(one => one == ':'))}} }"""),
            "environment" => new GivenIn(environment: new() { [setting.Variable + "X"] = "1" }),
            _ => new GivenIn(commandLine: new() { [slipped] = "1" }),
        };

        var told = Assert.Single(given.Unknown);
        Assert.StartsWith($"{slipped}: there is no such setting; did you mean ", told, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(setting.Name[..setting.Name.LastIndexOf(':')], told, StringComparison.Ordinal);
    }

    /// <summary>As good as any for its type; what makes sense together is the sections' own to say.</summary>
    private static string Other(Setting setting) => setting.Kind.Name switch
    {
        "duration" => setting.Kind.Write(((TimeSpan?)Read(setting, setting.Default) ?? TimeSpan.Zero) + TimeSpan.FromMilliseconds(1)),
        "number" or "bytes" => setting.Kind.Write(Convert.ToInt64(Read(setting, setting.Default) ?? 0, CultureInfo.InvariantCulture) + 1),
        "true or false" => setting.Default == "true" ? "false" : "true",
        "list" => "one.example,other.example",
        "text" => setting.Default + "x",
        var words => words.Split(" or ").First(word => word != setting.Default),
    };

    private static object? Read(Setting setting, string text) => text.Length == 0 ? null : Assert.IsType<SettingReading.Read>(setting.Kind.Read(text)).Value;

    /// <summary>What the program's own binding makes of it.</summary>
    private static (string Text, string? Problem) Bound(Setting setting, GivenIn given)
    {
        var section = setting.Name[..setting.Name.LastIndexOf(':')];
        var type = AllSettings.Types.Single(type => (string)type.GetProperty(nameof(ISettings.Section), BindingFlags.Static | BindingFlags.Public)!.GetValue(null)! == section);
        var options = Activator.CreateInstance(type)!;
        var binding = Activator.CreateInstance(typeof(SettingsBinding<>).MakeGenericType(type), given.Settings)!;
        binding.GetType().GetMethod("Configure")!.Invoke(binding, [options]);
        var result = (ValidateOptionsResult)binding.GetType().GetMethod("Validate")!.Invoke(binding, [null, Activator.CreateInstance(type)!])!;
        return (setting.TextIn(options), result.Failures?.Single());
    }
}
