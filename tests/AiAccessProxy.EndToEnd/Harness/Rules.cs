namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>Rules that many stories share, as they stand in a policy file.</summary>
internal static class Rules
{
    public const string ReadsPass = """
        - id: read
          match: { methods: [GET, HEAD], paths: ["/**"] }
          effect: allow

        """;

    /// <summary>Reads pass, and every other method waits for one of the reviewers.</summary>
    public static string WritesWait { get; } = ReadsPass + Waiting("[POST, PUT, PATCH, DELETE, OPTIONS]");

    /// <param name="within">How long people have to decide, and then the agent to use it.</param>
    /// <param name="approvals">How many of the reviewers have to agree.</param>
    public static string Waiting(string methods, string paths = "/**", string within = "10m", int approvals = 1) => $$"""
        - id: write
          action: thing.change
          match: { methods: {{methods}}, paths: ["{{paths}}"] }
          effect: require_approval
          risk: high
          summary: "Change a thing"
          approval:
            need:
              - { approvals: {{approvals}}, from: [group:reviewers] }
            decide_within: {{within}}
            use_within: 10m

        """;
}
