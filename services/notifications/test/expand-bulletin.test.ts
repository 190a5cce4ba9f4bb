import { listAudience } from "@minka/contracts/audiences";
import { connectDatabase, type Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { defineService } from "@minka/service/define-service";
import { runForTest, type TestRun } from "@minka/test-kit/run-for-test";
import { and, eq } from "@minka/database/query";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { bulletinRecipients, bulletins } from "../src/bulletins/bulletins-tables.ts";
import { expandBulletinJob, stopBulletinsTo } from "../src/bulletins/expand-bulletin.ts";
import { notifications } from "../src/service.ts";
import { outboundMessages } from "../src/tables.ts";

type Reached = { personId: string; phone: string };
let people: Reached[] = [];
/** What happens while a page of the audience is under way. */
let meanwhile: () => Promise<void> = async () => {};
const fakeProfiles = defineService({
  name: "profiles",
  migrations: null,
  start: () => ({
    routes(app) {
      mountEndpoint(app, listAudience, async ({ body: { after, limit } }) => {
        const page = people.filter(({ personId }) => after === null || personId > after).slice(0, limit);
        await meanwhile();
        return { people: page, next: page.length < limit ? null : (page.at(-1)?.personId ?? null) };
      });
    },
  }),
});

let run: TestRun;
let db: Database;
let bulletinId: string;
beforeAll(async () => {
  run = await runForTest([notifications, fakeProfiles]);
  db = connectDatabase({ url: run.database.url("notifications"), name: "test", maxConnections: 4 });
  // By night: what is written is looked at before it leaves.
  run.clock.advance({ hours: 12 });
});
afterAll(async () => {
  await db.close();
  await run.stop();
});
beforeEach(async () => {
  meanwhile = async () => {};
  bulletinId = newId();
  const at = run.clock();
  const audience = { districts: [], crops: [], organizationId: null };
  await db.read.insert(bulletins).values({
    id: bulletinId,
    title: "Feria",
    text: "Feria",
    message: "Feria el sabado",
    segments: 1,
    audience,
    state: "approved",
    createdBy: newId(),
    createdAt: at,
    dueAt: at,
    trace: "test-trace",
  });
});

const kit = () => ({ db, clock: run.clock, call: run.callAs("notifications") });
const someone = (index: number): Reached => ({
  personId: newId(),
  phone: `+5190090${String(index).padStart(4, "0")}`,
});
const recipients = () =>
  db.read.select().from(bulletinRecipients).where(eq(bulletinRecipients.bulletinId, bulletinId));
const messages = () =>
  db.read
    .select({ phone: outboundMessages.phone, bulk: outboundMessages.bulk, state: outboundMessages.state })
    .from(bulletinRecipients)
    .innerJoin(outboundMessages, eq(outboundMessages.id, bulletinRecipients.messageId))
    .where(and(eq(bulletinRecipients.bulletinId, bulletinId)));
const stateOf = async () =>
  (await db.read.select().from(bulletins).where(eq(bulletins.id, bulletinId)))[0]?.state;

test("page by page each person gets it once and each phone once, whoever expands it at the same time", async () => {
  // Every fourth shares the phone of the one before, also across pages.
  people = Array.from({ length: 23 }, (_, index) => someone(index - (index % 4 === 3 ? 1 : 0)));
  const job = expandBulletinJob(kit(), { pageSize: 5 });
  for (let round = 0; round < 8; round += 1)
    await Promise.all([1, 2, 3].map(() => job.run(bulletinId, "test-trace")));
  expect(await stateOf()).toBe("expanded");
  const phones = new Set(people.map(({ phone }) => phone));
  const written = await messages();
  expect(written).toHaveLength(phones.size);
  expect(new Set(written.map(({ phone }) => phone))).toEqual(phones);
  expect(written.every(({ bulk, state }) => bulk && state === "queued")).toBe(true);
  expect(await db.read.select().from(outboundMessages)).toHaveLength(phones.size);
});

test("one that is stopped while a page is under way is written to nobody", async () => {
  people = [someone(100), someone(101)];
  meanwhile = async () => {
    await db.read.update(bulletins).set({ state: "cancelled" }).where(eq(bulletins.id, bulletinId));
  };
  await expandBulletinJob(kit()).run(bulletinId, "test-trace");
  expect(await recipients()).toEqual([]);
});

test("who takes their consent back while a page with them is under way gets nothing", async () => {
  const [left, stays] = [someone(200), someone(201)];
  people = [left, stays];
  meanwhile = () => db.transaction((tx) => stopBulletinsTo(tx, left.personId, run.clock()));
  await expandBulletinJob(kit()).run(bulletinId, "test-trace");
  expect((await recipients()).map(({ personId }) => personId)).toEqual([stays.personId]);
  // Who agrees again is reached by the next.
  meanwhile = async () => {};
  run.clock.advance({ minutes: 1 });
  await db.read.update(bulletins).set({ state: "approved", reachedId: null });
  await expandBulletinJob(kit()).run(bulletinId, "test-trace");
  expect((await recipients()).map(({ personId }) => personId).toSorted()).toEqual(
    [left.personId, stays.personId].toSorted(),
  );
});

test("while profiles is away it stays due, and goes on where it was", async () => {
  people = [someone(300), someone(301), someone(302)];
  const job = expandBulletinJob(kit(), { pageSize: 2 });
  await job.run(bulletinId, "test-trace");
  meanwhile = () => Promise.reject(new Error("away"));
  await expect(job.run(bulletinId, "test-trace")).rejects.toThrow();
  expect((await job.due(10)).map(({ id }) => id)).toContain(bulletinId);
  meanwhile = async () => {};
  await job.run(bulletinId, "test-trace");
  expect(await recipients()).toHaveLength(3);
});
