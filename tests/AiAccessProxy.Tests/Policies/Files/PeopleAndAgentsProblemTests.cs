using AiAccessProxy.Policies.Files;

namespace AiAccessProxy.Tests.Policies.Files;

/// <summary>Everything that can be wrong in <c>people.yaml</c> and <c>agents.yaml</c>, in the exact words that it is told in.</summary>
public class PeopleAndAgentsProblemTests
{
    private const string Hash = "00000000000000000000000000000000000000000000000000000000000000b1";

    [Theory]
    [InlineData("version: 1", "people.yaml:1: people: this key is missing; list the people who may own agents and decide")]
    [InlineData("people: []", "people.yaml:1: version: this key is missing; begin the file with version: 1|people.yaml:1: people: this list is empty; list something, or leave the key out")]
    [InlineData("version: 1\npeople: [{ id: ada }, { id: joan, name: Joan, mail: x }, { name: X }, { id: ada, name: Ada }]\ngroups: { \"a b\": [ada], g: [], h: [adda], i: ada }", """
        people.yaml:2: people[0].name: this key is missing; write the name that reviewers and auditors see
        people.yaml:2: people[1].mail: this key is not known; did you mean email? known are id, name, email, keys, entra, oidc
        people.yaml:2: people[2].id: this key is missing; give it a name of its own
        people.yaml:2: people[3].id: there is a person ada already; give each person an id of their own
        people.yaml:3: groups.a b: "a b" is no id; use up to 64 letters, digits, '-', '_' and '.', beginning with a letter or digit
        people.yaml:3: groups.g: this list is empty; list something, or leave the key out
        people.yaml:3: groups.h[0]: "adda" is nobody in people.yaml; did you mean ada? known are ada, joan
        people.yaml:3: groups.i: this is a single value; write a list: [ … ]
        """)]
    [InlineData("version: 1\npeople:\n  - { id: ada, name: Ada, keys: [{ id: a, sha256: abc }, { id: a, sha256: \"" + Hash + "\" }, { id: b, sha256: \"" + Hash + "\", expires: 2027-06-30 }, { expires: 2027-06-30T00:00:00 }] }", """
        people.yaml:3: people[0].keys[0].sha256: this is no SHA-256; write the SHA-256 of the key's text, 64 hex digits
        people.yaml:3: people[0].keys[1].id: person ada has a key a already; give each key an id of its own
        people.yaml:3: people[0].keys[2].sha256: this is person ada's key a as well; make a key for each; a secret that two share proves neither
        people.yaml:3: people[0].keys[2].expires: "2027-06-30" is no time; write it with its zone: 2027-06-30T00:00:00Z
        people.yaml:3: people[0].keys[3].id: this key is missing; give it a name of its own
        people.yaml:3: people[0].keys[3].sha256: this key is missing; write what aiaccess agents key create prints: the SHA-256 of the key's text, 64 hex digits
        people.yaml:3: people[0].keys[3].expires: "2027-06-30T00:00:00" is no time; write it with its zone: 2027-06-30T00:00:00Z
        """)]
    [InlineData("""
        version: 1
        people:
          - { id: ada, name: Ada, entra: ada, oidc: [{ issuer: "http://login.example.com", subject: a }, { subject: b }, { issuer: "https://login.example.com" }] }
          - { id: eva, name: Eva, entra: "00000000-0000-0000-0000-00000000000a", oidc: [{ issuer: "https://login.example.com", subject: a }] }
          - { id: ivo, name: Ivo, entra: "00000000-0000-0000-0000-00000000000A", oidc: [{ issuer: "https://login.example.com", subject: a }, { issuer: "https://login.example.com/", subject: a }] }
        """, """
        people.yaml:3: people[0].entra: "ada" is no object id; write the Object ID that Entra ID shows for the user: 00000000-0000-0000-0000-000000000000
        people.yaml:3: people[0].oidc[0].issuer: "http://login.example.com" is not https, and http proves nothing beyond this machine; write it as its tokens have it in iss: https://login.example.com/tenant
        people.yaml:3: people[0].oidc[1].issuer: this key is missing; write it as its tokens have it in iss: https://login.example.com/tenant
        people.yaml:3: people[0].oidc[2].subject: this key is missing; write what the provider's tokens for this person have as sub
        people.yaml:5: people[2].entra: this is person eva already; an identity is one person's, and written once
        people.yaml:5: people[2].oidc[0].subject: this is person eva already; an identity is one person's, and written once
        """)]
    public void People_are_told_what_is_wrong(string file, string expected) =>
        Same(expected, "people.yaml", file);

