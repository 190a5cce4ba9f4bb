import { readdir, readFile } from "node:fs/promises";
import { allEndpoints } from "@minka/contracts/all-endpoints";
import * as brokeringReasons from "@minka/contracts/brokering-reasons";
import { allDisputeReasons } from "@minka/contracts/disputes";
import {
  emptyReasons,
  matchReasons,
  planFailures,
  planReasons,
  requestReasons,
  whyNotReasons,
} from "@minka/contracts/reason-codes";
import { caseloadRefusals } from "@minka/contracts/caseloads";
import { kinds } from "@minka/domain/vocabulary";
import { statusOf } from "@minka/http/errors";
import { runForTest, type TestRun } from "@minka/test-kit/run-for-test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { documentedPath, type ApiDocument } from "../src/pages/reference/describe-api.ts";
import { examples } from "../src/pages/reference/examples.ts";
import { offerBodies } from "../src/pages/reference/offer-bodies.ts";
import { generalRefusals, refusals } from "../src/pages/reference/refusals.ts";
import { web } from "../src/service.ts";

const move = "/api/matching/plan-visits/{planVisitId}/move";

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
  (_, { method, path, status = 200, body, download }) => {
    const operation = document.paths[documentedPath(path)]?.[method.toLowerCase()];
    for (const type of download?.contentTypes ?? ["application/json"])
      expect(operation?.responses[status]?.content).toHaveProperty([type, "schema"]);
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
    const requests = "request" in example ? [example.request] : Object.values(example.requests ?? {});
    for (const request of requests) expect(endpoint?.body?.safeParse(request).error).toBeUndefined();
    expect(endpoint?.answer.safeParse(example.answer).error).toBeUndefined();
    const documented =
      document.paths[documentedPath(endpoint?.path ?? "")]?.[endpoint?.method.toLowerCase() ?? ""];
    expect(documented?.responses[endpoint?.status ?? 200]?.content?.["application/json"]?.example).toEqual(
      example.answer,
    );
  },
);

test("publishing an offer has an example of each kind", () => {
  expect(Object.keys(offerBodies)).toEqual([...kinds]);
  expect(
    document.paths["/api/catalog/providers/{providerId}/offers"]?.["post"]?.requestBody?.content,
  ).toMatchObject({ "application/json": { examples: { credit: { value: offerBodies.credit } } } });
});

test("puts each operation under a heading, and none is empty", () => {
  const used = Object.values(document.paths).flatMap((operations) =>
    Object.values(operations).flatMap(({ tags }) => tags),
  );
  expect(new Set(used)).toEqual(new Set(document.tags?.map(({ name }) => name)));
});

