import { connectDatabase } from "@minka/database/connect";
import { registerPerson } from "@minka/contracts/profiles";
import { afterEach, beforeEach, expect, test } from "vitest";
import { consentAt, runProfiles, signIn, trace, type ProfilesRun } from "./profiles-run.ts";

const rosa = "+51900099200";
const dayHours = 24;

let run: ProfilesRun;
beforeEach(async () => {
  run = await runProfiles({ OPERATOR_PHONES: "+51900099001,+51900099002" });
  const body = { phone: rosa, name: "Rosa Pinchi", consent: consentAt(run) };
  await run.callAs("notifications")(registerPerson, { body }, trace);
});
afterEach(() => run.stop());

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;

async function tokensOf(phone: string) {
  const sms = run.nextSms();
  await run.post("/api/auth/codes", { phone });
  const { code } = await sms;
  const tokens = (await run.post("/api/auth/tokens", { phone, code })).json();
  return tokens as { accessToken: string; refreshToken: string; refreshExpiresAt: string; personId: string };
}
const refresh = async (refreshToken: string) => {
  const response = await run.post("/api/auth/tokens/refresh", { refreshToken });
  return { status: response.statusCode, body: response.json() };
};
const refused = { status: 401, body: { code: "refresh-refused" } };

test("a refresh gives another access token and the next refresh token, and no token is kept as it is", async () => {
  const first = await tokensOf(rosa);
  expect(first.refreshExpiresAt).toBe("2026-12-24T14:00:00.000Z");
  run.clock.advance({ minutes: 14 });
  const second = await refresh(first.refreshToken);
  expect(second).toMatchObject({ status: 200, body: { personId: first.personId, expiresInSeconds: 900 } });
  expect(claimsOf(second.body.accessToken)).toMatchObject({ sub: first.personId, operator: false });
  expect(second.body.refreshToken).not.toBe(first.refreshToken);
  expect(Buffer.from(second.body.refreshToken, "base64url")).toHaveLength(32);
  const owner = connectDatabase({ url: run.database.ownerUrl, name: "test-owner" });
  const rows = await owner.sql`select hash from profiles.refresh_tokens`;
  await owner.close();
  const kept = rows.map((row) => String(row["hash"]));
  expect(kept).toHaveLength(2);
  expect(kept).not.toContain(first.refreshToken);
  expect(kept).not.toContain(second.body.refreshToken);
});

test("many tabs that refresh at once all get the same next token, and it works", async () => {
  const { refreshToken } = await tokensOf(rosa);
  const answers = await Promise.all(Array.from({ length: 6 }, () => refresh(refreshToken)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  const next = new Set(answers.map(({ body }) => body.refreshToken));
  expect(next.size).toBe(1);
  run.clock.advance({ minutes: 10 });
  expect((await refresh([...next][0] ?? "")).status).toBe(200);
});

test("a spent token that comes back later ends the sign-in, its newest token included, and no other sign-in", async () => {
  const first = await tokensOf(rosa);
  run.clock.advance({ minutes: 1 });
  const other = await tokensOf(rosa);
  const second = await refresh(first.refreshToken);
  run.clock.advance({ seconds: 11 });
  expect(await refresh(first.refreshToken)).toMatchObject(refused);
  expect(await refresh(second.body.refreshToken)).toMatchObject(refused);
  expect((await refresh(other.refreshToken)).status).toBe(200);
});

test("a spent token whose successor was used is reuse even within the ten seconds", async () => {
  const first = await tokensOf(rosa);
  const second = await refresh(first.refreshToken);
  const third = await refresh(second.body.refreshToken);
  run.clock.advance({ seconds: 5 });
  expect(await refresh(first.refreshToken)).toMatchObject(refused);
  expect(await refresh(third.body.refreshToken)).toMatchObject(refused);
});

test("the grace lasts ten seconds and repeats the same answer", async () => {
  const { refreshToken } = await tokensOf(rosa);
  const once = await refresh(refreshToken);
  run.clock.advance({ seconds: 10 });
  const again = await refresh(refreshToken);
  expect(again.body).toMatchObject({
    refreshToken: once.body.refreshToken,
    refreshExpiresAt: once.body.refreshExpiresAt,
  });
});

test("30 days without use end a sign-in", async () => {
  const { refreshToken } = await tokensOf(rosa);
  run.clock.advance({ days: 29, hours: 23 });
  const second = await refresh(refreshToken);
  expect(second.status).toBe(200);
  run.clock.advance({ days: 30 });
  expect(await refresh(second.body.refreshToken)).toMatchObject(refused);
});

test("90 days end it however often it is used", async () => {
  let { refreshToken } = await tokensOf(rosa);
  for (let day = 20; day <= 80; day += 20) {
    run.clock.advance({ hours: 20 * dayHours });
    const next = await refresh(refreshToken);
    expect(next.status).toBe(200);
    refreshToken = next.body.refreshToken;
    if (day === 80) expect(next.body.refreshExpiresAt).toBe("2027-02-22T14:00:00.000Z");
  }
  run.clock.advance({ hours: 10 * dayHours });
  expect(await refresh(refreshToken)).toMatchObject(refused);
});

test("a made-up token is refused like any other", async () => {
  expect(await refresh("q0mZ3nU7dGv1xYb5cKe8hJs2fLwTpRaN4iOuXyVgBzE")).toMatchObject(refused);
});

test("signing out ends this device only, and says nothing of unknown tokens", async () => {
  const phone = await tokensOf(rosa);
  run.clock.advance({ minutes: 1 });
  const laptop = await tokensOf(rosa);
  const out = (refreshToken: string) => run.post("/api/auth/sign-out", { refreshToken });
  const answer = await out(phone.refreshToken);
  expect([answer.statusCode, answer.json()]).toEqual([200, { signedOut: true }]);
  expect((await out("q0mZ3nU7dGv1xYb5cKe8hJs2fLwTpRaN4iOuXyVgBzE")).json()).toEqual({ signedOut: true });
  expect(await refresh(phone.refreshToken)).toMatchObject(refused);
  expect((await refresh(laptop.refreshToken)).status).toBe(200);
});

test("signing out everywhere ends all devices of the person and nobody else's", async () => {
  const first = await tokensOf(rosa);
  run.clock.advance({ minutes: 1 });
  const second = await tokensOf(rosa);
  const other = await tokensOf("+51900099001");
  const answer = await run.post("/api/auth/sign-out-everywhere", {}, second.accessToken);
  expect([answer.statusCode, answer.json()]).toEqual([200, { ended: 2 }]);
  expect(await refresh(first.refreshToken)).toMatchObject(refused);
  expect(await refresh(second.refreshToken)).toMatchObject(refused);
  expect((await refresh(other.refreshToken)).status).toBe(200);
  expect((await run.post("/api/auth/sign-out-everywhere", {})).statusCode).toBe(401);
});

test("an operator who was dismissed is none from the next refresh on", async () => {
  const dismissed = await tokensOf("+51900099001");
  const { token } = await signIn(run, "+51900099002");
  expect(claimsOf(dismissed.accessToken)).toMatchObject({ operator: true });
  const gone = await run.app.inject({
    method: "DELETE",
    url: `/api/profiles/operators/${dismissed.personId}`,
    headers: { authorization: `Bearer ${token}` },
  });
  expect(gone.statusCode).toBe(200);
  const next = await refresh(dismissed.refreshToken);
  expect(claimsOf(next.body.accessToken)).toMatchObject({ operator: false });
});
