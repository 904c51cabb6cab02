using AiAccessProxy.Agents;

namespace AiAccessProxy.Policies.Conditions;

/// <summary>
/// A text of a rule: as written, or with references in it that stand for something else in each call, as in <c>c-${on_behalf_of.id}</c>.
/// </summary>
/// <param name="Pieces">One after the other; a piece that is no reference is its own text.</param>
internal sealed record RuleText(IReadOnlyList<(string Text, CallReference? Reference)> Pieces)
{
    public RuleText(string text)
        : this([(text, null)])
    {
    }

    public bool Refers => Pieces.Any(piece => piece.Reference is not null);

    /// <summary>As the rule has it, references by name.</summary>
    public string Written => string.Concat(Pieces.Select(piece => piece.Text));

    /// <summary>What it is for this call; null when something that it refers to is not there, or not known.</summary>
    public string? For(Circumstances call) => For(call.Caller);

    public string? For(Caller? caller)
    {
        if (!Refers) return Written;
        var pieces = Pieces.Select(piece => piece.Reference switch
        {
            null => piece.Text,
            CallReference.OnBehalfOf => caller?.OnBehalfOf,
            CallReference.Agent => caller?.Agent.Id,
            _ => caller?.Agent.Owner,
        }).ToList();
        return pieces.Contains(null) ? null : string.Concat(pieces);
    }
}
