using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Files;

namespace AiAccessProxy.Tests.Policies.Files;

/// <summary>Everything that can be wrong in a route file, in the exact words that it is told in.</summary>
public class ProblemTests
{
    private const string Head = """
        version: 1
        route: api
        prefix: /api
        upstream: { url: "https://api.test" }

        """;

    private const string Any = "paths: [\"/**\"]";

    [Theory]
    // The frame
    [InlineData("version: 1\nroute: api\nprefix: /api", "version: 2\nroute: a b\nprefix: api/", """
        api.yaml:1: version: version "2" is not known; write version: 1
        api.yaml:2: route: "a b" is no id; use up to 64 letters, digits, '-', '_' and '.', beginning with a letter or digit
        api.yaml:3: prefix: "api/" is no prefix; write '/' and names of letters, digits, '-', '.', '_' and '~', without a slash at the end
        """)]
    [InlineData("prefix: /api", "prefix: /.ai-access/x", "api.yaml:3: prefix: \"/.ai-access/x\" belongs to the proxy itself; choose another prefix")]
    [InlineData("prefix: /api", "hosts: [\"B\u00FCcher.example\", \"api.example:80\", \"API.example:80\", \"api.example:080\", \"u@api.example\", \"127.1\"]", """
        api.yaml:3: hosts[0]: "Bücher.example" is not in ASCII; write xn--bcher-kva.example
        api.yaml:3: hosts[2]: "API.example:80" is on the list already; list each host once
        api.yaml:3: hosts[3]: "api.example:080" has a port that is none; write ':' and a number from 1 to 65535 without zeros before it, or leave it out
        api.yaml:3: hosts[4]: "u@api.example" holds user information; write the host alone
        api.yaml:3: hosts[5]: "127.1" is no host; write a name of letters, digits and hyphens, four decimal numbers, or IPv6 in brackets
        """)]
    [InlineData("prefix: /api", "prefix: /api\nhosts: []", "api.yaml:4: hosts: this list is empty; list something, or leave the key out")]
    [InlineData("prefix: /api", "prefix: [/api]", "api.yaml:3: prefix: this is a list; write a single value")]
    [InlineData("prefix: /api", "prefix:", "api.yaml:3: prefix: nothing is written here; write a value, or leave the key out")]
    [InlineData("prefix: /api", "prefix: ~", "api.yaml:3: prefix: nothing is written here; write a value, or leave the key out")]
    [InlineData("version: 1\nroute: api\nprefix: /api\nupstream: { url: \"https://api.test\" }", "default: deny", """
        api.yaml:1: version: this key is missing; begin the file with version: 1
        api.yaml:1: route: this key is missing; give it a name of its own
        api.yaml:1: prefix: this key is missing; say under which path agents find this API: /payments
        api.yaml:1: upstream: this key is missing; say where the API is: { url: "https://…" }
        """)]
    [InlineData("prefix: /api", "prefix: /api\nprefixes: [/b]", "api.yaml:4: prefixes: this key is not known; did you mean prefix? known are version, route, prefix, hosts, environment, upstream, agent_key, credentials, credential, default, approval, rules, volatile_headers, when_pending, hold, max_body, accept, path_case, rate, notify, tests")]
    [InlineData("prefix: /api", "prefix: /api\n\"rulez\\u202ex\": []", @"api.yaml:4: rulez\u{202e}x: this key is not known; known are version, route, prefix, hosts, environment, upstream, agent_key, credentials, credential, default, approval, rules, volatile_headers, when_pending, hold, max_body, accept, path_case, rate, notify, tests")]
    [InlineData("prefix: /api", "prefix: /api\nenvironment: a b\nroute: two", """
        api.yaml:4: environment: "a b" is no id; use up to 64 letters, digits, '-', '_' and '.', beginning with a letter or digit
        api.yaml:5: route: this key stands on line 2 already; leave one of them
        """)]
    [InlineData("prefix: /api", "prefix: /api\nnotify: [security, \"Teams:a\", \"teams:\", \"teams:a b\", \"teams:${env:SECRET}\", [teams:a]]", """
        api.yaml:4: notify[0]: "security" is no place of a channel; write the channel and a name that it knows, as in teams:security-approvals
        api.yaml:4: notify[1]: "Teams:a" is no place of a channel; write the channel and a name that it knows, as in teams:security-approvals
        api.yaml:4: notify[2]: "teams:" is no place of a channel; write the channel and a name that it knows, as in teams:security-approvals
        api.yaml:4: notify[3]: "teams:a b" is no place of a channel; write the channel and a name that it knows, as in teams:security-approvals
        api.yaml:4: notify[4]: "teams:${env:SECRET}" is no place of a channel; write the channel and a name that it knows, as in teams:security-approvals
        api.yaml:4: notify[5]: this is a list; write a single value
        """)]
    // Upstream
    [InlineData("https://api.test", "api.test", "api.yaml:4: upstream.url: \"api.test\" is no URL; write scheme, host and port alone: https://payments.internal:8443")]
    [InlineData("https://api.test", "ftp://api.test", "api.yaml:4: upstream.url: \"ftp://api.test\" is neither http nor https; write scheme, host and port alone: https://payments.internal:8443")]
    [InlineData("https://api.test", "https://a:b@api.test", "api.yaml:4: upstream.url: \"https://a:b@api.test\" holds credentials; write scheme, host and port alone: https://payments.internal:8443")]
    [InlineData("https://api.test", "https://api.test/v1", "api.yaml:4: upstream.url: \"https://api.test/v1\" holds more than an origin: the path of a call goes on as it is; write scheme, host and port alone: https://payments.internal:8443")]
    [InlineData("https://api.test", "https://api.test?", "api.yaml:4: upstream.url: \"https://api.test?\" holds more than an origin: the path of a call goes on as it is; write scheme, host and port alone: https://payments.internal:8443")]
    [InlineData("https://api.test", "https://${env:UNSET}", "api.yaml:4: upstream.url: environment variable UNSET is not set; set it before the start, or correct its name")]
    [InlineData("https://api.test", "https://${env:EMPTY}", "api.yaml:4: upstream.url: environment variable EMPTY is not set; set it before the start, or correct its name")]
    [InlineData("https://api.test", "${env:SECRET}", "api.yaml:4: upstream.url: \"${env:SECRET}\" is no URL; write scheme, host and port alone: https://payments.internal:8443")]
    [InlineData("https://api.test\"", "https://api.test\", timeout: soon, http: \"3\", uri: x", """
        api.yaml:4: upstream.uri: this key is not known; did you mean url? known are url, timeout, http
        api.yaml:4: upstream.timeout: "soon" is no time span; write a number and its unit: 500ms, 30s, 10m, 2h, 1d
        api.yaml:4: upstream.http: "3" is not known here; known are 1.1, 2
        """)]
    [InlineData("https://api.test\"", "https://api.test\", timeout: 2h", "api.yaml:4: upstream.timeout: \"2h\" is out of range; write something from 1s to 1h")]
    [InlineData("{ url: \"https://api.test\" }", "https://api.test", "api.yaml:4: upstream: this is a single value; write a mapping of keys and values")]
    // What a route says once
    [InlineData("prefix: /api", "prefix: /api\nagent_key: [x-apikey]\ndefault: denied\nwhen_pending: wait\nhold: 11m\nmax_body: 65MiB", """
        api.yaml:4: agent_key[0]: "x-apikey" is not known here; did you mean x-api-key? known are ai-access-token, authorization, x-api-key, api-key, basic-password
        api.yaml:5: default: "denied" is not known here; known are allow, deny, require_approval
        api.yaml:6: when_pending: "wait" is not known here; known are refuse, accepted, retry
        api.yaml:7: hold: "11m" is out of range; write something from 0s to 10m
        api.yaml:8: max_body: "65MiB" is no size of a body; write a number of bytes, KiB or MiB from 1 to 64MiB
        """)]
    [InlineData("prefix: /api", "prefix: /api\nagent_key: []\nvolatile_headers: x-id", """
        api.yaml:4: agent_key: this list is empty; list something, or leave the key out
        api.yaml:5: volatile_headers: this is a single value; write a list: [ … ]
        """)]
    [InlineData("prefix: /api", "prefix: /api\ndefault: require_approval", "api.yaml:1: approval: this key is missing; default: require_approval asks for people: say here who has to agree")]
    [InlineData("prefix: /api", "prefix: /api\nvolatile_headers: [\"x id\", X-Env]\nrules: [{ id: a, effect: deny, match: { where: [{ field: header.x-env, exists: true }] } }]", """
        api.yaml:4: volatile_headers[0]: "x id" is no name of a header; write whole names, as in x-request-id
        api.yaml:4: volatile_headers[1]: a rule reads header.x-env, so it cannot be left out of what identifies a call; leave it out here, or in the rule
        """)]
    // Credentials
    [InlineData("prefix: /api", "prefix: /api\ncredential: live\ncredentials:\n  \"a b\": { type: query, name: Host, value: \" x\" }\n  other: { value: \"${env:UNSET}${file:secret}\" }\n  third: { type: header, name: X, value: \"${file:/no/such/file}\" }\n  fourth: { type: header, name: X, value: \"${vault:x}\", own: me }", """
        api.yaml:4: credential: "live" is not known here; known are a b, other, third, fourth
        api.yaml:6: credentials.a b: "a b" is no id; use up to 64 letters, digits, '-', '_' and '.', beginning with a letter or digit
        api.yaml:6: credentials.a b.type: "query" is not known here; known are header
        api.yaml:6: credentials.a b.name: "Host" is no header that a credential can be in; name a header of the upstream's, as in Authorization
        api.yaml:6: credentials.a b.value: this value cannot stand in a header; use visible ASCII characters, with spaces only between them
        api.yaml:7: credentials.other.type: this key is missing; write type: header
        api.yaml:7: credentials.other.name: this key is missing; name the header, as in Authorization
        api.yaml:7: credentials.other.value: environment variable UNSET is not set; set it before the start, or correct its name
        api.yaml:8: credentials.third.value: file /no/such/file cannot be read; see that it exists, is UTF-8 and may be read by this process
        api.yaml:9: credentials.fourth.own: this key is not known; did you mean owner? known are type, name, value, owner
        api.yaml:9: credentials.fourth.value: ${vault:x} is no reference; known are ${env:NAME} and ${file:/path}
        """)]
    [InlineData("prefix: /api", "prefix: /api\ncredentials: { a: { type: header, name: X, value: \"${file:secret}\" } }", "api.yaml:4: credentials.a.value: file secret is not an absolute path; write the path from the root: ${file:/run/secrets/name}")]
    [InlineData("prefix: /api", "prefix: /api\ncredentials: { a: { type: header, name: X, value: \"a ${env:X\" } }", "api.yaml:4: credentials.a.value: ${env:X is no reference; known are ${env:NAME} and ${file:/path}")]
    public void The_frame_is_told_what_is_wrong_with_it(string from, string to, string expected) =>
        Same(expected, Head.Replace(from, to, StringComparison.Ordinal));

