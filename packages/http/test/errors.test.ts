import { DomainError } from "@minka/domain/errors";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { expect, test } from "vitest";
import { z } from "zod";
import { announce, mountAnnounce, open, person, startApp } from "./app-for-test.ts";

const lots = "/api/test/lots/cacao";

async function post(payload: unknown, extra: { url?: string; headers?: Record<string, string> } = {}) {
  const { app, token } = await startApp(mountAnnounce);
  return app.inject({
    method: "POST",
    url: extra.url ?? lots,
    headers: { "content-type": "application/json", ...token(person), ...extra.headers },
    payload: typeof payload === "string" ? payload : JSON.stringify(payload),
  });
}

test("an answer is what the contract says, with its status", async () => {
  const response = await post({ kilos: 900, places: [] });
  expect(response.statusCode).toBe(201);
  expect(response.json()).toEqual({ id: "lot-cacao", kilos: 900 });
});

test("input that is wrong names every field and where it is", async () => {
  const response = await post({ kilos: 0, places: [{ code: "220101" }, { code: "22" }] });
  expect(response.statusCode).toBe(422);
  expect(response.headers["content-type"]).toContain("application/problem+json");
  const problem = response.json();
  expect(problem).toMatchObject({ status: 422, code: "invalid-input", type: "about:blank#invalid-input" });
  expect(problem.errors.map(({ path }: { path: string }) => path)).toEqual([
    "body.kilos",
    "body.places.1.code",
  ]);
  expect(problem.requestId).toBe(response.headers["x-request-id"]);
});

test.each([
  ["a parameter", "/api/test/lots/maize", "params.crop"],
  ["a query", `${lots}?draft=perhaps`, "query.draft"],
])("%s that is wrong is named too", async (_what, url, path) => {
  const response = await post({ kilos: 1, places: [] }, { url });
  expect(response.statusCode).toBe(422);
  expect(response.json().errors).toEqual([{ path, message: expect.any(String) }]);
});

test("a filter that there is not is named instead of letting everything through", async () => {
  const wrong = await post({ kilos: 1, places: [] }, { url: `${lots}?drafts=true&limits=1` });
  expect(wrong.statusCode).toBe(422);
  expect(wrong.json().errors).toEqual([
    { path: "query.drafts", message: "is not known here" },
    { path: "query.limits", message: "is not known here" },
  ]);
  const { app, token } = await startApp((routes) =>
    mountEndpoint(routes, open(["person"]), async () => ({ done: true })),
  );
  const call = async (url: string) => app.inject({ method: "POST", url, headers: token(person) });
  expect((await call("/api/test/open")).statusCode).toBe(200);
  expect((await call("/api/test/open?drafts=true")).json().errors).toEqual([
    { path: "query.drafts", message: "is not known here" },
  ]);
});

const visit = z.union([
  z.object({ sessionId: z.uuid() }).strict(),
  z
    .object({ providerId: z.uuid(), at: z.union([z.object({ day: z.iso.date() }), z.literal("soon")]) })
    .strict(),
]);
const answer = z.discriminatedUnion("accept", [
  z.object({ accept: z.literal(true) }),
  z.object({ accept: z.literal(false), days: z.array(z.iso.date()) }),
]);
const kind = z.union([
  z.object({ kind: z.literal("buyer"), price: z.int() }),
  z.object({ kind: z.literal("lender"), rate: z.number(), months: z.int() }),
]);

test.each([
  ["the branch that has the field", visit, { at: { day: "x" } }, ["body.providerId", "body.at.day"]],
  ["the branch that lacks least", visit, {}, ["body.sessionId"]],
  ["the branch within a branch", visit, { sessionId: "x", extra: 1 }, ["body.sessionId", "body.extra"]],
  ["the branch whose name was given", kind, { kind: "lender" }, ["body.rate", "body.months"]],
  ["the branch that was chosen", answer, { accept: false, days: ["x"] }, ["body.days.0"]],
  ["the field that chooses", answer, { accept: "x" }, ["body.accept"]],
  ["the body itself", kind, [], ["body"]],
])("of a body of several shapes, %s is told", async (_which, body, payload, paths) => {
  const { app, token } = await startApp((routes) =>
    mountEndpoint(routes, { ...open(["person"]), body }, async () => ({ done: true })),
  );
  const response = await app.inject({
    method: "POST",
    url: "/api/test/open",
    headers: token(person),
    payload,
  });
  expect(response.statusCode).toBe(422);
  expect(response.json().errors.map(({ path }: { path: string }) => path)).toEqual(paths);
  expect(response.body).not.toContain('"Invalid input"');
});

