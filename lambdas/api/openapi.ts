import * as z from "zod";
import { apiRoutes } from "../../shared/contracts/api.ts";
import type { ApiRoute } from "../../shared/contracts/api.ts";
import { PROBLEM_MEDIA_TYPE, problem } from "../../shared/contracts/problem.ts";

type Json = Record<string, unknown>;

/** Any JSON value, such as a setting, is a schema that holds itself: said in place, it is the one that takes anything. */
function withoutDefinitions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefinitions);
  if (value === null || typeof value !== "object") return value;
  if ("$ref" in value) return {};
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "$defs" && key !== "$schema")
      .map(([key, held]) => [key, withoutDefinitions(held)]),
  );
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  return withoutDefinitions(z.toJSONSchema(schema, { io, unrepresentable: "any" })) as Json;
}

function parametersOf(schema: z.ZodObject | undefined, place: "path" | "query"): Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => {
    const type = field as z.ZodType;
    return {
      name,
      in: place,
      required: place === "path" || !type.safeParse(undefined).success,
      schema: schemaOf(type, "input"),
    };
  });
}

function answersOf({ answer, status }: ApiRoute): Json {
  const bytes = { "application/octet-stream": { schema: { type: "string", format: "binary" } } };
  return {
    [String(answer === null ? 206 : (status ?? 200))]: {
      description: answer === null ? "A part of the file" : "Done",
      content: answer === null ? bytes : { "application/json": { schema: schemaOf(answer, "output") } },
    },
    default: {
      description: "What went wrong",
      content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: "#/components/schemas/Problem" } } },
    },
  };
}

function operationOf(name: string, route: ApiRoute): Json {
  return {
    operationId: name,
    summary: route.summary,
    tags: [route.right],
    ...(route.right === "open" ? { security: [] } : {}),
    parameters: [...parametersOf(route.params, "path"), ...parametersOf(route.query, "query")],
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { "application/json": { schema: schemaOf(route.body, "input") } },
          },
        }),
    responses: answersOf(route),
  };
}

/** The API in OpenAPI 3.1, made of the table that the app and its client are made of. */
export function openApiDocument(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const [name, route] of Object.entries(apiRoutes) as [string, ApiRoute][]) {
    const path = `/api${route.path.replaceAll(/:(\w+)(?:\{[^}]*\})?/g, "{$1}")}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(name, route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "ant-clio",
      version,
      description: "What people use an AI assistant for: runs, what they found, and how they go.",
    },
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
      schemas: { Problem: schemaOf(problem, "output") },
    },
  };
}
