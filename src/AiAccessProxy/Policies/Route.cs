using AiAccessProxy.Actions;
using AiAccessProxy.Actions.Bodies;
using AiAccessProxy.Agents;
using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Policies;

/// <summary>A prefix or host, its upstream and its rules, as <c>policies/&lt;route&gt;.yaml</c> states them.</summary>
internal sealed record Route
{
    private readonly RuleIndex _index = new([]);

    public required string Id { get; init; }

    /// <summary>The beginning of the paths that are this route's; <c>/</c> is all of them.</summary>
    public required string Prefix
    {
        get;
        init => (field, Pattern) = (value, $"{value.TrimEnd('/')}/**");
    }

    /// <summary>All paths that are this route's, as one pattern, for metrics and spans.</summary>
    public string Pattern { get; private init; } = "/**";

    /// <summary>The authorities it is called by; none stands for any.</summary>
    public IReadOnlyList<Authority> Hosts { get; init; } = [];

    /// <summary>What the upstream is to its owners (<c>production</c>): conditions ask for it. Null: the route states none.</summary>
    public string? Environment { get; init; }

    public required Upstream Upstream { get; init; }

    public required ReadingPlan Reading { get; init; }

    public required WhenPending WhenPending { get; init; }

    /// <summary>How long a privileged call is held; null takes the product's setting.</summary>
    public required TimeSpan? Hold { get; init; }

    /// <summary>What happens to a call that no rule matches.</summary>
    public Effect Default { get; init; } = Effect.Deny;

    /// <summary>The terms of the route's default, and of rules that state none of their own.</summary>
    public ApprovalTerms? Approval { get; init; }

    /// <summary>The credential of calls whose rules name none.</summary>
    public UpstreamCredential? Credential { get; init; }

    /// <summary>Where reviewers are told of every ticket of this route.</summary>
    public IReadOnlyList<NotifyPlace> Notify { get; init; } = [];

    /// <summary>By id: the order in which a file has them means nothing.</summary>
    public IReadOnlyList<Rule> RulesById { get; private init; } = [];

    /// <summary>Those of the route's file and those of <c>global.yaml</c>.</summary>
    public IReadOnlyList<Rule> Rules
    {
        init
        {
            RulesById = [.. value.OrderBy(rule => rule.Id, StringComparer.Ordinal)];
            _index = new(RulesById);
        }
    }

    /// <summary>How often each agent may call this route, and all routes.</summary>
    public IReadOnlyList<Rated> Rates { get; init; } = [];

    /// <summary>What the rules of this route look at in a call. <see cref="Circumstances"/> says what null stands for.</summary>
    public Circumstances Around(Caller? caller, ApiAction action, DateTimeOffset? at) =>
        new(action) { Caller = caller, At = at, Environment = Environment };

    /// <summary>The rules that are not false of a call, by id. However many others there are, it takes hardly longer.</summary>
    public IEnumerable<RuleOutcome> Outcomes(Circumstances circumstances)
    {
        var fields = new CallFields(circumstances);
        foreach (var rule in _index.For(circumstances.Action.Head))
        {
            var call = new CallView(fields, rule, Reading);
            var truth = rule.Match.Judge(call);
            if (truth != Truth.False) yield return new(rule, call, truth);
        }
    }

    /// <summary>Whether a call could be for this route and for <paramref name="other"/>, and neither comes first.</summary>
    public bool ClashesWith(Route other) => PrefixGuard.AreAlike(Prefix, other.Prefix) && (Hosts.Count == 0
        ? other.Hosts.Count == 0
        : Hosts.Any(host => other.Hosts.Any(theirs => host.Covers(theirs) || theirs.Covers(host))));

    /// <summary>
    /// The first doubt about a call that neither this route nor a rule that may apply to it accepts by name: it has no single meaning then,
    /// and is refused. Asked before the body is read, and once more when it is.
    /// </summary>
    public Unclear? Unaccepted(Circumstances circumstances)
    {
        if (Unaccepted(circumstances.Action, []) is null) return null;
        return Unaccepted(circumstances.Action, [.. Enforced(circumstances).Select(outcome => outcome.Rule)]);
    }

    /// <summary>The same, of a call to which <paramref name="applying"/> apply and no others.</summary>
    public Unclear? Unaccepted(ApiAction action, IReadOnlyList<Rule> applying) => action.Doubts.FirstOrDefault(
        doubt => !Reading.Accept.Contains(doubt.Kind) && !applying.Any(rule => rule.Accept.Contains(doubt.Kind)));

    /// <summary>
    /// Whether the body has to be read whole before this call can be decided: a rule that may still match looks into it, the call may
    /// need approval, or its form may ask to be taken for a call that does. What a plain allow streams is not read.
    /// </summary>
    /// <param name="at">The call has to be decided by the same clock, unless its body is read.</param>
    public bool NeedsBody(Caller caller, ActionHead head, DateTimeOffset? at)
    {
        // Whatever a body would say can turn an unknown into true or false and changes nothing else: the connectives are monotone.
        var needs = false;
        var matches = false;
        foreach (var (rule, _, truth) in Enforced(Around(caller, new(head, new ActionBody.Streamed(null)), at)))
        {
            var isOpen = truth == Truth.Unknown && rule.LooksIntoBody;
            if (rule.Effect == Effect.Deny && !isOpen) return false;
            needs |= isOpen || rule.Effect == Effect.RequireApproval;
            matches |= truth == Truth.True;
        }

        return needs || (!matches && Default == Effect.RequireApproval) || MayBeOfAnotherMethod(caller, head, at);
    }

    /// <summary>Frameworks take the <c>_method</c> of a form for the method: where the rules say no to another one, somebody has to look.</summary>
    private bool MayBeOfAnotherMethod(Caller caller, ActionHead head, DateTimeOffset? at) =>
        MediaType.MayAskForMethod(head)
        && Unaccepted(Around(caller, new(head with { Doubts = [FormMethod.Possible] }, new ActionBody.Streamed(null)), at)) is not null
        && IsAllowed(caller, head, at)
        && FormMethod.Others.Append("POST").Any(method => !IsAllowed(caller, head with { Method = method }, at));

    /// <summary>Those that have an effect, and are not only observed.</summary>
    private IEnumerable<RuleOutcome> Enforced(Circumstances circumstances) => Outcomes(circumstances).Where(outcome => !outcome.Rule.IsObserved);

    /// <summary>Whether no rule stands in the way, whatever the body says.</summary>
    private bool IsAllowed(Caller caller, ActionHead head, DateTimeOffset? at)
    {
        var isAllowed = Default == Effect.Allow;
        foreach (var (rule, _, truth) in Enforced(Around(caller, new(head, new ActionBody.Streamed(null)), at)))
        {
            if (rule.Effect != Effect.Allow) return false;
            isAllowed |= truth == Truth.True;
        }

        return isAllowed;
    }
}
