using System.Globalization;
using System.Reflection;

namespace AiAccessProxy.Settings;

/// <summary>How the text of a setting is read and written.</summary>
/// <param name="Name">For documentation: <c>duration</c>.</param>
/// <param name="Read">Never meets a null.</param>
internal sealed record SettingKind(string Name, Func<string, SettingReading> Read, Func<object, string> WriteValue)
{
    private static readonly SettingKind Text = new("text", text => new SettingReading.Read(text), value => (string)value);

    private static readonly SettingKind Switch = new("true or false", ReadSwitch, value => (bool)value ? "true" : "false");

    private static readonly SettingKind Duration = new("duration", ReadDuration, value => WriteDuration((TimeSpan)value));

    /// <summary>Texts, as a list or in one text with commas between them.</summary>
    private static readonly SettingKind List =
        new("list", _ => throw new InvalidOperationException("A list is read item by item."), value => string.Join(",", (IEnumerable<string>)value)) { IsList = true };

    public bool IsList { get; private init; }

    /// <summary>Null: a property of that type cannot be set.</summary>
    public static SettingKind? Of(PropertyInfo property)
    {
        var (type, isBytes) = (property.PropertyType, property.IsDefined(typeof(BytesAttribute)));
        if (type == typeof(IList<string>)) return List;
        var (plain, mayBeEmpty) = (Nullable.GetUnderlyingType(type) ?? type, Nullable.GetUnderlyingType(type) is not null);
        var kind = plain switch
        {
            _ when plain == typeof(string) => Text,
            _ when plain == typeof(bool) => Switch,
            _ when plain == typeof(TimeSpan) => Duration,
            _ when plain == typeof(int) => Number(isBytes, int.MaxValue, number => (int)number),
            _ when plain == typeof(long) => Number(isBytes, long.MaxValue, number => number),
            _ when plain.IsEnum => OneOf(plain),
            _ => null,
        };
        mayBeEmpty |= plain == typeof(string) && new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
        return mayBeEmpty && kind is not null ? kind with { Read = text => text.Length == 0 ? new SettingReading.Read(null) : kind.Read(text) } : kind;
    }

    public string Write(object? value) => value is null ? "" : WriteValue(value);

    private static SettingReading ReadSwitch(string text) =>
        bool.TryParse(text, out var value) ? new SettingReading.Read(value) : new SettingReading.Wrong("is neither true nor false");

    /// <summary><c>00:00:50</c> too. Not <c>50</c>, which .NET takes for days.</summary>
    private static SettingReading ReadDuration(string text) =>
        (Quantity.Span(text) ?? (text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span : null)) is { } value
            ? new SettingReading.Read(value)
            : new SettingReading.Wrong("is no duration; write it like 50s, 10m or 1h30m");

    private static string WriteDuration(TimeSpan value) =>
        value.Ticks % TimeSpan.TicksPerMillisecond == 0 ? Quantity.Words(value) : value.ToString("c", CultureInfo.InvariantCulture);

    private static SettingKind Number(bool isBytes, long most, Func<long, object> narrowed) => new(
        isBytes ? "bytes" : "number",
        text => ((isBytes ? Quantity.Bytes(text) : null) ?? (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var plain) ? plain : null)) switch
        {
            null => new SettingReading.Wrong(isBytes ? "is no number of bytes; write it like 65536, 64KiB or 1MiB" : "is no whole number; write it like 100"),
            { } number when number > most || number < -most => new SettingReading.Wrong($"is beyond {most}"),
            { } number => new SettingReading.Read(narrowed(number)),
        },
        value => Convert.ToInt64(value, CultureInfo.InvariantCulture) is var number && isBytes ? Quantity.Words(number) : number.ToString(CultureInfo.InvariantCulture));

    private static SettingKind OneOf(Type type)
    {
        var names = Enum.GetNames(type).Select(Lower).ToList();
        return new(
            string.Join(" or ", names),
            // By name alone: a number would be taken for one that is not there.
            text => Enum.GetNames(type).FirstOrDefault(name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase)) is { } known
                ? new SettingReading.Read(Enum.Parse(type, known))
                : new SettingReading.Wrong($"is not known here; write {string.Join(" or ", names)}"),
            value => Lower(value.ToString()!));
    }

    private static string Lower(string name) => $"{char.ToLowerInvariant(name[0])}{name[1..]}";
}
