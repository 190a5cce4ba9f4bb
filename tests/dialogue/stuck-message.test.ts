import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

let platform: TestPlatform;
let owner: postgres.Sql;
beforeAll(async () => {
  platform = await startTestPlatform();
  owner = postgres(platform.database.ownerUrl, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await owner.end();
  await platform.stop();
});

async function whileMatchingFails(work: () => Promise<void>): Promise<void> {
  await owner`revoke insert on matching.requests from matching`;
  await work();
  await owner`grant insert on matching.requests to matching`;
}

/** A phone that has asked for a technician, and whose next word opens the request. */
async function askedForConsent(number: string) {
  const producer = platform.phone(number);
  await producer.writes("tecnico para mi cacao tocache");
  await platform.settle();
  await producer.reads();
  return producer;
}

test("a turn that failed half-way is repeated to the letter, and the dialogue goes on", async () => {
  const producer = await askedForConsent("+51900911001");
  await whileMatchingFails(async () => {
    await producer.writes("si");
    await platform.settle();
    platform.clock.advance({ minutes: 5 });
    await platform.settle();
    expect(await producer.reads()).toEqual([]);
  });
  platform.clock.advance({ minutes: 2 });
  await platform.settle();
  expect(await producer.reads()).toEqual([expect.stringContaining("pueden atender en Tocache")]);
});

test("an impossible figure is left out instead of silencing the phone", async () => {
  const producer = platform.phone("+51900911002");
  await producer.writes("nesecito 5000000000 sacos de urea en uchiza");
  await platform.settle();
  await producer.writes("si");
  await platform.settle();
  const heard = await producer.reads();
  expect(heard).toHaveLength(3);
  expect(heard[2]).toMatch(/Uchiza/);
});

test("a message that can never be answered goes to a person, and what follows is answered", async () => {
  const producer = await askedForConsent("+51900911003");
  await whileMatchingFails(async () => {
    await producer.writes("si");
    await platform.settle();
    platform.clock.advance({ hours: 13 });
    await platform.settle();
  });
  expect(await producer.reads()).toEqual([expect.stringMatching(/^No pudimos atender su mensaje/)]);
  const waiting =
    await owner`select kind from notifications.attention_items where phone = ${producer.number}`;
  expect(waiting).toEqual([{ kind: "not_understood" }]);
  await producer.writes("ayuda");
  await platform.settle();
  expect(await producer.reads()).toHaveLength(1);
});

test("who asks for help is answered at once, past a message that is stuck", async () => {
  const producer = await askedForConsent("+51900911004");
  await whileMatchingFails(async () => {
    await producer.writes("si");
    await platform.settle();
    await producer.writes("mi esposo me pega");
    await platform.settle();
    expect(await producer.reads()).toEqual([expect.stringMatching(/^Linea 100/)]);
  });
});

test("the line with the helpline is sent within minutes or never", async () => {
  const producer = platform.phone("+51900911005");
  await owner`revoke select on notifications.opt_outs from notifications`;
  await producer.writes("mi esposo me pega");
  await platform.settle();
  await owner`grant select on notifications.opt_outs to notifications`;
  platform.clock.advance({ minutes: 10 });
  await platform.settle();
  expect(await producer.reads()).toEqual([]);
  const [left] =
    await owner`select body, safety, handled_at from notifications.inbound_messages where phone = ${producer.number}`;
  expect(left).toMatchObject({ body: null, safety: false });
  expect(left?.["handled_at"]).not.toBeNull();
});

test("who was not understood starts afresh some hours later", async () => {
  const producer = platform.phone("+51900911006");
  const puzzle = async () => {
    await producer.writes("xyzzy plugh qwerty");
    await platform.settle();
    return (await producer.reads()).length;
  };
  expect([await puzzle(), await puzzle(), await puzzle(), await puzzle()]).toEqual([1, 1, 1, 0]);
  platform.clock.advance({ hours: 3 });
  expect(await puzzle()).toBe(1);
});
