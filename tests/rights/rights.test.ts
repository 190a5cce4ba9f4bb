import { allEndpoints } from "@minka/contracts/all-endpoints";
import type { Endpoint } from "@minka/contracts/endpoint";
import { notWhileActing, operationOf, rightsOf, type Right } from "@minka/contracts/rights";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callOf, innerRow } from "./call-of.ts";
import { startCallers, type Who } from "./callers.ts";
import { closeBy } from "./close-by.ts";
import { written } from "./inputs.ts";
import { endInserts } from "./insert-rows.ts";
import { triedRoles, type Means, type Try, type TriedRole } from "./tries.ts";
import { makeWorld, type PersonRole } from "./world.ts";

let means: Means;
beforeAll(async () => {
  const callers = await startCallers();
  means = { ...callers, world: await makeWorld(callers) };
}, 120_000);
afterAll(async () => {
  await endInserts();
  await means.platform.stop();
});

/** What takes away that others need, and steps that follow each other: the last of all, in this order. */
const endings = [
  "POST /api/profiles/memberships/:membershipId/leave",
  "POST /api/profiles/memberships/:membershipId/end",
  // A new list takes the place of one that has not been started, and is what there is to give up.
  ...["profiles/organizations/:organizationId", "catalog/providers/:providerId", "catalog/places"].flatMap(
    (owner) => [`POST /api/${owner}/imports`, `POST /api/${owner}/imports/:importId/cancel`],
  ),
  "DELETE /api/catalog/providers/:providerId/staff/:personId",
  "POST /api/catalog/providers/:providerId/suspension",
  "POST /api/catalog/providers/:providerId/reinstatement",
  "POST /api/catalog/providers/:providerId/revision",
  "POST /api/catalog/providers/:providerId/submission",
  "POST /api/catalog/providers/:providerId/rejection",
  "POST /api/catalog/providers/:providerId/closure",
  "POST /api/profiles/organizations/:organizationId/close",
  "POST /api/profiles/people/:personId/erasure",
];
const methods = ["GET", "PUT", "POST", "DELETE"];
const orderOf = (endpoint: Endpoint) =>
  endings.includes(operationOf(endpoint))
    ? methods.length + endings.indexOf(operationOf(endpoint))
    : methods.indexOf(endpoint.method);
const endpoints = allEndpoints
  .toSorted((a, b) => orderOf(a) - orderOf(b))
  .map((endpoint): [string, Endpoint] => [operationOf(endpoint), endpoint]);

/** Where there is nothing of somebody else's to name: it is always about who calls. */
const aboutTheCaller = [
  "POST /api/auth/sign-out-everywhere",
  "GET /api/matching/asks",
  "GET /api/brokering/credit-originations",
];

/** Whose row at home a role is; who acts for somebody has theirs. */
function personOf(role: TriedRole): PersonRole | null {
  if (role === "anonymous" || role === "service") return null;
  return role === "delegate" ? "ward" : role;
}

function whoIs(role: TriedRole): Who {
  const { people } = means.world.home;
  if (role === "anonymous" || role === "service") return role;
  if (role === "delegate") return { id: people.ward.id, through: { personId: people.agent.id } };
  return { id: people[role].id, operator: role === "operator" };
}

function rightOf(role: TriedRole, endpoint: Endpoint): Right {
  if (role !== "delegate") return rightsOf(endpoint)[role];
  return notWhileActing.includes(operationOf(endpoint)) ? "-" : rightsOf(endpoint).producer;
}

/** What a role has of its own, and beside it what is of its village. */
function ownOf(role: TriedRole): Try {
  const { home } = means.world;
  const person = personOf(role);
  return { role, own: true, rows: { ...home.rows, ...(person ? home.of[person] : {}) } };
}

/** What nobody at home has a part in. Who may touch it gets one that is nobody else's to change. */
function foreignTo(role: TriedRole, { touched = false } = {}): Try {
  const { stranger, forOperator, forService } = means.world;
  const touchable = role === "operator" ? forOperator : role === "service" ? forService : stranger;
  return { role, own: false, rows: (touched ? touchable : stranger).rows };
}

/** Somebody else's row under the role's own: their plot as one of mine. Null where there is no such thing. */
function foreignWithin(role: TriedRole, endpoint: Endpoint): Try | null {
  const own = ownOf(role);
  const name = innerRow(endpoint);
  const inner = name === null ? undefined : means.world.stranger.rows[name];
  return name === null || inner === undefined || inner === own.rows[name] ? null : { ...own, inner };
}

async function tryAs(endpoint: Endpoint, attempt: Try): Promise<{ status: number; told: string }> {
  const call = await callOf(endpoint, attempt, means);
  const { status, text } = await means.send(whoIs(attempt.role), call);
  const whose = attempt.inner ? "foreign row under an own" : attempt.own ? "own" : "foreign";
  return {
    status,
    told: `${attempt.role}, ${whose} row: ${call.method} ${call.url} → ${status} ${text.slice(0, 240)}`,
  };
}

/** Done, or in the way of something that is no right: a state, a repetition. */
const isAllowed = (status: number) => status < 300 || status === 409;
const isRefused = (role: TriedRole, status: number) =>
  role === "anonymous" ? status === 401 : status === 403 || status === 404;

// Before those steps that take away what others need.
test.each(closeBy)("%s", (_, check) => check(means));

test.each(endpoints)("%s", async (operation, endpoint) => {
  const wrong: string[] = [];
  const done: string[] = [];
  const inTheWay: string[] = [];
  const refused = async (attempt: Try) => {
    const { status, told } = await tryAs(endpoint, attempt);
    if (!isRefused(attempt.role, status)) wrong.push(`not refused: ${told}`);
  };
  const allowed = async (attempt: Try) => {
    const { status, told } = await tryAs(endpoint, attempt);
    if (!isAllowed(status)) wrong.push(`not allowed: ${told}`);
    (status < 300 ? done : inTheWay).push(told);
  };
  const those = (right: Right) => triedRoles.filter((role) => rightOf(role, endpoint) === right);
  // Whoever is refused changes nothing, so they come first.
  for (const role of those("-")) {
    await refused(ownOf(role));
    await refused(foreignTo(role));
  }
  for (const role of those("own")) {
    if (!aboutTheCaller.includes(operation)) await refused(foreignTo(role));
    const within = foreignWithin(role, endpoint);
    if (within) await refused(within);
  }
  for (const role of those("own")) await allowed(ownOf(role));
  for (const role of those("any")) await allowed(foreignTo(role, { touched: true }));
  expect(wrong).toEqual([]);
  // Were it never done, what was called may not have been what the endpoint asks for.
  expect(done, inTheWay.join("\n")).not.toEqual([]);
});

test.each(notWhileActing)("%s is refused to who acts for somebody because they act", async (operation) => {
  const [, endpoint] = endpoints.find(([its]) => its === operation) ?? [];
  if (!endpoint) throw new Error(`${operation} is no endpoint`);
  const { told } = await tryAs(endpoint, ownOf("delegate"));
  expect(told).toContain('"code":"not-while-acting"');
});

test("what is written by hand is about endpoints that there are", () => {
  const operations = endpoints.map(([operation]) => operation);
  const known = [...Object.keys(written), ...endings, ...aboutTheCaller];
  expect(known.filter((operation) => !operations.includes(operation))).toEqual([]);
});
