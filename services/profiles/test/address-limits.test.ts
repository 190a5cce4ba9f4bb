import { exchangeCode, requestCode } from "@minka/contracts/auth";
import { registerPerson } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import { afterEach, beforeEach, expect, test } from "vitest";
import { consentAt, runProfiles, trace, type ProfilesRun } from "./profiles-run.ts";

const known = "+51900099200";
const here = "203.0.113.7";
const elsewhere = "203.0.113.8";

let run: ProfilesRun;
beforeEach(async () => {
  run = await runProfiles({ CODES_PER_ADDRESS: "4", WRONG_CODES_PER_ADDRESS: "6" });
  const body = { phone: known, name: "Rosa", consent: consentAt(run) };
  await run.callAs("notifications")(registerPerson, { body }, trace);
});
afterEach(() => run.stop());

const phoneOf = (index: number) => `+519000${String(70_000 + index)}`;
async function post(url: string, payload: object, from: string) {
  const response = await run.app.inject({ method: "POST", url, payload, remoteAddress: from });
  return { status: response.statusCode, headers: response.headers, body: response.json() };
}
const ask = (phone: string, from = here) => post("/api/auth/codes", { phone }, from);
const guess = (phone: string, from = here, code = "000000") =>
  post("/api/auth/tokens", { phone, code }, from);

test("an address asks for so many codes an hour, whatever the phones, known or not", async () => {
  const asked = [known, phoneOf(1), phoneOf(2), phoneOf(3)];
  for (const phone of asked) expect((await ask(phone)).status).toBe(202);
  run.clock.advance({ minutes: 20 });
  for (const phone of [known, phoneOf(4)]) {
    const refused = await ask(phone);
    expect(refused).toMatchObject({
      status: 429,
      body: { code: "too-many-codes", retryAfterSeconds: 2_400 },
      headers: { "retry-after": "2400" },
    });
  }
  expect((await ask(phoneOf(4), elsewhere)).status).toBe(202);
  run.clock.advance({ minutes: 40 });
  expect((await ask(phoneOf(5))).status).toBe(202);
});

test("codes asked for at once do not all slip through", async () => {
  const answers = await Promise.all(Array.from({ length: 9 }, (_, index) => ask(phoneOf(index))));
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(4);
});

test("an address that guesses at many phones is stopped, and then even the right code is", async () => {
  for (let index = 0; index < 6; index += 1)
    expect((await guess(phoneOf(index))).body.code).toBe("code-refused");
  const sms = run.nextSms();
  await ask(known, elsewhere);
  const { code } = await sms;
  const stopped = await guess(known, here, code);
  expect(stopped).toMatchObject({ status: 429, body: { code: "too-many-tries" } });
  expect((await guess(phoneOf(9))).body).toMatchObject({ code: "too-many-tries", title: stopped.body.title });
  expect((await guess(known, elsewhere, code)).status).toBe(200);
});

test("right codes do not count", async () => {
  for (let time = 0; time < 4; time += 1) {
    const sms = run.nextSms();
    await ask(known);
    const { code } = await sms;
    expect((await guess(known, here, code)).status).toBe(200);
    run.clock.advance({ minutes: 15 });
  }
  for (let index = 0; index < 6; index += 1) expect((await guess(phoneOf(index))).status).toBe(401);
});

test("pages that ask for the browsers that open them are counted by browser, services for nobody are not", async () => {
  const call = run.callAs("web");
  const codes = async (from: number, address?: string) => {
    for (let index = 0; index < 5; index += 1) {
      const body = { phone: phoneOf(from + index) };
      await call(requestCode, { body }, { ...trace, ...(address ? { address } : {}) });
    }
  };
  await codes(0);
  const refused = await codes(10, "198.51.100.4").catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(DomainError);
  expect(refused).toMatchObject({ code: "too-many-codes" });
  const wrong = call(exchangeCode, { body: { phone: phoneOf(1), code: "000000" } }, trace);
  await expect(wrong).rejects.toMatchObject({ code: "code-refused" });
});

test("a caller that is no service cannot name another address", async () => {
  for (let index = 0; index < 4; index += 1) await ask(phoneOf(index));
  const response = await run.app.inject({
    method: "POST",
    url: "/api/auth/codes",
    payload: { phone: phoneOf(8) },
    remoteAddress: here,
    headers: { "x-client-address": elsewhere },
  });
  expect(response.statusCode).toBe(429);
});
