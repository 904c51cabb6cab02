using System.Collections;
using System.ComponentModel;
using System.Reflection;

namespace AiAccessProxy.Settings;

/// <summary>One setting: a property of the class that holds its section.</summary>
internal sealed record Setting
{
    private readonly PropertyInfo _property;

    /// <param name="defaults">A section that nobody has set anything of.</param>
    public Setting(string section, PropertyInfo property, object defaults)
    {
        _property = property;
        Name = $"{section}:{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}";
        Kind = SettingKind.Of(property)
            ?? throw new NotSupportedException($"{property.DeclaringType}.{property.Name}: no setting is read into a {property.PropertyType}.");
        Default = TextIn(defaults);
    }

    /// <summary>As on the command line and in problems: <c>gate:limits:target</c>.</summary>
    public string Name { get; }

    /// <summary>As in the environment: <c>AIACCESS__GATE__LIMITS__TARGET</c>.</summary>
    public string Variable => SettingsSources.Prefix + Name.ToUpperInvariant().Replace(":", "__", StringComparison.Ordinal);

    public SettingKind Kind { get; }

    /// <summary>What it is when nobody sets it; empty: nothing.</summary>
    public string Default { get; }

    public bool IsSecret => _property.IsDefined(typeof(SecretAttribute));

    /// <summary>For the people who set it.</summary>
    public string Description => _property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "";

    /// <summary>What it is in <paramref name="options"/>, spelled as it may be written. Secrets too: hiding them is the caller's.</summary>
    public string TextIn(object options) => Kind.Write(_property.GetValue(options));

    /// <summary>Takes over what was given.</summary>
    /// <returns>What is wrong with it, to follow the name; null when nothing is.</returns>
    public string? Take(object options, Given given)
    {
        if (given.Items.Count > 0 && !Kind.IsList) return $"takes one value, not a list";
        if (given.Items.Count > 0 && given.Text?.Length > 0) return "is given as a text and as a list at once";
        if (Kind.IsList)
        {
            var list = (IList)_property.GetValue(options)!;
            list.Clear();
            foreach (var item in given.Items.Count > 0 ? given.Items : Listed(given.Text)) list.Add(item);
            return null;
        }

        switch (Kind.Read(given.Text!))
        {
            case SettingReading.Read(var value):
                _property.SetValue(options, value);
                return null;
            case SettingReading.Wrong(var why):
                return IsSecret ? why : $"'{given.Text}' {why}";
            default:
                throw new InvalidOperationException("A value is read or wrong.");
        }
    }

    private static string[] Listed(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
