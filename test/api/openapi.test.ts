import { expect, test } from "vitest";
import { apiRoutes } from "../../shared/contracts/api.ts";
import type { ApiRoute } from "../../shared/contracts/api.ts";
import { openApiDocument } from "../../lambdas/api/openapi.ts";

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, unknown>>;
}
const document = openApiDocument("1.2.3") as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
};

test("every route is there with what it is asked", () => {
  const routes = Object.entries(apiRoutes) as [string, ApiRoute][];
  const found = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  );
  expect(found.map(({ operationId }) => operationId).sort()).toEqual(routes.map(([name]) => name).sort());
  for (const { path, method, operationId, parameters, requestBody, responses } of found) {
    const route = apiRoutes[operationId as keyof typeof apiRoutes] as ApiRoute;
    expect(method.toUpperCase()).toBe(route.method);
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(
      parameters
        .filter((each) => each.in === "path")
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...inPath].map(String).sort());
    expect(requestBody !== undefined).toBe(route.body !== undefined);
    expect(Object.keys(responses)).toEqual([
      String(route.answer === null ? 206 : (route.status ?? 200)),
      "default",
    ]);
  }
});

test("what it refers to is there", () => {
  const text = JSON.stringify(document);
  for (const [, reference] of text.matchAll(/"\$ref":"([^"]+)"/g)) {
    const path = reference!.replace(/^#\//, "").split("/");
    const target = path.reduce<unknown>(
      (at, key) => (at as Record<string, unknown> | undefined)?.[key],
      document,
    );
    expect(target, reference).toBeDefined();
  }
});
