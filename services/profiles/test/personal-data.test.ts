import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  brokeringPersonalData,
  catalogPersonalData,
  matchingPersonalData,
  notificationsPersonalData,
  openDataFile,
  requestErasure,
  type ErasureOrder,
  type Sections,
} from "@minka/contracts/personal-data";
import { identifyPhone, registerPerson } from "@minka/contracts/profiles";
import { connectDatabase, type Database } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { defineService } from "@minka/service/define-service";
import { runForTest, type TestRun } from "@minka/test-kit/run-for-test";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { profiles } from "../src/service.ts";

/** A neighbour that keeps what it is ordered, and can be away. */
function neighbour<Name extends "catalog" | "matching" | "brokering" | "notifications">(
  name: Name,
  endpoints: typeof catalogPersonalData,
) {
  const state = { away: false, done: true, orders: [] as ErasureOrder[], acquaintances: [] as string[] };
  const definition = defineService({
    name,
    migrations: null,
    start: () => ({
      routes(app) {
        mountEndpoint(app, endpoints.exportData, async () => {
          if (state.away) throw new DomainError("unavailable", "away", "Away for the test.");
          const sections: Sections = name === "matching" ? { requests: [{ id: "1" }] } : {};
          return { sections };
        });
        mountEndpoint(app, endpoints.eraseData, async ({ body }) => {
          if (state.away) throw new DomainError("unavailable", "away", "Away for the test.");
          state.orders.push(body);
          return { done: state.done, acquaintances: state.acquaintances, providerIds: [] };
        });
      },
    }),
  });
  return { state, definition };
}

const catalog = neighbour("catalog", catalogPersonalData);
const matching = neighbour("matching", matchingPersonalData);
const brokering = neighbour("brokering", brokeringPersonalData);
const notifications = neighbour("notifications", notificationsPersonalData);
const trace = { trace: "test-trace" };

let run: TestRun;
let owner: Database;
let dataDir: string;
let next = 10;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "minka-profiles-"));
  run = await runForTest(
    [profiles, catalog, matching, brokering, notifications].map((each) =>
      "definition" in each ? each.definition : each,
    ),
    { environment: { DATA_DIR: dataDir } },
  );
  owner = connectDatabase({ url: run.database.ownerUrl, name: "owner", maxConnections: 1 });
});
afterAll(async () => {
  await owner.close();
  await run.stop();
  await rm(dataDir, { recursive: true, force: true });
});
beforeEach(() => {
  for (const { state } of [catalog, matching, brokering, notifications])
    Object.assign(state, { away: false, done: true, orders: [], acquaintances: [] });
});

async function register(name = "Rosa Pinedo Shupingahua") {
  const phone = `+5190000${String(next++).padStart(4, "0")}`;
  const consent = { version: "2026-11", channel: "sms" as const, at: run.clock().toISOString() };
  const { person } = await run.callAs("notifications")(
    registerPerson,
    { body: { phone, name, districtCode: "221001", consent } },
    trace,
  );
  return { ...person, phone };
}
const erase = (personId: string) =>
  run.callAs("notifications")(requestErasure, { params: { personId }, body: {} }, trace);
const erasureOf = async (personId: string) => {
  const [row] = await owner.sql`select * from profiles.erasures where person_id = ${personId}`;
  return row;
};