test.each([
  ["JSON that breaks off", '{"kilos": 1', {}, 400, "bad-request"],
  ["no JSON at all", "kilos", {}, 400, "bad-request"],
  ["a body that is too large", JSON.stringify({ kilos: "x".repeat(300_000) }), {}, 413, "body-too-large"],
  ["plain text", "kilos", { "content-type": "text/plain" }, 415, "unsupported-media-type"],
  ["another content type", "<kilos/>", { "content-type": "text/xml" }, 415, "unsupported-media-type"],
])("%s is a problem with a code of its own", async (_what, payload, headers, status, code) => {
  const response = await post(payload, { headers });
  expect(response.statusCode).toBe(status);
  expect(response.headers["content-type"]).toContain("application/problem+json");
  expect(response.json()).toMatchObject({ status, code });
});

test("an address that nobody serves is a problem too, and a known address with another method", async () => {
  const { app } = await startApp(mountAnnounce);
  for (const request of [{ url: "/api/nothing" }, { method: "DELETE" as const, url: lots }]) {
    const response = await app.inject({ ...request, headers: { accept: "application/json" } });
    expect(response.statusCode).toBe(404);
    expect(response.headers["content-type"]).toContain("application/problem+json");
    expect(response.json()).toMatchObject({ code: "no-such-route" });
  }
});

test("what breaks inside answers 500 without a word about it, and is logged", async () => {
  const { app, lines, token } = await startApp((routes) =>
    mountEndpoint(routes, open(["person"]), () => Promise.reject(new Error("the secret cause"))),
  );
  const response = await app.inject({ method: "POST", url: "/api/test/open", headers: token(person) });
  expect(response.statusCode).toBe(500);
  expect(response.json()).toMatchObject({ code: "internal-error" });
  expect(response.body).not.toContain("secret cause");
  expect(lines.join("")).toContain("the secret cause");
});

test("an answer that breaks the contract is our fault and does not leave", async () => {
  const { app, token } = await startApp((routes) =>
    mountEndpoint(routes, open(["person"]), async () => ({ done: "quite" }) as never),
  );
  const response = await app.inject({ method: "POST", url: "/api/test/open", headers: token(person) });
  expect(response.statusCode).toBe(500);
  expect(response.body).not.toContain("quite");
});

test("what the answer has beyond the contract does not leave either", async () => {
  const { app, token } = await startApp((routes) =>
    mountEndpoint(routes, open(["person"]), async () => ({ done: true, phone: "+51987654321" })),
  );
  const response = await app.inject({ method: "POST", url: "/api/test/open", headers: token(person) });
  expect(response.json()).toEqual({ done: true });
});

test.each([
  ["invalid", 422],
  ["unauthenticated", 401],
  ["forbidden", 403],
  ["not-found", 404],
  ["conflict", 409],
  ["too-many", 429],
  ["unavailable", 503],
] as const)("a refusal of kind %s answers %i with its code, fields and details", async (category, status) => {
  const { app, token } = await startApp((routes) =>
    mountEndpoint(routes, open(["person"]), () => {
      throw new DomainError(category, "not-now", "Not now.", {
        errors: [{ path: "body.day", message: "is past" }],
        details: { allowed: ["cancel"], status: 200, code: "overwritten" },
      });
    }),
  );
  const response = await app.inject({ method: "POST", url: "/api/test/open", headers: token(person) });
  expect(response.statusCode).toBe(status);
  expect(response.json()).toMatchObject({
    status,
    code: "not-now",
    title: "Not now.",
    errors: [{ path: "body.day", message: "is past" }],
    allowed: ["cancel"],
  });
});

test("a request id that the caller gives is kept, and one that cannot be one is replaced", async () => {
  const { app } = await startApp();
  const ask = async (id: string) =>
    (await app.inject({ url: "/nothing", headers: { "x-request-id": id } })).headers["x-request-id"];
  expect(await ask("sms-12345678")).toBe("sms-12345678");
  for (const wrong of ["short", "x".repeat(81), 'a "quoted" id', "linea\tseparada"]) {
    expect(await ask(wrong)).toMatch(/^[0-9a-f-]{36}$/);
  }
  expect(announce.path).toContain(":crop");
});
