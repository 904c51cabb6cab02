using System.Text.Json.Nodes;
using AiAccessProxy.Control.Api.Shapes;

namespace AiAccessProxy.Control.Api.Describing;

/// <summary>The API as an OpenAPI 3.1 document, made from the table that serves it and from the types that are read and written.</summary>
internal static class OpenApiDocument
{
    /// <summary>Of the API, not of the program: it moves when a client would have to.</summary>
    public const string Version = "1.0.0";

    /// <summary>What any operation may answer besides its own.</summary>
    private static readonly (int Status, string Kinds)[] Common =
    [
        (400, "bad-request"), (401, "sign-in-needed, unknown-key"), (403, "agent-key"), (421, "foreign-host"), (429, "too-many-tries"),
        (500, "internal-error"), (503, "not-recordable"),
    ];

    public static JsonObject Of(IReadOnlyList<ApiEndpoint> endpoints)
    {
        var schemas = new Schemas();
        var paths = new JsonObject();
        foreach (var path in endpoints.GroupBy(endpoint => endpoint.Path))
        {
            var item = new JsonObject();
            foreach (var endpoint in path) item[endpoint.Method.ToLowerInvariant()] = Operation(endpoint, schemas);
            paths[path.Key] = item;
        }

        return new()
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "AiAccessProxy",
                ["version"] = Version,
                ["summary"] = "What reviewers and operators do, for programs.",
                ["description"] = "Every request carries a person's key or token as `Authorization: Bearer`; agents have no business here. " +
                    "Bodies are strict JSON: an unknown member is an error, and so is an unknown query parameter. What is refused is an RFC 9457 problem; " +
                    "its kinds stand in docs/problems.md.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/", ["description"] = "The control plane that serves this document." }),
            ["security"] = new JsonArray(new JsonObject { ["person"] = new JsonArray() }),
            ["tags"] = new JsonArray([.. endpoints.Select(endpoint => endpoint.Tag).Distinct().Select(tag => new JsonObject { ["name"] = tag, ["description"] = Tag(tag) })]),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.All(),
                ["securitySchemes"] = new JsonObject
                {
                    ["person"] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "bearer",
                        ["description"] = "A person's key, or their token of a provider that people.yaml names.",
                    },
                },
            },
        };
    }

    private static JsonObject Operation(ApiEndpoint endpoint, Schemas schemas)
    {
        var operation = new JsonObject
        {
            ["operationId"] = endpoint.Id,
            ["tags"] = new JsonArray(endpoint.Tag),
            ["summary"] = endpoint.Summary,
        };
        if (endpoint.Description is { } description) operation["description"] = description;
        if (endpoint.Parameters.Count > 0) operation["parameters"] = new JsonArray([.. endpoint.Parameters.Select(Parameter)]);
        if (endpoint.Body is { } body)
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = Content("application/json", schemas.Reference(body)),
            };
        }

        operation["responses"] = Responses(endpoint, schemas);
        return operation;
    }

    private static JsonObject Parameter(ApiParameter parameter)
    {
        var described = new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = parameter.In,
            ["description"] = parameter.Description,
            ["schema"] = parameter.IsList
                ? new JsonObject { ["type"] = "array", ["items"] = parameter.Schema.DeepClone(), ["maxItems"] = 50 }
                : parameter.Schema.DeepClone(),
        };
        if (parameter.In == "path") described["required"] = true;
        return described;
    }

    private static JsonObject Responses(ApiEndpoint endpoint, Schemas schemas)
    {
        var answer = endpoint.Answer;
        var good = new JsonObject { ["description"] = answer.Description };
        if (answer.Headers.Count > 0)
        {
            good["headers"] = new JsonObject(answer.Headers.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)new JsonObject
            {
                ["description"] = header.Value,
                ["schema"] = new JsonObject { ["type"] = "string" },
            })));
        }

        good["content"] = Content(answer.MediaType, answer.MediaType == "application/json" ? schemas.Reference(answer.Body) : Lines(answer, schemas));
        var responses = new JsonObject { [$"{answer.Status}"] = good };
        var problems = Common.Concat(endpoint.Problems).GroupBy(problem => problem.Item1).OrderBy(group => group.Key);
        foreach (var status in problems)
        {
            responses[$"{status.Key}"] = new JsonObject
            {
                ["description"] = $"Refused: {string.Join(", ", status.Select(problem => problem.Item2).Distinct())}.",
                ["content"] = Content("application/problem+json", schemas.Reference(typeof(ProblemJson))),
            };
        }

        return responses;
    }

    /// <summary>What comes bit by bit has no schema as a whole in 3.1; that of a bit is referred to beside it.</summary>
    private static JsonObject Lines(ApiAnswer answer, Schemas schemas) => new()
    {
        ["type"] = "string",
        ["contentMediaType"] = "application/json",
        ["x-item"] = schemas.Reference(answer.Body),
    };

    private static JsonObject Content(string type, JsonObject schema) => new() { [type] = new JsonObject { ["schema"] = schema } };

    private static string Tag(string tag) => tag switch
    {
        "tickets" => "Calls that wait for people, and what people say to them.",
        "agents" => "Who may call, and what was decided about them since.",
        "people" => "Who may decide.",
        "policy" => "The rules in force, and what they would say.",
        "ledger" => "What is on record.",
        _ => "The program itself.",
    };
}
