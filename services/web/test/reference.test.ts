import { allEndpoints } from "@minka/contracts/all-endpoints";
import { runForTest, type TestRun } from "@minka/test-kit/run-for-test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { documentedPath, type ApiDocument } from "../src/pages/reference/describe-api.ts";
import { examples } from "../src/pages/reference/examples.ts";
import { web } from "../src/service.ts";

let run: TestRun;
let document: ApiDocument;

beforeAll(async () => {
  run = await runForTest([web]);
  document = (await run.app.inject("/openapi.json")).json();
});

afterAll(() => run.stop());

test("is an OpenAPI 3.1 document", () => {
  expect(document.openapi).toBe("3.1.0");
  expect(document.info).toMatchObject({ title: "Minka", version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
});

test.each(allEndpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const))(
  "describes %s, with its answer and its refusals",
  (_, { method, path, status = 200, body }) => {
    const operation = document.paths[documentedPath(path)]?.[method.toLowerCase()];
    expect(operation?.responses[status]?.content).toHaveProperty(["application/json", "schema"]);
    expect(operation?.responses["4XX"]?.content).toHaveProperty(["application/problem+json", "schema"]);
    expect(operation?.requestBody !== undefined).toBe(body !== undefined);
  },
);

test("names each operation once, and declares each parameter of a path", () => {
  const names: string[] = [];
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const operation of Object.values(operations)) {
      names.push(operation.operationId);
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(new Set(declared.map(({ name }) => name))).toEqual(new Set(inPath));
    }
  }
  expect(new Set(names).size).toBe(names.length);
});

test.each(Object.entries(examples))(
  "the example of %s is one that the endpoint takes and gives",
  (name, example) => {
    const endpoint = allEndpoints.find(({ method, path }) => `${method} ${path}` === name);
    expect(endpoint).toBeDefined();
    if ("request" in example) expect(endpoint?.body?.safeParse(example.request).error).toBeUndefined();
    expect(endpoint?.answer.safeParse(example.answer).error).toBeUndefined();
    const documented =
      document.paths[documentedPath(endpoint?.path ?? "")]?.[endpoint?.method.toLowerCase() ?? ""];
    expect(documented?.responses[endpoint?.status ?? 200]?.content?.["application/json"]?.example).toEqual(
      example.answer,
    );
  },
);

test("describes what Twilio calls", () => {
  expect(document.paths["/sms/twilio/inbound"]?.["post"]?.requestBody?.content).toHaveProperty(
    "application/x-www-form-urlencoded",
  );
  expect(document.paths["/sms/twilio/status"]).toBeDefined();
});

test("shows itself to people at /docs", async () => {
  const page = await run.app.inject("/docs");
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain("swagger-ui-bundle.js");
  expect(page.body).not.toMatch(/<script(?![^>]*\ssrc=)/);
  expect(page.headers["content-security-policy"]).toContain("script-src 'self'");
  expect((await run.app.inject("/docs/static/swagger-ui-bundle.js")).statusCode).toBe(200);
  expect((await run.app.inject("/docs/json")).json()).toEqual(document);
});
