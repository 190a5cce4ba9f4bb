import { startActing } from "@minka/contracts/acting";
import { refreshSignIn, type exchangeCode } from "@minka/contracts/auth";
import type { Answer } from "@minka/contracts/endpoint";
import { connectDatabase, type Database } from "@minka/database/connect";
import { createTestClock } from "@minka/test-kit/test-clock";
import { createTestDatabase, type TestDatabase } from "@minka/test-kit/test-database";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sessionKeys } from "../src/sessions/seal.ts";
import { actFor, openSession, readSession, type SessionMeans } from "../src/sessions/sessions.ts";

let database: TestDatabase;
let db: Database;
let clock: ReturnType<typeof createTestClock>;
/** What happens on other pages while profiles is asked for this. */
const meanwhile = new Map<unknown, () => Promise<void>>();
/** How many tokens of the sign-in were spent. */
let spent: number;

const rosa = "019ab1ee-91d2-7c44-9b1f-2a3c4d5e6f70";
const aurelia = "019ab1ee-91d2-7c44-9b1f-2a3c4d5e6f71";
const day = 24 * 60 * 60 * 1000;

beforeAll(async () => {
  database = await createTestDatabase();
  db = connectDatabase({ url: database.url("web"), name: "test-sessions", maxConnections: 2 });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});
beforeEach(() => {
  clock = createTestClock();
  meanwhile.clear();
  spent = 0;
});

const tokens = (): Answer<typeof exchangeCode> => ({
  personId: rosa,
  accessToken: `x.${Buffer.from("{}").toString("base64url")}.${spent}`,
  expiresInSeconds: 900,
  refreshToken: `refresh ${spent}`,
  refreshExpiresAt: new Date(clock().getTime() + 30 * day).toISOString(),
});

/** Profiles, as far as sessions ask it. */
async function call(endpoint: unknown): Promise<unknown> {
  const others = meanwhile.get(endpoint);
  meanwhile.delete(endpoint);
  if (endpoint === startActing) {
    await others?.();
    return { accessToken: `acting at ${clock().toISOString()}`, expiresInSeconds: 900 };
  }
  expect(endpoint).toBe(refreshSignIn);
  spent += 1;
  const answer = tokens();
  await others?.();
  return answer;
}

const means = (): SessionMeans => ({
  db,
  clock,
  keys: sessionKeys("a secret"),
  call: call as SessionMeans["call"],
});
const read = async (key: string) => {
  const session = await readSession(means(), key, "test");
  if (!session) throw new Error("the session is over");
  return session;
};

test("who stopped acting for somebody does not act for them again by a renewal that was under way", async () => {
  const { key } = await openSession(means(), tokens());
  await actFor(means(), await read(key), { personId: aurelia }, "test");
  const session = await read(key);
  expect(session.contents.acting?.personId).toBe(aurelia);
  clock.advance({ minutes: 20 });
  meanwhile.set(startActing, () => actFor(means(), session, null, "test"));
  expect((await read(key)).contents.acting).toBeNull();
  expect((await read(key)).contents.acting).toBeNull();
});

test("who begins to act for somebody while the sign-in is renewed acts for them", async () => {
  const { key } = await openSession(means(), tokens());
  const session = await read(key);
  clock.advance({ minutes: 20 });
  meanwhile.set(refreshSignIn, () => actFor(means(), session, { personId: aurelia }, "test"));
  expect((await read(key)).contents).toMatchObject({
    refreshToken: "refresh 1",
    acting: { personId: aurelia },
  });
});

test("a renewal that comes late brings no spent token back", async () => {
  const { key } = await openSession(means(), tokens());
  clock.advance({ minutes: 20 });
  meanwhile.set(refreshSignIn, async () => {
    await read(key);
    clock.advance({ minutes: 20 });
    await read(key);
  });
  // The other page was answered twice meanwhile: its second token is the one that is good.
  const late = await read(key);
  expect(late.contents.refreshToken).toBe("refresh 3");
  expect((await read(key)).contents.refreshToken).toBe("refresh 3");
});

test("the cookie of a new day lasts as long as the sign-in does from now on", async () => {
  const { key } = await openSession(means(), tokens());
  clock.advance({ hours: 25 });
  const { renewed } = await read(key);
  expect(renewed?.until).toEqual(new Date(clock().getTime() + 30 * day));
});
