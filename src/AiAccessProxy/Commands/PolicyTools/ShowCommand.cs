using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AiAccessProxy.Commands.Server;
using AiAccessProxy.Commands.Tables;
using AiAccessProxy.Control.Api.Shapes;
using AiAccessProxy.Control.Reading;

namespace AiAccessProxy.Commands.PolicyTools;

/// <summary><c>aiaccess policy show</c>: the rules in force at the running server, with what each did today.</summary>
internal static class ShowCommand
{
    private const string Words = """
        The other policy commands read a folder; this one tells what is in force, which is not what the files say while a change of them is
        refused.

        Example:
          aiaccess policy show
        """;

    public static Command Create() => new Command("show", "Show the rules in force at the running server, with what each did today.")
        .Asking(Words, asked => asked.GetAsync("policy"), (body, screen) => new(Lines(body.As<PolicyJson>(), screen)));

    private static IEnumerable<string> Lines(PolicyJson policy, Screen screen)
    {
        yield return $"hash        {CellText.Of(policy.Hash)}";
        if (policy.LoadedAt is { } loaded) yield return $"in force    {Moments.Of(loaded, screen.Now)}";
        if (policy.Refused is { } refused)
        {
            yield return $"refused     the files changed {Moments.Of(refused.At, screen.Now)} and are wrong; what is below stays in force:";
            foreach (var problem in refused.Problems) yield return $"  {TerminalText.Of(problem)}";
        }

        foreach (var route in policy.Routes)
        {
            yield return "";
            yield return $"route {CellText.Of(route.Id)}: {CellText.Of(string.Join(", ", [route.Prefix, .. route.Hosts]))} to {CellText.Of(route.Upstream)}, "
                + $"otherwise {Word(route.Default)}{(route.Credential is { } credential ? $", credential {CellText.Of(credential)}" : "")}";
            foreach (var line in Rules(route.Rules, screen)) yield return line;
        }
    }

    private static IEnumerable<string> Rules(IEnumerable<RuleJson> rules, Screen screen) => new Table(
        new Column("RULE"), new Column("EFFECT"), new Column("RISK"), new Column("APPROVALS") { Least = 12 }, new Column("SUMMARY") { Least = 12 }, new Column("TODAY") { Least = 12 })
        .Lines(
            rules.Select(rule => new[]
            {
                rule.Id, rule.Observed ? $"{Word(rule.Effect)}, only observed" : Word(rule.Effect), rule.Risk is { } risk ? Word(risk) : "-",
                rule.Needs is { } needs ? string.Join("; ", needs.Select(need => $"{need.Approvals} of {string.Join(" or ", need.From)}")) : "-",
                rule.Summary ?? "-", Today(rule.Today),
            }),
            screen);

    private static string Today(RuleDay day)
    {
        IEnumerable<(long Number, string What)> all =
        [
            (day.Allowed, "allowed"), (day.Denied, "denied"), (day.Asked, "asked"), (day.Approved, "approved"), (day.DeniedByPeople, "denied by people"),
            (day.Unused, "not used"), (day.Executed, "executed"), (day.Observed, "observed"),
        ];
        var done = string.Join(", ", all.Where(one => one.Number > 0).Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Number} {one.What}")));
        return done.Length == 0 ? "-" : done;
    }

    private static string Word(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
