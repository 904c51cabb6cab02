namespace AiAccessProxy.Control;

/// <summary>Why the control plane does not do what it was asked: an RFC 9457 problem for programs, a page for people.</summary>
/// <param name="Kind">Last part of the problem's <c>type</c>; documented in <c>docs/problems.md</c> and never renamed.</param>
/// <param name="Detail">What happened and what to do, in whole sentences.</param>
internal sealed record ControlProblem(int Status, string Kind, string Title, string Detail)
{
    public const string TypePrefix = "urn:ai-access:problem:";

    public TimeSpan? RetryAfter { get; init; }

    public static ControlProblem SignInNeeded { get; } = new(
        401, "sign-in-needed", "Sign in first",
        "This needs a person. Programs send a personal key, or a person's token, as Authorization: Bearer; people sign in at /sign-in.");

    public static ControlProblem UnknownKey { get; } = new(
        401, "unknown-key", "Unknown key",
        "This key or token proves nobody, or has expired. Use a personal key from people.yaml, or a token for this plane; an agent's opens nothing here.");

    public static ControlProblem AppToken { get; } = new(
        403, "app-token", "A program decides nothing here",
        "This token is a program's own, or does not say that a person is behind it. Only people read and decide here: sign in as one, or use a personal key.");

    public static ControlProblem SignInIsVoid { get; } = new(
        403, "sign-in-void", "This sign-in leads nowhere",
        "It was not begun in this browser, was used already, or took longer than ten minutes. Nothing was done: begin it again at /sign-in.");

    public static ControlProblem ProviderRefused { get; } = new(
        403, "provider-refused", "The provider did not sign you in",
        "It sent you back without a sign-in. Begin it again at /sign-in, or ask whoever runs the provider whether you may use this console.");

    public static ControlProblem ProviderUnavailable { get; } = new(
        503, "provider-unavailable", "The provider cannot be relied on now",
        "It cannot be reached, or what it says proves nothing; the operators' log says why. Try again in a moment, or use a personal key.")
    { RetryAfter = TimeSpan.FromSeconds(30) };

    public static ControlProblem AgentKey { get; } = new(
        403, "agent-key", "Agents have no business here",
        "This is an agent's key. The control plane is for people: no agent can read or decide tickets here. " +
        "An agent asks about its own tickets on the agent plane.");

    public static ControlProblem LinkIsVoid { get; } = new(
        403, "link-void", "This link no longer works",
        "A sign-in link works once, on this computer, for five minutes. Start the program again for a new one, or sign in with a personal key.");

    public static ControlProblem ForeignForm { get; } = new(
        403, "foreign-form", "This form did not come from the console",
        "Nothing was done. Open the console again and repeat it there; if you followed a link from elsewhere, be careful with who sent it.");

    public static ControlProblem StaleForm { get; } = new(
        403, "stale-form", "This form is from another session",
        "Nothing was done. Go back, load the page again and repeat it.");

    public static ControlProblem NotTheChannel { get; } = new(
        401, "not-the-channel", "This is not the channel",
        "This address takes what Microsoft Teams sends, with its token for this bot. People and programs use the console and the API.");

    public static ControlProblem Replayed { get; } = new(
        409, "replayed", "Heard before", "This very activity was heard before. Nothing was done again.");

    public static ControlProblem NotFound { get; } = new(404, "not-found", "Nothing here", "There is no such page.");

    public static ControlProblem NoTicket { get; } = new(
        404, "no-ticket", "No such ticket",
        "There is no ticket of this id. Ended tickets can be looked up for a while; the ledger keeps their records.");

    public static ControlProblem TooLarge { get; } = new(413, "too-large", "Too large", "The request is larger than anything that is asked here.");

    public static ControlProblem NotJson { get; } = new(
        415, "not-json", "Not JSON", "Send the body as Content-Type: application/json.");

    public static ControlProblem NotAForm { get; } = new(
        415, "not-a-form", "Not a form", "Send the form as Content-Type: application/x-www-form-urlencoded.");

    public static ControlProblem ForeignHost { get; } = new(
        421, "foreign-host", "Not known by this name",
        "The control plane does not answer to this Host. Use the address it listens on, or set control:publicUrl to the one that people use.");

    public static ControlProblem Internal { get; } = new(
        500, "internal-error", "The control plane failed", "It met an error of its own; what you asked may not have happened. Tell its operators.");

    public static ControlProblem NotRecordable { get; } = new(
        503, "not-recordable", "This cannot be recorded",
        "The ledger cannot be written right now, and what cannot be recorded does not happen: nothing was done. Try again in a moment.")
    { RetryAfter = TimeSpan.FromSeconds(5) };

    public static ControlProblem BadRequest(string detail) => new(400, "bad-request", "This cannot be understood", detail);

    public static ControlProblem ForeignActivity(string why) => new(403, "foreign-activity", "Not from here", why);

    public static ControlProblem UnknownPerson(string? subject) => new(
        403, "unknown-person", "Nobody here by that name",
        "The provider knows you, and people.yaml does not. Whoever runs this proxy can add you there"
        + (subject is null ? "." : $", with what the provider calls you: {subject}"));

    public static ControlProblem TooManyTries(TimeSpan wait) => new(
        429, "too-many-tries", "Too many failed tries",
        $"Too many unknown keys came from your address. Wait {Math.Ceiling(wait.TotalSeconds)} s and try again.")
    { RetryAfter = wait };
}
