import { readFile, stat, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { registerPerson } from "@minka/contracts/profiles";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { secondsUntilNextCode } from "../src/sign-in/code-limits.ts";
import { openSigningKey } from "../src/sign-in/signing-key.ts";
import { consentAt, runProfiles, signIn, trace, type ProfilesRun } from "./profiles-run.ts";

const known = "+51900099200";
const unknown = "+51900099299";

describe("signing in", () => {
  let run: ProfilesRun;
  beforeEach(async () => {
    run = await runProfiles({ OPERATOR_PHONES: "900099001, +51 900 099 002" });
    const body = { phone: known, name: "Rosa", consent: consentAt(run) };
    await run.callAs("notifications")(registerPerson, { body }, trace);
  });
  afterEach(() => run.stop());

  const ask = (phone: string) => run.post("/api/auth/codes", { phone });
  const exchange = (phone: string, code: string) => run.post("/api/auth/tokens", { phone, code });
  const codeFor = async (phone: string) => {
    const sms = run.nextSms();
    await ask(phone);
    return (await sms).code;
  };
  const wrong = (code: string) => (code === "000000" ? "000001" : "000000");

  test("the code that came by SMS gives a token that says who it is", async () => {
    const { token, personId } = await signIn(run, known);
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    expect(claims).toMatchObject({ sub: personId, operator: false });
    expect(run.sent).toEqual([
      { phone: known, code: expect.stringMatching(/^\d{6}$/), expiresAt: "2026-11-24T14:10:00.000Z" },
    ]);
  });

  test("the phones of OPERATOR_PHONES sign in as operators, however they are written", async () => {
    const { token } = await signIn(run, "+51900099002");
    expect(JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString())).toMatchObject({
      operator: true,
    });
  });

  test("answers and limits are the same for a known and an unknown phone, and only the known gets an SMS", async () => {
    for (const wait of [0, 0, 31, 31, 31, 31, 31]) {
      run.clock.advance({ seconds: wait });
      const [a, b] = [await ask(known), await ask(unknown)];
      const { requestId: _a, ...first } = a.json();
      const { requestId: _b, ...second } = b.json();
      expect([a.statusCode, first]).toEqual([b.statusCode, second]);
    }
    const refused = await exchange(unknown, "123456");
    expect([refused.statusCode, refused.json().code]).toEqual([401, "code-refused"]);
    await run.stop();
    expect(run.sent.map(({ phone }) => phone)).toEqual(Array.from({ length: 5 }, () => known));
    run = await runProfiles();
  });

  test("one code in 30 seconds and five an hour", async () => {
    expect((await ask(known)).statusCode).toBe(202);
    const early = await ask(known);
    expect([early.statusCode, early.json()]).toEqual([
      429,
      expect.objectContaining({ code: "too-many-codes", retryAfterSeconds: 30 }),
    ]);
    for (let count = 2; count <= 5; count += 1) {
      run.clock.advance({ seconds: 30 });
      expect((await ask(known)).statusCode).toBe(202);
    }
    run.clock.advance({ seconds: 30 });
    expect((await ask(known)).statusCode).toBe(429);
    run.clock.advance({ hours: 1 });
    expect((await ask(known)).statusCode).toBe(202);
  });

  test("two askings at once give one code", async () => {
    const statuses = (await Promise.all([ask(known), ask(known)])).map(({ statusCode }) => statusCode);
    expect(statuses.sort((a, b) => a - b)).toEqual([202, 429]);
  });

  test("after five wrong tries the right code is refused too", async () => {
    const code = await codeFor(known);
    await ask(unknown);
    const refusals = async (phone: string, codes: readonly string[]) => {
      const told: unknown[] = [];
      for (const each of codes) {
        const { statusCode, body } = await exchange(phone, each);
        const { requestId: _, ...said } = JSON.parse(body);
        told.push({ statusCode, ...said });
      }
      return told;
    };
    const codes = [...Array.from({ length: 5 }, () => wrong(code)), code];
    const told = await refusals(known, codes);
    expect(told.map((each) => (each as { code: string }).code)).toEqual([
      ...Array.from({ length: 5 }, () => "code-refused"),
      "code-tries-used",
    ]);
    expect(await refusals(unknown, codes)).toEqual(told);
  });

  test("the right code after four wrong tries is accepted, once", async () => {
    const code = await codeFor(known);
    for (let tries = 0; tries < 4; tries += 1) await exchange(known, wrong(code));
    expect((await exchange(known, code)).statusCode).toBe(200);
    expect((await exchange(known, code)).statusCode).toBe(401);
  });

  test("a code ends after ten minutes, and when a newer one is asked for", async () => {
    const first = await codeFor(known);
    run.clock.advance({ minutes: 9, seconds: 59 });
    const second = await codeFor(known);
    if (first !== second) expect((await exchange(known, first)).statusCode).toBe(401);
    run.clock.advance({ minutes: 10 });
    expect((await exchange(known, second)).statusCode).toBe(401);
  });

  test("a code is no use at another phone", async () => {
    const code = await codeFor(known);
    expect((await exchange("+51900099001", code)).statusCode).toBe(401);
  });
});

describe("the signing key", () => {
  test("is made once, readable by its owner alone, and the same for two that start together", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "minka-key-"));
    const source = { tokenPrivateKey: undefined, dataDir };
    const [first, second] = await Promise.all([openSigningKey(source), openSigningKey(source)]);
    expect(second.publicKey).toBe(first.publicKey);
    const file = join(dataDir, "token-private-key.pem");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const fromEnvironment = await openSigningKey({
      tokenPrivateKey: (await readFile(file, "utf8")).replaceAll("\n", "\\n"),
      dataDir: undefined,
    });
    expect(fromEnvironment.publicKey).toBe(first.publicKey);
    await rm(dataDir, { recursive: true });
  });
});

test("asking whenever it is allowed never gives more than five codes in any hour, nor two in 30 seconds", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1_200 }), { maxLength: 60 }), (gaps) => {
      let now = Date.parse("2026-11-24T14:00:00Z");
      const given: Date[] = [];
      for (const gap of gaps) {
        now += gap * 1000;
        if (secondsUntilNextCode(given, new Date(now)) === 0) given.push(new Date(now));
      }
      given.forEach((at, index) => {
        const next = given[index + 1];
        const sixth = given[index + 5];
        if (next) expect(next.getTime() - at.getTime()).toBeGreaterThanOrEqual(30_000);
        if (sixth) expect(sixth.getTime() - at.getTime()).toBeGreaterThanOrEqual(3_600_000);
      });
    }),
  );
});
