import type { Actor } from "@minka/contracts/actor";
import type { Access } from "@minka/contracts/endpoint";
import type { IdempotencyClaim } from "@minka/database/once";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { expect, test } from "vitest";
import { announce, mountAnnounce, open, operator, person, service, startApp } from "./app-for-test.ts";

const anonymous: Actor = { kind: "anonymous" };
const path = "/api/test/open";

const table: [access: Access[], actor: Actor, status: number][] = [
  [["anyone"], anonymous, 200],
  [["anyone"], person, 200],
  [["anyone"], service, 200],
  [["person"], anonymous, 401],
  [["person"], person, 200],
  [["person"], operator, 200],
  [["person"], service, 403],
  [["operator"], anonymous, 401],
  [["operator"], person, 403],
  [["operator"], operator, 200],
  [["operator"], service, 403],
  [["service"], anonymous, 401],
  [["service"], person, 403],
  [["service"], operator, 403],
  [["service"], service, 200],
  [["operator", "service"], person, 403],
  [["operator", "service"], service, 200],
];

test.each(table.map(([access, actor, status]) => ({ access, actor, status })))(
  "open to $access: $actor gets $status",
  async ({ access, actor, status }) => {
    let seen: Actor | undefined;
    const { app, token } = await startApp((routes) =>
      mountEndpoint(routes, open(access), async (_input, context) => {
        seen = context.actor;
        return { done: true };
      }),
    );
    const response = await app.inject({ method: "POST", url: path, headers: token(actor) });
    expect(response.statusCode).toBe(status);
    expect(seen).toEqual(status === 200 ? actor : undefined);
  },
);

test("a wrong token is refused even where none is needed", async () => {
  const { app } = await startApp((routes) =>
    mountEndpoint(routes, open(["anyone"]), async () => ({ done: true })),
  );
  for (const authorization of ["Bearer not.a.token-but-long-enough", "Basic bWlua2E6bWlua2E=", "Bearer"]) {
    const response = await app.inject({ method: "POST", url: path, headers: { authorization } });
    expect(response.statusCode).toBe(401);
  }
});

test("who may not call learns nothing of what the call should look like", async () => {
  const { app, token } = await startApp(mountAnnounce);
  const send = (actor: Actor, headers: Record<string, string>, payload: string) =>
    app.inject({
      method: "POST",
      url: "/api/test/lots/nothing?draft=x",
      headers: { ...token(actor), ...headers },
      payload,
    });
  const calls: [type: string, payload: string][] = [
    ["application/json", "{"],
    ["application/json", "{}"],
    ["text/weird", "?"],
    ["application/json", JSON.stringify("x".repeat(300 * 1024))],
  ];
  for (const [type, payload] of calls) {
    const refused = await send(anonymous, { "content-type": type }, payload);
    expect(refused.json()).toMatchObject({ status: 401, code: "sign-in-needed" });
    const allowed = await send(person, { "content-type": type }, payload);
    expect([401, 403]).not.toContain(allowed.statusCode);
  }
});

async function claimsOf(
  requests: { actor?: Actor; url?: string; key?: string; body?: unknown; method?: "POST" | "GET" }[],
) {
  const claims: (IdempotencyClaim | null)[] = [];
  const statuses: number[] = [];
  const { app, token } = await startApp((routes) => {
    mountEndpoint(routes, announce, async ({ body }, { claim }) => {
      claims.push(claim);
      return { id: "lot", kilos: body.kilos };
    });
    mountEndpoint(
      routes,
      { ...open(["anyone"], "/api/test/read"), method: "GET" },
      async (_input, { claim }) => {
        claims.push(claim);
        return { done: true };
      },
    );
  });
  for (const { actor = person, url = "/api/test/lots/cacao", key, body, method = "POST" } of requests) {
    const response = await app.inject({
      method,
      url,
      headers: { ...token(actor), ...(key === undefined ? {} : { "idempotency-key": key }) },
      ...(method === "POST" ? { payload: body ?? { kilos: 1, places: [] } } : {}),
    });
    statuses.push(response.statusCode);
  }
  return { claims, statuses };
}

test("a command is the same for the same actor, route, key and input", async () => {
  const { claims } = await claimsOf([{ key: "k" }, { key: "k" }]);
  expect(claims[0]).toEqual(claims[1]);
  expect(claims[0]?.scope).toBe("person:0198c0de-0000-7000-8000-000000000001 /api/test/lots/:crop k");
});

test("another actor or key is another command", async () => {
  const { claims } = await claimsOf([
    { key: "k" },
    { key: "k", actor: operator },
    { key: "k", actor: service },
    { key: "l" },
  ]);
  expect(new Set(claims.map((claim) => claim?.scope)).size).toBe(4);
});

test("another body, or another thing in the address, is noticed as another input of the same command", async () => {
  const { claims } = await claimsOf([
    { key: "k" },
    { key: "k", body: { kilos: 2, places: [] } },
    { key: "k", url: "/api/test/lots/coffee" },
  ]);
  expect(new Set(claims.map((claim) => claim?.scope)).size).toBe(1);
  expect(new Set(claims.map((claim) => claim?.bodyHash)).size).toBe(3);
});

test("how the body was written does not matter, only what it says", async () => {
  const { claims } = await claimsOf([
    { key: "k", body: { kilos: 1, places: [{ code: "220101" }] } },
    { key: "k", body: { places: [{ code: "220101", more: "unknown" }], kilos: 1 } },
  ]);
  expect(claims[0]).toEqual(claims[1]);
});

test("without a key, or where nothing is done, there is no claim", async () => {
  const { claims } = await claimsOf([{}, { key: "k", method: "GET", url: "/api/test/read" }]);
  expect(claims).toEqual([null, null]);
});

test("a key that is empty or too long is refused", async () => {
  const { statuses, claims } = await claimsOf([
    { key: "" },
    { key: "k".repeat(201) },
    { key: "k".repeat(200) },
  ]);
  expect(statuses).toEqual([422, 422, 201]);
  expect(claims).toHaveLength(1);
});