test("shows the first sentence of each operation as plain text, and nothing that only a validator reads", () => {
  for (const operations of Object.values(document.paths)) {
    for (const { summary } of Object.values(operations)) expect(summary).not.toMatch(/`|\.\s+\S/);
  }
  expect(JSON.stringify(document)).not.toMatch(/9007199254740991|0-9a-fA-F/);
});

/** Every code that the source gives to a reason, by file; what it compares with is none. */
async function codesIn(folder: string): Promise<Map<string, string[]>> {
  const root = new URL(`../../../${folder}/`, import.meta.url);
  const found = new Map<string, string[]>();
  for (const file of await readdir(root, { recursive: true })) {
    if (!file.endsWith(".ts") || file.endsWith("tables.ts")) continue;
    const whole = await readFile(new URL(file, root), "utf8");
    const source = whole.replaceAll(/(\.includes\(|=== )"[\w-]+"/g, "");
    const given = source.matchAll(
      /\b(?:code|reason|emptyBecause|noWomanNear)(?::| =) ([^,;}]*)|\bsay\(([^,;]*)|\bgiveUp\(([^;]*)/g,
    );
    const codes = [...given].flatMap((words) => [...words.join().matchAll(/"([a-z][a-z-]+)"/g)]);
    found.set(file, [...new Set(codes.flatMap(([, code]) => code ?? []))]);
  }
  return found;
}

test("has every code that a reason may have, with what it means, where the reason is described", async () => {
  const matching = await codesIn("services/matching/src");
  const keys = (...lists: object[]) => new Set(lists.flatMap((list) => Object.keys(list)));
  expect(keys(matchReasons)).toEqual(new Set(matching.get("ranking/explain.ts")));
  const known: [RegExp, Set<string>][] = [
    [/^ranking\/explain\.ts$/, keys(matchReasons)],
    [/^ranking\/explain-offer\.ts$/, keys(whyNotReasons)],
    [/^plans\/agree-visit\.ts$/, keys(matchReasons)],
    [/^plans\/leave-agreement\.ts$/, keys(requestReasons)],
    // Refusals of a move, which the operation names.
    [
      /^plans\/check-move\.ts$/,
      new Set(document.paths[move]?.["post"]?.description.match(/[a-z]+(-[a-z]+)+/g)),
    ],
    [/^disputes\//, new Set([...keys(requestReasons), ...allDisputeReasons])],
    [/^plans\//, keys(planReasons, planFailures)],
    [/^caseloads\//, new Set(caseloadRefusals)],
    [/./, keys(requestReasons)],
  ];
  let seen = 0;
  for (const [file, codes] of matching) {
    const [, list] = known.find(([pattern]) => pattern.test(file)) ?? [];
    for (const code of codes) expect(list, file).toContain(code);
    seen += codes.length;
  }
  expect(seen).toBeGreaterThan(60);
  for (const [file, codes] of await codesIn("packages/visit-planning/src"))
    if (file === "month.ts") expect([...codes].filter((code) => !(code in planReasons))).toEqual([]);
  for (const code of Object.keys(emptyReasons)) expect(requestReasons).toHaveProperty(code);

  const described = JSON.stringify(document.paths["/api/matching/requests/{requestId}"]);
  for (const code of keys(matchReasons, requestReasons)) expect(described).toContain(`\`${code}\`: `);
  const visits = JSON.stringify(document.paths["/api/matching/plans/{planId}/visits"]);
  for (const code of keys(planReasons)) expect(visits).toContain(`\`${code}\`: `);
  const explained = JSON.stringify(
    document.paths["/api/matching/requests/{requestId}/offers/{offerId}/explanation"],
  );
  for (const code of keys(whyNotReasons)) expect(explained).toContain(`\`${code}\`: `);
});

test("has every code of what is pooled and lent, with what it means, where the reason is described", async () => {
  const described = JSON.stringify(document.paths);
  const known = Object.values(brokeringReasons).flatMap((reasons) => Object.keys(reasons));
  for (const code of known) expect(described).toContain(`\`${code}\`: `);
  // Which payment it repeats is said where payments are.
  expect(described).toContain("`same-cash-again`");
  let seen = 0;
  for (const folder of ["services/brokering/src", "packages/pooling/src"])
    for (const [file, codes] of await codesIn(folder)) {
      const told = codes.filter((code) => code.includes("-") && code !== "same-cash-again");
      for (const code of told) expect(known, file).toContain(code);
      seen += told.length;
    }
  expect(seen).toBeGreaterThan(30);
});

/** Every refusal that the code of a service or package makes, as "status code". */
async function refusalsOf(...folders: string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const folder of folders) {
    const root = new URL(`../../../${folder}/src/`, import.meta.url);
    for (const file of await readdir(root, { recursive: true })) {
      if (!file.endsWith(".ts")) continue;
      const source = await readFile(new URL(file, root), "utf8");
      for (const [, category, code] of source.matchAll(/DomainError\(\s*"([\w-]+)",\s*"([\w-]+)"/g)) {
        found.add(`${statusOf[category as keyof typeof statusOf]} ${code}`);
      }
    }
  }
  return found;
}

test("names no refusal that nobody makes, and no operation that there is not", async () => {
  const made = await refusalsOf(
    ...["brokering", "catalog", "matching", "profiles"].map((service) => `services/${service}`),
    ...["auth", "contracts", "database", "domain", "http"].map((name) => `packages/${name}`),
  );
  const operations = new Set(allEndpoints.map(({ method, path }) => `${method} ${path}`));
  for (const [operation, named] of Object.entries(refusals)) {
    expect(operations).toContain(operation);
    for (const refusal of named) expect(made, operation).toContain(refusal);
  }
  const byFramework = ["bad-request", "body-too-large", "unsupported-media-type"];
  for (const [status, code] of generalRefusals) {
    if (!byFramework.includes(code)) expect(made).toContain(`${status} ${code}`);
  }
});

test("names every refusal of requests and matches", async () => {
  const named = new Set(Object.values(refusals).flat());
  for (const refusal of await refusalsOf("services/matching")) {
    if (refusal !== "403 not-allowed") expect(named).toContain(refusal);
  }
});

test("names every refusal of joint purchases, lots, credit and payments", async () => {
  const named = new Set(Object.values(refusals).flat());
  // Between services, and of what two of them agree on alone.
  const inside = ["404 no-such-question", "404 no-such-news", "409 more-than-owed"];
  for (const refusal of await refusalsOf("services/brokering"))
    if (!inside.includes(refusal)) expect(named).toContain(refusal);
  const untold = allEndpoints.filter(
    ({ method, path, access }) =>
      path.startsWith("/api/brokering/") &&
      access.some((who) => who !== "service") &&
      !(`${method} ${path}` in refusals),
  );
  expect(untold.map(({ path }) => path)).toEqual([]);
});

test("describes what the gateways call", () => {
  expect(document.paths["/sms/android/webhooks"]?.["post"]?.requestBody?.content).toHaveProperty(
    "application/json",
  );
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
