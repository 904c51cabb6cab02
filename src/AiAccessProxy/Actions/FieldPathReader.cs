using System.Text;

namespace AiAccessProxy.Actions;

/// <summary>Reads the text of a field's name. <see cref="Error"/> says what is wrong once a method gave up.</summary>
internal sealed class FieldPathReader(string text)
{
    private int _at;

    public string? Error { get; private set; }

    public FieldPath? Read()
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var first = dot < 0 ? text : text[..dot];
        FieldSource? source = first switch
        {
            "path" => FieldSource.Path,
            "query" => FieldSource.Query,
            "header" => FieldSource.Header,
            "body" => FieldSource.Body,
            "form" => FieldSource.Form,
            _ => null,
        };
        if (source is not { } known) return Fail($"'{first}' is no part of a call: a field starts with path, query, header, body or form");

        _at = first.Length;
        var steps = new List<FieldStep>();
        while (_at < text.Length)
        {
            _at++; // the dot
            if (ReadStep() is not { } step) return null;
            steps.Add(known == FieldSource.Header && step.Name is { } name ? new(name.ToLowerInvariant()) : step);
            if (_at < text.Length && text[_at] != '.') return Fail($"'.' expected at character {_at + 1} of '{text}'");
        }

        if (known != FieldSource.Body && (steps.Count != 1 || steps[0].IsEvery))
            return Fail($"'{text}': {first} takes one name, as in {first}.name; a name that holds a dot is quoted: {first}.\"a.b\"");
        return new(known, steps, first + string.Concat(steps.Select(step => "." + Spell(step))));
    }

    /// <summary>Reads steps alone, which lead through a JSON document.</summary>
    public FieldPath? ReadJson()
    {
        var steps = new List<FieldStep>();
        do
        {
            if (ReadStep() is not { } step) return null;
            steps.Add(step);
            if (_at < text.Length && text[_at] != '.') return Fail($"'.' expected at character {_at + 1} of '{text}'");
        }
        while (_at++ < text.Length);
        return new(FieldSource.Body, steps, string.Join('.', steps.Select(Spell)));
    }

    private FieldStep? ReadStep()
    {
        if (_at < text.Length && text[_at] == '"') return ReadQuoted();
        var start = _at;
        while (_at < text.Length && IsBare(text[_at])) _at++;
        if (_at == start)
        {
            Fail($"a name is missing at character {start + 1} of '{text}'; a name with a dot, a space, a quote or a brace is quoted");
            return null;
        }

        var name = text[start.._at];
        return name == "*" ? new FieldStep(null) : new(name);
    }

    private FieldStep? ReadQuoted()
    {
        var name = new StringBuilder();
        for (_at++; _at < text.Length && text[_at] != '"'; _at++)
        {
            if (text[_at] == '\\' && ++_at < text.Length && text[_at] is not ('"' or '\\'))
            {
                Fail($"'\\{text[_at]}' at character {_at} of '{text}': only \\\" and \\\\ are escapes");
                return null;
            }

            if (_at < text.Length) name.Append(text[_at]);
        }

        if (_at >= text.Length)
        {
            Fail($"the closing quote is missing in '{text}'");
            return null;
        }

        _at++;
        return new(name.ToString());
    }

    private static string Spell(FieldStep step)
    {
        if (step.Name is not { } name) return "*";
        return name is not ("" or "*") && name.All(IsBare)
            ? name
            : $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    private static bool IsBare(char character) =>
        character is not ('.' or '"' or '\\' or '{' or '}') && !char.IsWhiteSpace(character) && !char.IsControl(character);

    private FieldPath? Fail(string error)
    {
        Error = error;
        return null;
    }
}
