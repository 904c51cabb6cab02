namespace AiAccessProxy.Actions;

/// <summary>One call in its canonical form: what was matched is what is digested is what is shown is what is sent.</summary>
internal sealed record ApiAction(ActionHead Head, ActionBody Body);
