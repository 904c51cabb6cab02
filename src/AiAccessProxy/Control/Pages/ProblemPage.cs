using AiAccessProxy.Control.SignIn;

namespace AiAccessProxy.Control.Pages;

/// <summary>Says why something was not done.</summary>
internal static class ProblemPage
{
    public static Html Of(ControlProblem problem, Viewer? viewer) => Layout.Of(problem.Title, viewer, null, null, Html.Of($"""
        <section class="narrow" data-problem="{problem.Kind}">
        <h1>{problem.Title}</h1>
        <p>{problem.Detail}</p>
        <p>{(viewer is null ? Html.Of($"<a href=\"/sign-in\">Sign in</a>") : Html.Of($"<a href=\"/\">Back to what is pending</a>"))}</p>
        </section>
        """));
}
