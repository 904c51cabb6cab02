using AiAccessProxy.Approvals;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Pages;

/// <summary>What a reviewer sent with Approve or Deny.</summary>
internal abstract record BallotForm
{
    private BallotForm()
    {
    }

    public sealed record Complete(Ballot Ballot) : BallotForm;

    public sealed record Incomplete(ControlProblem Problem) : BallotForm;

    public static BallotForm Of(IFormCollection form, Ticket ticket, Viewer viewer)
    {
        // Browsers send the line breaks of a text area as CR LF (HTML, 4.10.21.4), and count them as one in maxlength.
        var reason = form["reason"].ToString().ReplaceLineEndings("\n").Trim();
        return form["vote"].ToString() switch
        {
            "approve" or "deny" when reason.Length > DecisionPanel.MaxReason => new Incomplete(VoteProblems.ReasonTooLong),
            "approve" when ticket.Risk == Risk.Critical && form["confirm"] != "yes" => new Incomplete(VoteProblems.ConfirmationRequired),
            "approve" => new Complete(new(viewer.Person, true, reason.Length == 0 ? null : reason, "console", viewer.Authenticated)),
            "deny" when reason.Length == 0 => new Incomplete(VoteProblems.ReasonRequired),
            "deny" => new Complete(new(viewer.Person, false, reason, "console", viewer.Authenticated)),
            _ => new Incomplete(VoteProblems.NoVote),
        };
    }
}
