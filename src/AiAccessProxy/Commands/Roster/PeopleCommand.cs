using System.CommandLine;
using System.Globalization;
using AiAccessProxy.Commands.Completing;
using AiAccessProxy.Commands.Keys;
using AiAccessProxy.Commands.Server;
using AiAccessProxy.Commands.Tables;
using AiAccessProxy.Control.Api.Shapes;

namespace AiAccessProxy.Commands.Roster;

/// <summary><c>aiaccess people …</c>: whom the running server knows; and keys for people.yaml.</summary>
internal static class PeopleCommand
{
    private const string Words = """
        Example:
          aiaccess people list --group finance
        """;

    public static Command Create() => new("people", "People at the running server; and keys for people.yaml.") { List(), KeyCommand.OfPeople() };

    private static Command List()
    {
        var group = new Option<string?>("--group") { Description = "Only those in this group.", HelpName = "group" };
        var limit = Named.Limit("How many people at most", Pages.Usual);
        return new Command("list", "List people, with their groups, keys, and the agents that they answer for.") { group, limit }.Asking(
            Words,
            asked => asked.AllAsync(ApiQuery.Of("people").With("group", asked.Parsed.GetValue(group)), "people", asked.Parsed.GetValue(limit)),
            (body, screen) => body.As<PersonListJson>() is { People.Count: > 0 } list
                ? new(Table(list.People, screen)) { Note = Pages.More(list.Next) }
                : new([]) { Note = "Nobody matches." });
    }

    private static IEnumerable<string> Table(IEnumerable<PersonJson> people, Screen screen) => new Table(
        new Column("PERSON"), new Column("NAME") { Least = 8 }, new Column("E-MAIL") { Least = 8 }, new Column("GROUPS") { Least = 10 },
        new Column("KEYS"), new Column("ANSWERS FOR") { Least = 11 }).Lines(people.Select(Row), screen);

    private static string[] Row(PersonJson person) =>
    [
        person.Id, person.Name, person.Email ?? "-", Several(person.Groups), person.Keys.Count(key => key.Live).ToString(CultureInfo.InvariantCulture), Several(person.Owns),
    ];

    private static string Several(IReadOnlyList<string> names) => names.Count == 0 ? "-" : string.Join(", ", names);
}
