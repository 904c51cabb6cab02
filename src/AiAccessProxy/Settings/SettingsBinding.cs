using Microsoft.Extensions.Options;

namespace AiAccessProxy.Settings;

/// <summary>Takes over what was given for a section, and tells all that is wrong with it at once and where it came from.</summary>
internal sealed class SettingsBinding<T>(GivenSettings given) : IConfigureOptions<T>, IValidateOptions<T>
    where T : class, ISettings, new()
{
    private static readonly SettingsSection Section = SettingsSection.Of<T>();

    /// <summary>What cannot be read keeps its default; the start is refused then.</summary>
    public void Configure(T options) => Wrong(options);

    public ValidateOptionsResult Validate(string? name, T options)
    {
        var unreadable = Wrong(new T());
        var senseless = options.Problems().Select(Attributed);
        return unreadable.Concat(senseless).Distinct().ToList() is { Count: > 0 } wrong ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }

    private List<string> Wrong(T options) =>
    [
        .. from setting in Section.Settings
           let one = given.Find(setting.Name)
           where one is not null
           let why = setting.Take(options, one)
           where why is not null
           select With($"{setting.Name}: {why}", one.Origin),
    ];

    private string Attributed(string problem) =>
        problem.IndexOf(": ", StringComparison.Ordinal) is > 0 and var end && given.Find(problem[..end]) is { } one ? With(problem, one.Origin) : problem;

    private static string With(string problem, string origin) => origin.Length == 0 ? problem : $"{problem} ({origin})";
}
