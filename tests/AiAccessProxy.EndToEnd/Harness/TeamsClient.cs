using Microsoft.Playwright;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>Somebody who looks at cards in Microsoft's own client, and clicks.</summary>
internal sealed class TeamsClient(IPage page)
{
    public Task OpenAsync(string conversation) => page.GetByRole(AriaRole.Treeitem, new() { Name = conversation, Exact = true }).ClickAsync();

    /// <summary>The card of the ticket for that charge, as it stands now and after every change.</summary>
    public ILocator CardOf(string charge) => page.Locator(".ac-adaptiveCard").Filter(new() { HasText = $"on charge {charge}" });

    /// <summary>Waits until the card says so.</summary>
    public Task SaysAsync(string charge, string words) => CardOf(charge).Filter(new() { HasText = words }).WaitForAsync();

    /// <summary>Waits until the card cannot be clicked any more.</summary>
    public async Task IsDeadAsync(string charge)
    {
        await Button(charge, "Approve").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await Button(charge, "Deny").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    public Task ClickAsync(string charge, string button) => Button(charge, button).ClickAsync();

    public async Task GiveReasonAsync(string charge, string choice, string words)
    {
        await CardOf(charge).GetByRole(AriaRole.Combobox).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = choice }).ClickAsync();
        // The list lies over the buttons for as long as it is open.
        await CardOf(charge).GetByText("To deny it, choose why or say it above").ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Listbox).WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        // Typed last, by keys: the client loses a text that is put there before the choice.
        await CardOf(charge).GetByRole(AriaRole.Textbox).ClickAsync();
        await page.Keyboard.TypeAsync(words);
    }

    /// <summary>A picture of the card for docs/.</summary>
    public Task PictureAsync(string charge, string name) => Pictures.TakeAsync(CardOf(charge), name);

    private ILocator Button(string charge, string name) => CardOf(charge).GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
