using System.Text;
using AiAccessProxy.Bypass.Harness;
using AiAccessProxy.Bypass.Models;

namespace AiAccessProxy.Bypass.Grounds;

/// <summary>An API that takes forms, names its actions in them and lets them ask for another method, as older ones do.</summary>
internal sealed class FormGround : Ground
{
    public override string Name => "forms";

    public override IReadOnlyList<Spelling> Starts { get; } =
    [
        Form("POST", "/", "Action=DeleteUser&UserName=bob"), Form("POST", "/", "Action=ListUsers"), Form("POST", "/", "Version=1&Action=GetUser&UserName=bob"),
        Form("POST", "/things/7", "_method=DELETE"), Form("POST", "/things/7", "name=x&_method=PUT"), Form("POST", "/things/7", "name=x"),
    ];

    protected override string Rules => """
        default: deny
        rules:
          - id: read
            match: { methods: [POST], paths: ["/"], where: [{ field: form.Action, in: [ListUsers, GetUser] }] }
            effect: allow
          - { id: thing, match: { methods: [POST], paths: ["/things/{thing}"] }, effect: allow }
          - { id: keep, match: { methods: [DELETE], paths: ["/things/{thing}"] }, effect: deny }
        """;

    /// <summary>Names of fields are in lower case to a server that folds them.</summary>
    public override bool IsPrivileged(SeenAction action) => action.Is("")
        ? action.Method == "POST" && (action.Form("Action") ?? action.Form("action")) is { } asked && asked is not ("ListUsers" or "GetUser")
        : action.Is("things", "*") && action.Method != "POST";

    private static Spelling Form(string method, string target, string body) =>
        new(method, target, [("Content-Type", "application/x-www-form-urlencoded")], Encoding.UTF8.GetBytes(body));
}