describe("erasure", () => {
  test("the profile is gone with the answer, whoever else is away", async () => {
    catalog.state.away = true;
    const person = await register();
    await erase(person.id);
    const found = await run.callAs("notifications")(identifyPhone, { body: { phone: person.phone } }, trace);
    expect(found.person).toBeNull();
    const [stone] =
      await owner.sql`select name, district_code, state from profiles.people where id = ${person.id}`;
    expect(stone).toEqual({ name: null, district_code: null, state: "erased" });
  });

  test("a service that is away is told as soon as it is back, and the order is kept no longer than that", async () => {
    matching.state.away = true;
    const person = await register("Elmer Sangama Isuiza");
    const { erasureId } = await erase(person.id);
    await run.settle();
    expect(catalog.state.orders.length).toBeGreaterThan(0);
    expect(notifications.state.orders).toEqual([]);
    expect(await erasureOf(person.id)).toMatchObject({ matching_at: null, done_at: null });
    const waiting = await owner.sql`select details from profiles.erasures where id = ${erasureId}`;
    expect(waiting[0]?.["details"]).toMatchObject({
      names: ["Elmer Sangama Isuiza"],
      phones: [person.phone],
    });

    matching.state.away = false;
    run.clock.advance({ hours: 2 });
    await run.settle();
    expect(matching.state.orders.find(({ personId }) => personId === person.id)).toMatchObject({
      phones: [person.phone],
      names: ["Elmer Sangama Isuiza"],
      tell: true,
    });
    expect(notifications.state.orders.filter(({ personId }) => personId === person.id)).toHaveLength(1);
    expect(await erasureOf(person.id)).toMatchObject({ details: null, done_at: expect.any(String) });
  });

  test("it is asked again until the person has been told", async () => {
    notifications.state.done = false;
    const person = await register();
    await erase(person.id);
    await run.settle();
    expect(await erasureOf(person.id)).toMatchObject({ done_at: null });
    notifications.state.done = true;
    run.clock.advance({ minutes: 2 });
    await run.settle();
    expect(await erasureOf(person.id)).toMatchObject({ done_at: expect.any(String), details: null });
  });

  test("asked twice it is one erasure", async () => {
    const person = await register();
    const first = await erase(person.id);
    expect(await erase(person.id)).toEqual(first);
    await run.settle();
    expect(await erase(person.id)).toEqual(first);
  });

  test("of nobody there is none", async () => {
    await expect(erase(randomUUID())).rejects.toMatchObject({ code: "person-unknown" });
  });

  test("a phone that somebody has registered at meanwhile is theirs by then", async () => {
    catalog.state.away = true;
    const person = await register();
    await erase(person.id);
    await run.settle();
    const consent = { version: "2026-11", channel: "sms" as const, at: run.clock().toISOString() };
    await run.callAs("notifications")(registerPerson, { body: { phone: person.phone, consent } }, trace);
    catalog.state.away = false;
    run.clock.advance({ hours: 1 });
    await run.settle();
    const last = notifications.state.orders.find(({ personId }) => personId === person.id);
    expect(last).toMatchObject({ phones: [], sharedPhones: [person.phone] });
  });

  test("who dealt with the person is named to notifications by phone, and the person themself is not", async () => {
    const other = await register("Segundo Tapullima Saboya");
    matching.state.acquaintances = [other.id, randomUUID()];
    const person = await register();
    await erase(person.id);
    await run.settle();
    const order = notifications.state.orders.find(({ personId }) => personId === person.id);
    expect(order?.acquaintances).toEqual([{ personId: other.id, phone: other.phone }]);
  });

  test("a repeated registration that the person once made does not bring them back", async () => {
    const phone = "+51900009999";
    const consent = { version: "2026-11", channel: "sms" as const, at: run.clock().toISOString() };
    const call = run.callAs("notifications");
    const command = () =>
      call(
        registerPerson,
        { body: { phone, name: "Rosa Pinedo", consent } },
        { ...trace, idempotencyKey: "m1" },
      );
    const { person } = await command();
    await erase(person.id);
    await expect(command()).rejects.toMatchObject({ code: "idempotency-key-reused" });
    const kept =
      await owner.sql`select 1 from profiles.idempotency_keys where answer::text like '%Rosa Pinedo%'`;
    expect(kept).toHaveLength(0);
  });
});

describe("the file by link", () => {
  test("a service that is away costs nobody their link", async () => {
    const person = await register();
    const { token, requests, organizations } = await run.callAs("notifications")(
      openDataFile,
      { params: { personId: person.id }, body: {} },
      trace,
    );
    expect({ requests, organizations }).toEqual({ requests: 1, organizations: 0 });
    const url = `/api/profiles/data-files/${token}`;
    matching.state.away = true;
    const take = () => run.app.inject({ method: "POST", url });
    expect((await take()).statusCode).toBe(503);
    matching.state.away = false;
    for (const method of ["GET", "HEAD"] as const)
      expect((await run.app.inject({ method, url })).statusCode).toBe(404);
    const both = await Promise.all([take(), take()]);
    expect(both.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 404]);
    const kept = await owner.sql`select token_hash from profiles.data_files where token_hash = ${token}`;
    expect(kept).toHaveLength(0);
  });
});