    [Theory]
    // Rules
    [InlineData("{ effect: allow, match: { " + Any + " } }", "rule rules[0]: id: this key is missing; give it a name of its own")]
    [InlineData("{ id: a }", "rule a: effect: this key is missing; write allow, deny or require_approval|rule a: match: this key is missing; say which calls it is about; paths: [\"/**\"] is every call")]
    [InlineData("[]", "rule rules[0]: this is a list; write a mapping of keys and values")]
    [InlineData("{ id: a, effect: Allow, match: { " + Any + " } }", "rule a: effect: \"Allow\" is not known here; did you mean allow? known are allow, deny, require_approval")]
    [InlineData("{ id: a, effect: allow, mathc: { " + Any + " } }", "rule a: mathc: this key is not known; did you mean match? known are id, match, effect, action, risk, summary, require, show, redact, approval, controls, credential, accept, observe, rate, notify|rule a: match: this key is missing; say which calls it is about; paths: [\"/**\"] is every call")]
    [InlineData("{ id: a, effect: allow, match: { " + Any + " }, summary: x, require: [reason], show: [query.q], approval: {} }", "rule a: summary: this belongs to rules whose effect is require_approval; change the effect, or leave it out|rule a: require: this belongs to rules whose effect is require_approval; change the effect, or leave it out|rule a: show: this belongs to rules whose effect is require_approval; change the effect, or leave it out|rule a: approval: this belongs to rules whose effect is require_approval; change the effect, or leave it out")]
    [InlineData("{ id: a, effect: deny, risk: huge, action: \"a b\", credential: x, match: { " + Any + " } }", "rule a: action: \"a b\" is no name of an action; name it like payment.refund, or with a field of the call: iam.{form.Action}|rule a: risk: \"huge\" is not known here; did you mean high? known are low, medium, high, critical|rule a: credential: \"x\" is not known here; none is known here")]
    [InlineData("{ id: a, effect: deny, observe: true, rate: { calls: 5, within: 1m }, match: { " + Any + " } }", "rule a: observe: a rule that denies cannot be observed only; leave the key out, or the rule until it is meant|rule a: rate: what is denied has no rate; leave it out, or write it to the rules that let calls through")]
    [InlineData("{ id: a, effect: allow, observe: maybe, rate: { calls: 0, within: 2d }, match: { " + Any + " } }", "rule a: observe: \"maybe\" is not known here; known are true, false|rule a: rate.calls: \"0\" is no number of calls; write a number from 1 to 10000|rule a: rate.within: \"2d\" is out of range; write something from 1s to 1d")]
    [InlineData("{ id: a, effect: allow, rate: {}, match: { " + Any + " } }", "rule a: rate.calls: this key is missing; write how many calls each agent may make: 100|rule a: rate.within: this key is missing; write in what time: 1m")]
    [InlineData("{ id: a, effect: allow, action: \"iam.{form.Action\", match: { " + Any + " } }", "rule a: action: a '{' is not closed; name it like payment.refund, or with a field of the call: iam.{form.Action}")]
    [InlineData("{ id: a, effect: allow, action: \"iam {form.Action}\", match: { " + Any + " } }", "rule a: action: \"iam {form.Action}\" is no name of an action; name it like payment.refund, or with a field of the call: iam.{form.Action}")]
    [InlineData("{ id: a, effect: allow, action: \"iam.{path.x}\", match: { " + Any + " } }", "rule a: action: path.x is not named by /**; name it {x} in each of the rule's paths")]
    // Conditions
    [InlineData("{ id: a, effect: deny, match: {} }", "rule a: match: no condition is written here; write one; paths: [\"/**\"] is every call")]
    [InlineData("{ id: a, effect: deny, match: { method: [GET] } }", "rule a: match.method: this key is not known; did you mean methods? known are methods, paths, where, agents, agent_groups, on_behalf_of, environment, time, any, all, not, except")]
    [InlineData("{ id: a, effect: deny, match: { methods: [get, GET] } }", "rule a: match.methods[0]: \"get\" is no method that is let in; methods are written in capital letters; leave the key out for any method")]
    [InlineData("{ id: a, effect: deny, match: { paths: [v1] } }", "rule a: match.paths[0]: \"v1\": a path begins with '/'; write segments, {name} or * for any one, ** for any number: /v1/users/{user}/**")]
    [InlineData("{ id: a, effect: deny, match: { paths: [\"/a//b\"] } }", "rule a: match.paths[0]: \"/a//b\": '//' is in no path that is let in; write segments, {name} or * for any one, ** for any number: /v1/users/{user}/**")]
    [InlineData("{ id: a, effect: deny, match: { paths: [\"/a/../b\"] } }", "rule a: match.paths[0]: \"/a/../b\": '..' is in no path that is let in; write segments, {name} or * for any one, ** for any number: /v1/users/{user}/**")]
    [InlineData("{ id: a, effect: deny, match: { paths: [\"/**/b/**\"] } }", "rule a: match.paths[0]: \"/**/b/**\": '**' stands here twice; write segments, {name} or * for any one, ** for any number: /v1/users/{user}/**")]
    [InlineData("{ id: a, effect: deny, match: { paths: [\"/{b}/{b}\"] } }", "rule a: match.paths[0]: \"/{b}/{b}\": {b} stands here twice; write segments, {name} or * for any one, ** for any number: /v1/users/{user}/**")]
    [InlineData("{ id: a, effect: deny, match: { paths: [\"/{b}:c\"] } }", "rule a: match.paths[0]: \"/{b}:c\": braces hold a name, and stand for a whole segment; write segments, {name} or * for any one, ** for any number: /v1/users/{user}/**")]
    [InlineData("{ id: a, effect: deny, match: { paths: [\"/a*\"] } }", "rule a: match.paths[0]: \"/a*\": a star stands for a whole segment; write segments, {name} or * for any one, ** for any number: /v1/users/{user}/**")]
    [InlineData("{ id: a, effect: deny, match: { paths: [\"/a%20b\"] } }", "rule a: match.paths[0]: \"/a%20b\": patterns are compared with the decoded path, whose %, ?, #, ; and \\ only {name} and * match; write segments, {name} or * for any one, ** for any number: /v1/users/{user}/**")]
    [InlineData("{ id: a, effect: deny, match: { any: [{ paths: [\"/{b}\"] }] } }", "rule a: match.any[0].paths[0]: {b} is named in a group; name variables in the rule's own paths, where they hold whatever group matches; write * here")]
    [InlineData("{ id: a, effect: deny, match: { any: {}, not: [], all: [{}] } }", "rule a: match.any: this is a mapping; write a list: [ … ]|rule a: match.all[0]: no condition is written here; write one; paths: [\"/**\"] is every call|rule a: match.not: this is a list; write a mapping of keys and values")]
    // Who calls, for whom, where and when
    [InlineData("{ id: a, effect: deny, match: { agents: [biling-bot], agent_groups: [ops] } }", "rule a: match.agents[0]: \"biling-bot\" is no agent of agents.yaml; did you mean billing-bot? known are billing-bot|rule a: match.agent_groups[0]: \"ops\" is no group that an agent of agents.yaml is in; none is known here")]
    [InlineData("{ id: a, effect: deny, match: { on_behalf_of: [person:jon, group:finanse, joan, anybody] } }", "rule a: match.on_behalf_of[0]: \"person:jon\" is nobody in people.yaml; did you mean joan? known are ada, grace, hugo, joan|rule a: match.on_behalf_of[1]: \"group:finanse\" is no group of people.yaml; did you mean finance? known are finance, security|rule a: match.on_behalf_of[2]: \"joan\" is neither a group nor a person; write group: or person: before the name, or anyone|rule a: match.on_behalf_of[3]: \"anybody\" is neither a group nor a person; write group: or person: before the name, or anyone")]
    [InlineData("{ id: a, effect: deny, match: { environment: [production] } }", "rule a: match.environment[0]: \"production\" is the environment of no route; none is known here|rule a: match.environment: route api states no environment, so this cannot be told of its calls; write environment: at the head of the route's file")]
    [InlineData("{ id: a, effect: deny, match: { time: { zone: UTC } } }", "rule a: match.time: neither days nor hours are written here; write days: [mon, tue], hours: 08:00-18:00, or both")]
    [InlineData("{ id: a, effect: deny, match: { time: { days: [monday, tue] } } }", "rule a: match.time.days[0]: \"monday\" is not known here; known are mon, tue, wed, thu, fri, sat, sun|rule a: match.time.zone: this key is missing; name the zone whose clock is meant: Europe/Berlin, or UTC")]
    [InlineData("{ id: a, effect: deny, match: { time: { hours: 8-18, zone: Berlin } } }", "rule a: match.time.hours: \"8-18\" are no hours; write two times of day from 00:00 to 24:00, as in 08:00-18:00 or, over midnight, 22:00-06:00|rule a: match.time.zone: \"Berlin\" is no zone that is known here; write its name in the IANA database, as in Europe/Berlin, or UTC")]
    [InlineData("{ id: a, effect: deny, match: { time: { hours: 24:00-06:00, zone: ../etc/passwd } } }", "rule a: match.time.hours: \"24:00-06:00\" are no hours; write two times of day from 00:00 to 24:00, as in 08:00-18:00 or, over midnight, 22:00-06:00|rule a: match.time.zone: \"../etc/passwd\" is no zone that is known here; write its name in the IANA database, as in Europe/Berlin, or UTC")]
    [InlineData("{ id: a, effect: deny, match: { time: { hours: 08:00-08:00, zone: Europe/Nowhere } } }", "rule a: match.time.hours: \"08:00-08:00\" begins when it ends; leave hours out for whole days|rule a: match.time.zone: \"Europe/Nowhere\" is no zone that is known here; write its name in the IANA database, as in Europe/Berlin, or UTC")]
    [InlineData("{ id: a, effect: deny, match: { except: {}, time: 08:00 } }", "rule a: match.time: this is a single value; write a mapping of keys and values|rule a: match.except: no condition is written here; write one; paths: [\"/**\"] is every call")]
    // Fields and operators
    [InlineData("{ id: a, effect: deny, match: { where: [{ equals: x }] } }", "rule a: match.where[0].field: this key is missing; name the field: body.amount, form.Action, query.force, header.x-env, path.name")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: query.q }] } }", "rule a: match.where[0]: no operator is written here; write one: equals, in, contains, starts_with, ends_with, matches, gt, gte, lt, lte, exists, any, all")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: query.q, ge: 5 }] } }", "rule a: match.where[0].ge: this key is not known; did you mean gt? known are field, json, equals, in, contains, starts_with, ends_with, matches, gt, gte, lt, lte, exists, any, all|rule a: match.where[0]: no operator is written here; write one: equals, in, contains, starts_with, ends_with, matches, gt, gte, lt, lte, exists, any, all")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: forms.q, equals: 5 }] } }", "rule a: match.where[0].field: 'forms' is no part of a call: a field starts with path, query, header, body or form; write body.amount, form.Action, query.force, header.x-env or path.name")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: \"${env:X}\", equals: 5 }] } }", "rule a: match.where[0].field: '${env:X}' is no part of a call: a field starts with path, query, header, body or form; write body.amount, form.Action, query.force, header.x-env or path.name")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: header.AiAccess-Reason, exists: true }] } }", "rule a: match.where[0].field: header.aiaccess-reason never reaches a rule, so it would always be absent; the agent's key, its AiAccess-* claims and the headers of the connection end at the proxy; name another field")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: path.x, exists: true }] } }", "rule a: match.where[0].field: path.x is named by no pattern; give the rule paths that name it: /…/{x}")]
    [InlineData("{ id: a, effect: deny, redact: [path.x], match: { paths: [\"/{x}\", \"/a/b\"] } }", "rule a: redact[0]: path.x is not named by /a/b; name it {x} in each of the rule's paths")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: body.items.*.v, gt: 5 }] } }", "rule a: match.where[0].gt: body.items.*.v stands for many values, and gt is asked of one; say of how many: any: { gt: … } or all: { gt: … }")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: body.v, gt: \"5\", lte: high, exists: maybe }] } }", "rule a: match.where[0].gt: this is no number; write a number as JSON does, without quotes: 10000, 0.5, 1e6|rule a: match.where[0].lte: this is no number; write a number as JSON does, without quotes: 10000, 0.5, 1e6|rule a: match.where[0].exists: \"maybe\" is not known here; known are true, false")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: body.v, in: [] }] } }", "rule a: match.where[0].in: this list is empty; list something, or leave the key out")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: body.v, in: [5, five] }] } }", "rule a: match.where[0].in: these values are of different types, and a value of the call has only one; list values of one type; quote numbers that are meant as texts")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: query.v, equals: null }] } }", "rule a: match.where[0].equals: a path, query, header or form field is never null; ask for exists: false, or for the text \"null\"")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: body.v, any: {}, all: { exists: true } }] } }", "rule a: match.where[0].any: no operator is written here; write one: equals, in, contains, starts_with, ends_with, matches, gt, gte, lt, lte|rule a: match.where[0].all.exists: this key is not known; known are equals, in, contains, starts_with, ends_with, matches, gt, gte, lt, lte")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: body.v, equals: no }] } }", "rule a: match.where[0].equals: \"no\" without quotes means different things to different readers of YAML; quote it if it is a text; otherwise write true, false, null, or a number as JSON does")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: body.v, equals: { a: 1 } }] } }", "rule a: match.where[0].equals: this is a mapping; write a single value")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: body.v, contains: 5, starts_with: \"\", ends_with: true }] } }", "rule a: match.where[0].contains: this is no text; quote it if it is meant as one: \"5\"|rule a: match.where[0].starts_with: nothing stands in every text; write at least one character, or ask for exists: true|rule a: match.where[0].ends_with: this is no text; quote it if it is meant as one: \"5\"")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: body.v, matches: \"(a\" }] } }", "rule a: match.where[0].matches: \"(a\" is no regular expression; correct it; a backslash in double quotes is written twice")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: body.v, matches: \"a)(?:b\" }] } }", "rule a: match.where[0].matches: \"a)(?:b\" is no regular expression; correct it; a backslash in double quotes is written twice")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: body.v, matches: \"(?=a)b\" }] } }", "rule a: match.where[0].matches: \"(?=a)b\" cannot be matched in time linear in the text; do without lookaround, backreferences, atomic groups and high counts")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: body.v, matches: \"(a{1,1000}){1,1000}\" }] } }", "rule a: match.where[0].matches: \"(a{1,1000}){1,1000}\" cannot be matched in time linear in the text; do without lookaround, backreferences, atomic groups and high counts")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: body.v, matches: \"${agent.id}.*\" }] } }", "rule a: match.where[0].matches: a pattern takes no references; compare with equals or starts_with; a '$' before a brace is written [$]")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: body.v, equals: \"${agent.name}\" }] } }", "rule a: match.where[0].equals: ${agent.name} is no reference; known are ${on_behalf_of.id}, ${agent.id}, ${agent.owner}, ${env:NAME} and ${file:/path}")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: body.v, in: [\"${env:UNSET}-${agent.id}\"] }] } }", "rule a: match.where[0].in[0]: environment variable UNSET is not set; set it before the start, or correct its name")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: body.v, gt: \"${agent.id}\" }] } }", "rule a: match.where[0].gt: this is no number; write a number as JSON does, without quotes: 10000, 0.5, 1e6")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: body.v, json: a..b, exists: true }] } }", "rule a: match.where[0].json: a name is missing at character 3 of 'a..b'; a name with a dot, a space, a quote or a brace is quoted; write the steps that lead through the text's JSON, as in Statement.*.Action")]
    [InlineData("{ id: a, effect: deny, match: { where: [{ field: body.v, json: \"*.b\", equals: x }] } }", "rule a: match.where[0].equals: *.b stands for many values, and equals is asked of one; say of how many: any: { equals: … } or all: { equals: … }")]
    // What people see
    [InlineData("{ id: a, effect: require_approval, match: { " + Any + " }, summary: \"{body.a\", approval: { need: [{ from: [person:joan] }] } }", "rule a: summary: a '{' is not closed; write fields in braces, \"Refund {body.amount}\"; a brace itself is written twice")]
    [InlineData("{ id: a, effect: require_approval, match: { " + Any + " }, summary: \"a}\", approval: { need: [{ from: [person:joan] }] } }", "rule a: summary: a '}' closes nothing; write fields in braces, \"Refund {body.amount}\"; a brace itself is written twice")]
    [InlineData("{ id: a, effect: require_approval, match: { " + Any + " }, summary: \"{amount} {path.x}\", approval: { need: [{ from: [person:joan] }] } }", "rule a: summary: 'amount' is no part of a call: a field starts with path, query, header, body or form; write fields in braces, \"Refund {body.amount}\"; a brace itself is written twice")]
    [InlineData("{ id: a, effect: require_approval, match: { " + Any + " }, summary: \"{path.x}\", require: [why], show: [body..a], approval: { need: [{ from: [person:joan] }] } }", "rule a: show[0]: a name is missing at character 6 of 'body..a'; a name with a dot, a space, a quote or a brace is quoted; write body.amount, form.Action, query.force, header.x-env or path.name|rule a: summary: path.x is not named by /**; name it {x} in each of the rule's paths|rule a: require[0]: \"why\" is not known here; known are reason, change, commit, prompt, session")]
    // Approval
    [InlineData("{ id: a, effect: require_approval, match: { " + Any + " } }", "rule a: approval: this key is missing; say who has to agree, here or once for the route")]
    [InlineData("{ id: a, effect: require_approval, match: { " + Any + " }, approval: { decide_within: 31d, use_within: 0s } }", "rule a: approval.need: this key is missing; say who has to agree: [{ approvals: 1, from: [group:name] }]|rule a: approval.decide_within: \"31d\" is out of range; write something from 1s to 30d|rule a: approval.use_within: \"0s\" is out of range; write something from 1s to 1d")]
    [InlineData("{ id: a, effect: require_approval, match: { " + Any + " }, approval: { need: [{ approvals: 0, from: [group:finance] }, { approvals: 1 }] } }", "rule a: approval.need[0].approvals: \"0\" is no number of approvals; write a number from 1 to 20|rule a: approval.need[1].from: this key is missing; say whose approval counts: [group:name] or [person:id]")]
    [InlineData("{ id: a, effect: require_approval, match: { " + Any + " }, approval: { need: [{ from: [group:finanse, person:jon, finance] }] } }", "rule a: approval.need[0].from[0]: \"group:finanse\" is no group of people.yaml; did you mean finance? known are finance, security|rule a: approval.need[0].from[1]: \"person:jon\" is nobody in people.yaml; did you mean joan? known are ada, grace, hugo, joan|rule a: approval.need[0].from[2]: \"finance\" is neither a group nor a person; write group: or person: before the name")]
    [InlineData("{ id: a, effect: require_approval, match: { " + Any + " }, approval: { need: [{ approvals: 3, from: [group:security, person:joan] }] } }", "rule a: approval.need[0]: 3 approvals are asked of 2 people, so nobody could ever give them; ask for fewer approvals, or name more people")]
    [InlineData("{ id: a, effect: require_approval, match: { " + Any + " }, approval: { need: [{ approvals: 2, from: [group:security] }, { from: [person:hugo] }] } }", "rule a: approval.need: one person meets one need only, and there are not enough people for all of them; ask for fewer approvals, or name more people")]
    [InlineData("{ id: a, effect: require_approval, match: { " + Any + " }, approval: { need: [{ from: [person:ada] }] } }", "rule a: approval.need: of every agent, those who could approve own it or are acted for, so nobody could ever approve; name people who answer for no agent")]
    public void A_rule_is_told_what_is_wrong_with_it(string rule, string expected) =>
        Same(string.Join('\n', expected.Split('|').Select(line => $"api.yaml:6: {line}")), $"{Head}rules:\n  - {rule}\n");

    [Fact]
    public void An_environment_that_another_route_states_is_not_this_one() => Assert.Equal(
        ["b.yaml:7: rule a: match.environment[0]: \"prodution\" is the environment of no route; did you mean production? known are production, test"],
        Assert.IsType<PolicyLoad.Refused>(Some.Load(
            ("a.yaml", $"{Head}environment: production\n"),
            ("b.yaml", Head.Replace("api", "b", StringComparison.Ordinal) + "environment: test\nrules:\n  - { id: a, effect: deny, match: { environment: [prodution] } }\n")))
            .Problems.Select(problem => problem.ToString()));

    [Fact]
    public void Two_rules_of_one_id_are_told() => Same(
        "api.yaml:7: rules[1].id: there is a rule a already; give each rule of a file an id of its own",
        $"{Head}rules:\n  - {{ id: a, effect: deny, match: {{ {Any} }} }}\n  - {{ id: a, effect: allow, match: {{ {Any} }} }}\n");

    [Fact]
    public void More_needs_than_anybody_could_follow_are_told()
    {
        var needs = string.Join(", ", Enumerable.Repeat("{ from: [group:security] }", 21));
        Same(
            "api.yaml:6: rule a: approval.need: these are more than 20 needs; join those that the same people meet",
            $"{Head}rules:\n  - {{ id: a, effect: require_approval, match: {{ {Any} }}, approval: {{ need: [{needs}] }} }}\n");
    }

    [Fact]
    public void All_problems_of_all_files_are_told_at_once_in_order()
    {
        var refused = Assert.IsType<PolicyLoad.Refused>(Some.Load(
            ("b.yaml", "version: 1\nroute: b\nprefix: /b\n"), ("a.yaml", "rules: []\nversion: 3\nroute: a\n"), ("people.yaml", "version: 1\npeople: x\n")));
        Assert.Equal(
            ["a.yaml:1", "a.yaml:1", "a.yaml:2", "b.yaml:1", "people.yaml:2"],
            refused.Problems.Select(problem => $"{problem.File}:{problem.Line}"));
    }

    [Fact]
    public void Two_routes_of_one_name_or_prefix_are_told()
    {
        var refused = Assert.IsType<PolicyLoad.Refused>(Some.Load(("a.yaml", Head), ("b.yaml", Head), ("c.yaml", Head.Replace("route: api", "route: c", StringComparison.Ordinal))));
        Assert.Equal(
            [
                "b.yaml:2: route: route api is in a.yaml already; give each route an id of its own",
                "b.yaml:3: prefix: prefix /api is that of a.yaml already; give each route a prefix of its own",
                "c.yaml:3: prefix: prefix /api is that of a.yaml already; give each route a prefix of its own",
                "c.yaml:3: prefix: prefix /api is that of b.yaml already; give each route a prefix of its own",
            ],
            refused.Problems.Select(problem => problem.ToString()));
    }

    private static void Same(string expected, string file)
    {
        var refused = Assert.IsType<PolicyLoad.Refused>(Some.Load(("api.yaml", file)));
        Assert.Equal(expected.ReplaceLineEndings("\n"), string.Join('\n', refused.Problems.Select(problem => problem.ToString())));
    }
}
