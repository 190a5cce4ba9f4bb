import { randomUUID } from "node:crypto";
import { newId } from "@minka/database/new-id";
import { afterAll, beforeAll, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { ranked, startMatching, type MatchingRun } from "./matching-run.ts";

let on: MatchingRun;
beforeAll(async () => {
  on = await startMatching();
  on.catalog.near = [candidate()];
});
afterAll(() => on.stop());

const operatorId = randomUUID();
const operator = () => on.signIn(operatorId, true);
const read = async (what: string, query: Record<string, string> = {}) =>
  (await operator()("GET", `/api/matching/${what}?${new URLSearchParams(query).toString()}`)).body;
type Row = { action: string; actor: string; subject: string };
const actions = async (query: Record<string, string>) =>
  (await read("audit", query)).items.map(({ action }: Row) => action);

test("an operator reads who changed what: of a thing, of a kind of act, of days, the newest first and by page", async () => {
  const { id } = await on.openListed();
  on.clock.advance({ hours: 20 });
  await on.cancel(id);
  const whole = await read("audit", { subject: id });
  expect(whole.items[0]).toEqual({
    id: expect.any(String),
    at: on.clock().toISOString(),
    actor: "service:notifications",
    personId: null,
    throughPersonId: null,
    organizationId: null,
    action: "request.cancel",
    subject: `request:${id}`,
    trace: on.trace,
  });
  const all: string[] = whole.items.map(({ action }: Row) => action);
  expect(all.at(-1)).toBe("request.open");

  const paged: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page = await read("audit", { subject: id, limit: "1", ...(cursor === "" ? {} : { cursor }) });
    paged.push(...page.items.map(({ action }: Row) => action));
    cursor = page.next;
  }
  expect(paged).toEqual(all);

  expect(await actions({ subject: id, action: "request.c" })).toEqual(["request.cancel"]);
  expect(await actions({ subject: id, action: "quest" })).toEqual([]);
  expect(await actions({ subject: `request:${id}` })).toEqual(all);
  expect(await actions({ subject: `match:${id}` })).toEqual([]);
  // Twenty hours after nine in the morning is the next day in Lima.
  expect(await actions({ subject: id, from: "2026-11-25" })).toEqual(["request.cancel"]);
  expect(await actions({ subject: id, until: "2026-11-24" })).toEqual(all.slice(1));
  expect(await actions({ subject: id, actor: "service:notifications", action: "request." })).toContain(
    "request.open",
  );
  expect(await actions({ subject: id, actor: "service:catalog" })).toEqual([]);
  expect(await read("audit", { cursor: "nonsense" })).toMatchObject({ code: "cursor-wrong" });
});

test("what somebody did is found, in their own name and in another's", async () => {
  const [producer, helper] = [randomUUID(), randomUUID()];
  const own = await on.openListed({ personId: producer });
  const cancel = (id: string) => `/api/matching/requests/${id}/cancellation`;
  const alone = await on.signIn(producer)("POST", cancel(own.id), {});
  const others = await on.openListed({ personId: producer });
  const helped = await on.signIn(producer, false, { personId: helper })("POST", cancel(others.id), {});
  expect([alone.status, helped.status]).toEqual([200, 200]);
  const acts = async (actor: string) =>
    (await read("audit", { actor, action: "request.cancel" })).items as (Row & Record<string, unknown>)[];
  expect((await acts(`person:${producer}`)).map(({ subject }) => subject)).toEqual([
    `request:${others.id}`,
    `request:${own.id}`,
  ]);
  expect(await acts(`person:${helper}`)).toEqual([
    expect.objectContaining({
      actor: `person:${producer} through person:${helper}`,
      personId: producer,
      throughPersonId: helper,
      organizationId: null,
      subject: `request:${others.id}`,
    }),
  ]);
});

/** News to matching that were tried so often. */
async function deliver(attempts: number, over: { event?: string; lastError?: string | null } = {}) {
  const { event = "consent.withdrawn", lastError = attempts === 0 ? null : "Error: no luck" } = over;
  const id = newId();
  const payload = { personId: randomUUID(), purpose: "language" };
  const far = new Date(on.clock().getTime() + 3_600_000).toISOString();
  await on.owner.sql`
    insert into events.deliveries
      (id, event, emitter, subscriber, payload, trace, occurred_at, due_at, attempts, last_error)
    values (${id}, ${event}, 'profiles', 'matching', ${JSON.stringify(payload)}, 'the-cause',
      ${on.clock().toISOString()}, ${far}, ${attempts}, ${lastError})`;
  on.clock.advance({ minutes: 1 });
  return { id, payload };
}
const retry = (body: object) => operator()("POST", "/api/matching/parked-deliveries/retries", body);
const handled = async (id: string) => {
  const [row] = await on.owner.sql`select handled_at from events.deliveries where id = ${id}`;
  return row?.["handled_at"] !== null;
};

test("an operator sees what waits and what no longer moves, and puts it back: it is handled, and the audit says who", async () => {
  await on.settle();
  const idle = { waiting: 0, oldestSince: null, failing: 0, parked: 0 };
  expect(await read("queue")).toEqual({ asOf: on.clock().toISOString(), deliveries: idle, jobs: [] });

  const begun = on.clock().toISOString();
  await deliver(0);
  await deliver(3);
  const [first, second] = [await deliver(10), await deliver(10)];
  await on.open();
  const busy = await read("queue");
  expect(busy.deliveries).toEqual({ waiting: 2, oldestSince: begun, failing: 1, parked: 2 });
  expect(busy.jobs).toContainEqual({ job: "match-request", due: 1, more: false });

  const page = await read("parked-deliveries", { limit: "1" });
  expect(page.items).toEqual([
    {
      id: first.id,
      event: "consent.withdrawn",
      emitter: "profiles",
      attempts: 10,
      lastError: "Error: no luck",
      since: expect.any(String),
      payload: first.payload,
      trace: "the-cause",
    },
  ]);
  const rest = await read("parked-deliveries", { cursor: page.next });
  expect([rest.items.map(({ id }: { id: string }) => id), rest.next]).toEqual([[second.id], null]);
  expect((await read("parked-deliveries", { event: "match.asked" })).items).toEqual([]);

  expect((await retry({ deliveryIds: [first.id, newId()] })).body).toEqual({ deliveries: 1 });
  expect((await retry({ deliveryIds: [first.id] })).body).toEqual({ deliveries: 0 });
  await on.settle();
  expect([await handled(first.id), await handled(second.id)]).toEqual([true, false]);
  const kept = await read("audit", { action: "delivery." });
  expect(kept.items).toEqual([expect.objectContaining({ personId: operatorId, subject: first.id })]);
});

test("all of one event go back together, and nothing goes back unnamed", async () => {
  const other = await deliver(10, { event: "another.event" });
  await retry({ event: "consent.withdrawn" });
  const two = [await deliver(10), await deliver(10)];
  expect((await retry({ event: "consent.withdrawn" })).body).toEqual({ deliveries: two.length });
  await on.settle();
  for (const { id } of two) expect(await handled(id)).toBe(true);
  expect((await read("parked-deliveries")).items.map(({ id }: { id: string }) => id)).toEqual([other.id]);
  for (const body of [{}, { deliveryIds: [] }, { deliveryIds: [other.id], event: "another.event" }])
    expect((await retry(body)).status).toBe(422);
});

test("what is asked, chosen and answered is all in the audit of its request's match", async () => {
  const request = await on.openListed();
  const match = ranked(request, 1);
  await on.choose(match.id);
  await on.accept(match.id);
  expect(await actions({ subject: match.id })).not.toEqual([]);
});
