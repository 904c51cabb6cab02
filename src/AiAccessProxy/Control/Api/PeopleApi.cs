using AiAccessProxy.Approvals.Roster;
using AiAccessProxy.Control.Api.Describing;
using AiAccessProxy.Control.Api.Shapes;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.People;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Api;

/// <summary>Whom the policy files know as people.</summary>
internal sealed class PeopleApi(PolicyStore policies, TimeProvider time)
{
    public static ControlProblem NoPerson { get; } = new(404, "no-person", "No such person", "There is nobody of this id in people.yaml.");

    public Task WhoAmIAsync(HttpContext context) => Viewer.Of(context) is var viewer
        ? context.AnswerAsync(new WhoAmIJson(viewer.Person.Id, viewer.Person.Name, viewer.Authenticated, Operators.Has(viewer.Person.Id, policies.Current)))
        : Task.CompletedTask;

    public async Task ListAsync(HttpContext context)
    {
        var rules = policies.Current;
        var people = rules.People.All
            .Where(person => context.Text("group") is not { } group || rules.People.Matches($"group:{group}", person.Id))
            .OrderBy(person => person.Id, StringComparer.Ordinal);
        if (Paging.Of(context, people, person => person.Id) is var (page, next))
            await context.AnswerAsync(new PersonListJson([.. page.Select(person => Of(person, rules))], next));
        else
            await ProblemAnswer.WriteAsync(context, Paging.WrongCursor);
    }

    public Task ShowAsync(HttpContext context) => policies.Current is var rules && rules.People.Find(context.InPath("id")) is { } person
        ? context.AnswerAsync(Of(person, rules))
        : ProblemAnswer.WriteAsync(context, NoPerson);

    private PersonJson Of(Person person, PolicySnapshot rules) => new(
        person.Id, person.Name, person.Email, rules.People.GroupsOf(person.Id),
        [.. person.Keys.Select(key => new PersonKeyJson(key.Id, key.Expires, !(key.Expires <= time.GetUtcNow())))],
        [.. rules.Agents.All.Where(agent => agent.Owner == person.Id).Select(agent => agent.Id).Order(StringComparer.Ordinal)]);
}
