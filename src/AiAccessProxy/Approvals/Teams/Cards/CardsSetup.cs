using AiAccessProxy.Approvals.Channels;

namespace AiAccessProxy.Approvals.Teams.Cards;

/// <summary>Registers the cards of the channel.</summary>
internal static class CardsSetup
{
    public static IServiceCollection AddCards(this IServiceCollection services) => services
        .AddSingleton<IReviewChannel, TeamsReviewChannel>()
        .AddSingleton<CardBinder>()
        .AddSingleton<CardTurns>()
        .AddSingleton<RefusedClicks>();
}