    [Theory]
    [InlineData("version: 1", "agents.yaml:1: agents: this key is missing; list the programs that may call")]
    [InlineData("version: 1\nagents: [{ id: a, owner: ada, groups: [\"a b\"] }, { id: a, owner: person:adda, keys: [] }, { id: b, owner: person:ada, keys: [{ id: k }] }, { id: b, owner: person:ada, keys: [{ id: k, sha256: x, on_behalf_of: person:jon }] }]", """
        agents.yaml:2: agents[0].owner: "ada" names no person; write person: and an id of people.yaml, as in person:ada
        agents.yaml:2: agents[0].groups[0]: "a b" is no id; use up to 64 letters, digits, '-', '_' and '.', beginning with a letter or digit
        agents.yaml:2: agents[0].keys: this key is missing; give the agent a key, or tokens of an issuer, or it can never call
        agents.yaml:2: agents[1].owner: "person:adda" is nobody in people.yaml; did you mean ada? known are ada, grace, hugo, joan
        agents.yaml:2: agents[1].keys: this list is empty; list something, or leave the key out
        agents.yaml:2: agents[1].id: there is an agent a already; give each agent an id of its own
        agents.yaml:2: agents[2].keys[0].sha256: this key is missing; write what aiaccess agents key create prints: the SHA-256 of the key's text, 64 hex digits
        agents.yaml:2: agents[3].keys[0].sha256: this is no SHA-256; write the SHA-256 of the key's text, 64 hex digits
        agents.yaml:2: agents[3].keys[0].on_behalf_of: "person:jon" is nobody in people.yaml; did you mean joan? known are ada, grace, hugo, joan
        agents.yaml:2: agents[3].id: there is an agent b already; give each agent an id of its own
        """)]
    [InlineData("version: 1\nagents: [{ keys: [{ id: k, sha256: \"" + Hash + "\" }] }]", """
        agents.yaml:2: agents[0].id: this key is missing; give it a name of its own
        agents.yaml:2: agents[0].owner: this key is missing; name the person who answers for this agent, as in person:ada
        agents.yaml:2: agents[0].keys[0].sha256: this is person grace's key laptop as well; make a key for each; a secret that two share proves neither
        """)]
    [InlineData("""
        version: 1
        issuers:
          - { id: one, url: "https://login.example.com", audience: "api://agents", on_behalfof: sub }
          - { id: one, url: "https://login.example.com", audience: "api://others" }
          - { id: two, url: "https://login.example.com", audience: "api://agents" }
          - { id: three, url: "https://login.example.com?x=1", audience: a }
          - { id: four, url: "https://x@login.example.com" }
        agents:
          - { id: a, owner: person:ada, tokens: [{ issuer: won, claims: { azp: x } }, { issuer: one }, { issuer: one, claims: {} }, { claims: { azp: [x] } }] }
          - { id: b, owner: person:ada, tokens: [] }
        """, """
        agents.yaml:3: issuers[0].on_behalfof: this key is not known; did you mean on_behalf_of? known are id, url, audience, on_behalf_of
        agents.yaml:4: issuers[1].id: there is an issuer one already; give each issuer an id of its own
        agents.yaml:5: issuers[2]: this is issuer one again; list each url once, or once for each audience
        agents.yaml:6: issuers[3].url: "https://login.example.com?x=1" holds more than scheme, host, port and path; write it as its tokens have it in iss: https://login.example.com/tenant
        agents.yaml:7: issuers[4].url: "https://x@login.example.com" holds more than scheme, host, port and path; write it as its tokens have it in iss: https://login.example.com/tenant
        agents.yaml:7: issuers[4].audience: this key is missing; write what its tokens have as aud when they are for this proxy
        agents.yaml:9: agents[0].tokens[0].issuer: "won" is not known here; known are one
        agents.yaml:9: agents[0].tokens[1].claims: this key is missing; say what its tokens claim and no others do: { azp: "<client id>" }
        agents.yaml:9: agents[0].tokens[2].claims: this is empty; without a claim, every token of the issuer would be this agent's
        agents.yaml:9: agents[0].tokens[3].issuer: this key is missing; name one of the issuers of this file
        agents.yaml:9: agents[0].tokens[3].claims.azp: this is a list; write a single value
        agents.yaml:10: agents[1].tokens: this list is empty; list something, or leave the key out
        """)]
    public void Agents_are_told_what_is_wrong(string file, string expected) =>
        Same(expected, "agents.yaml", file);

    [Fact]
    public void People_that_could_not_be_read_are_not_held_against_the_other_files()
    {
        var refused = Assert.IsType<PolicyLoad.Refused>(Some.Load(("people.yaml", "people: ["), ("api.yaml", Some.RouteYaml(
            "- { id: a, effect: require_approval, match: { paths: [\"/**\"] }, approval: { need: [{ from: [group:nobody] }] } }"))));
        Assert.Equal("people.yaml", Assert.Single(refused.Problems).File);
    }

    [Fact]
    public void Keys_find_their_agent_and_their_person()
    {
        var policy = Some.Policy(
            ("agents.yaml", Some.AgentsYaml.Replace("00000000000000000000000000000000000000000000000000000000000000a1\"",
                "2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824\", expires: 2027-06-30T00:00:00+02:00, on_behalf_of: person:joan", StringComparison.Ordinal)),
            ("api.yaml", Some.RouteYaml("- { id: a, effect: allow, match: { paths: [\"/**\"] } }")));
        var before = new DateTimeOffset(2027, 6, 29, 21, 59, 59, TimeSpan.Zero);

        var caller = policy.Agents.Identify("hello", before);
        Assert.Equal(("billing-bot", "ada", "joan"), (caller?.Agent.Id, caller?.Agent.Owner, caller?.OnBehalfOf));
        Assert.Null(policy.Agents.Identify("hello", before.AddSeconds(1)));
        Assert.Equal(["ada", "grace", "hugo", "joan"], policy.People.All.Select(person => person.Id).Order());
        Assert.True(policy.People.Matches("group:finance", "grace"));
        Assert.False(policy.People.Matches("group:finance", "joan"));
    }

    private static void Same(string expected, string name, string file)
    {
        var route = ("api.yaml", Some.RouteYaml("- { id: a, effect: allow, match: { paths: [\"/**\"] } }"));
        var refused = Assert.IsType<PolicyLoad.Refused>(Some.Load((name, file), route));
        Assert.Equal(
            expected.ReplaceLineEndings("\n").Replace("|", "\n", StringComparison.Ordinal),
            string.Join('\n', refused.Problems.Where(problem => problem.File == name).Select(problem => problem.ToString())));
    }
}
