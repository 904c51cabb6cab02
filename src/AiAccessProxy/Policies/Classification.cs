namespace AiAccessProxy.Policies;

/// <summary>What the rules that decided say of the action itself.</summary>
/// <param name="ActionName">Its kind (<c>payment.refund</c>); of several rules the first by id that has one.</param>
/// <param name="Risk">The highest that they state; null where none does, but never for what needs approval.</param>
/// <param name="Controls">What they implement, each once.</param>
internal sealed record Classification(string? ActionName, Risk? Risk, IReadOnlyList<string> Controls)
{
    public static Classification None { get; } = new(null, null, []);
}
