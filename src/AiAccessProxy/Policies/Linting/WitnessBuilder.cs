using System.Globalization;
using System.Text.Json;
using AiAccessProxy.Actions;
using AiAccessProxy.Agents;
using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Policies.Linting;

/// <summary>
/// Makes up calls that a rule may be about. It guesses: whoever uses one asks the rule itself whether it is met, and does without those that
/// are not.
/// </summary>
internal sealed class WitnessBuilder
{
    private const int Most = 8;
    private const string Anything = "\"x\"";

    private readonly int _choice;
    private readonly Caller _caller;
    private readonly Dictionary<FieldPath, string> _fields = [];
    private readonly Dictionary<FieldPath, Dictionary<FieldPath, string>> _documents = [];
    private readonly Dictionary<string, string> _segments = new(StringComparer.Ordinal);
    private string _method = "POST";
    private string _pattern = "/**";

    private WitnessBuilder(int choice, Caller caller) => (_choice, _caller) = (choice, caller);

    /// <summary>One for each alternative that the rule names, up to a few, as <paramref name="caller"/> would make them.</summary>
    public static IEnumerable<Witness> Of(Rule rule, Caller caller)
    {
        for (var choice = 0; choice < Math.Min(Most, Alternatives(rule.Match)); choice++)
        {
            var builder = new WitnessBuilder(choice, caller);
            builder.Add(rule.Match);
            foreach (var (field, places) in builder._documents) builder.Set(field, JsonSerializer.Serialize(Witness.Document(places)));
            yield return new(builder._method, builder.Path()) { Fields = builder._fields };
        }
    }

    private static int Alternatives(Condition condition) => condition switch
    {
        Condition.All all => all.Parts.Select(Alternatives).DefaultIfEmpty(1).Max(),
        Condition.Any any => Math.Max(any.Parts.Count, any.Parts.Max(Alternatives)),
        Condition.Methods methods => methods.Names.Count,
        Condition.Paths paths => paths.Patterns.Count,
        _ => 1,
    };

    private void Add(Condition condition)
    {
        switch (condition)
        {
            case Condition.All all:
                foreach (var part in all.Parts) Add(part);
                break;
            case Condition.Any any:
                Add(any.Parts[_choice % any.Parts.Count]);
                break;
            case Condition.Methods methods:
                _method = methods.Names[_choice % methods.Names.Count];
                break;
            case Condition.Paths paths:
                _pattern = paths.Patterns[_choice % paths.Patterns.Count].Text;
                break;
            case Condition.On on when Value(on.Operator) is { } value:
                Place(on, value);
                break;
        }
    }

    private void Place(Condition.On on, string value)
    {
        if (on.Json is { } place)
        {
            if (!_documents.TryGetValue(on.Field, out var document)) _documents[on.Field] = document = [];
            if (on.Operator is not Operator.Exists || !document.ContainsKey(place)) document[place] = value;
        }
        else if (on.Operator is not Operator.Exists || !_fields.ContainsKey(on.Field))
        {
            Set(on.Field, value);
        }
    }

    private void Set(FieldPath field, string value)
    {
        if (field.Source == FieldSource.Path) _segments[field.Steps[0].Name!] = Witness.TextOf(value);
        else _fields[field] = value;
    }

    private string Path() => string.Join('/', _pattern.Split('/').Select(segment => segment switch
    {
        "*" or "**" => "x",
        ['{', .. var name, '}'] => _segments.TryGetValue(name, out var text) ? Uri.EscapeDataString(text) : "x",
        _ => Uri.EscapeDataString(segment),
    }));

    /// <summary>A value that meets <paramref name="wanted"/>, as JSON; null for none at all.</summary>
    private string? Value(Operator wanted) => wanted switch
    {
        Operator.EqualTo equal => Value(equal.Operand),
        Operator.OneOf oneOf => Value(oneOf.Operands[0]),
        Operator.Contains contains => Text(contains.Part),
        Operator.StartsWith starts => Text(starts.Part),
        Operator.EndsWith ends => Text(ends.Part),
        Operator.Matches matches when PatternSample.Of(matches.Pattern.Written) is { } sample => JsonSerializer.Serialize(sample),
        Operator.GreaterThan greater => Beside(greater.Limit, 1),
        Operator.LessThan less => Beside(less.Limit, -1),
        Operator.AtLeast least => least.Limit.Lexeme,
        Operator.AtMost most => most.Limit.Lexeme,
        Operator.Exists { Expected: false } => null,
        Operator.Any { Each: [var first, ..] } => Value(first),
        Operator.All { Each: [var first, ..] } => Value(first),
        _ => Anything,
    };

    private string Value(Operand operand) => operand switch
    {
        Operand.Text text => Text(text),
        Operand.Number number => number.Value.Lexeme,
        Operand.Boolean boolean => boolean.Value ? "true" : "false",
        _ => "null",
    };

    private string Text(Operand.Text text) => JsonSerializer.Serialize(text.Value.For(_caller) ?? text.Value.Written);

    private static string Beside(ExactNumber limit, int step) => decimal.TryParse(limit.Lexeme, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < decimal.MaxValue / 2
        ? (number + step).ToString(CultureInfo.InvariantCulture)
        : limit.Lexeme;
}
