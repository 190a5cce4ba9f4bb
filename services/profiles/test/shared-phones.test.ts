import { contactCards, identifyPhone, registerPerson } from "@minka/contracts/profiles";
import { joinPhone, listSharers, setPrivateWord } from "@minka/contracts/shared-phones";
import { connectDatabase } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { consentAt, runProfiles, signIn, trace, type ProfilesRun } from "./profiles-run.ts";

const phone = "+51987654321";
const operatorPhone = "+51900099001";

let run: ProfilesRun;
beforeEach(async () => {
  run = await runProfiles({ OPERATOR_PHONES: operatorPhone });
});
afterEach(() => run.stop());

/** Rosa, who has no word, and Juan, whose word is "lucero". */
async function household() {
  const call = run.callAs("notifications");
  const consent = consentAt(run);
  const rosa = await call(registerPerson, { body: { phone, name: "Rosa", consent } }, trace);
  const juan = await call(joinPhone, { body: { phone, name: "Juan", word: "Lucero", consent } }, trace);
  return { rosa: rosa.person.id, juan: juan.person.id };
}

async function exchange(more: object, wrong = false) {
  const sms = run.nextSms();
  await run.post("/api/auth/codes", { phone });
  const { code } = await sms;
  const sent = wrong ? String((Number(code) + 1) % 1_000_000).padStart(6, "0") : code;
  return { code, answer: await run.post("/api/auth/tokens", { phone, code: sent, ...more }) };
}

describe("signing in at a shared phone", () => {
  test("asks who it is after a right code only, and the code still serves", async () => {
    const { rosa, juan } = await household();
    const { code, answer } = await exchange({});
    expect([answer.statusCode, answer.json().code]).toEqual([409, "which-person"]);
    expect(answer.json().people).toEqual([
      { personId: rosa, name: "Rosa", hasWord: false },
      { personId: juan, name: "Juan", hasWord: true },
    ]);
    const signedIn = await run.post("/api/auth/tokens", { phone, code, word: "LUCERO" });
    expect([signedIn.statusCode, signedIn.json().personId]).toEqual([200, juan]);
    run.clock.advance({ minutes: 1 });
    const guess = await exchange({ word: "lucero" }, true);
    expect([guess.answer.statusCode, guess.answer.json().code]).toEqual([401, "code-refused"]);
    expect(guess.answer.body).not.toContain("Rosa");
  });

  test("takes an id from who has no word, never from who has one", async () => {
    const { rosa, juan } = await household();
    const asJuan = await exchange({ personId: juan });
    expect(asJuan.answer.json().code).toBe("which-person");
    run.clock.advance({ minutes: 1 });
    const asRosa = await exchange({ personId: rosa });
    expect(asRosa.answer.json().personId).toBe(rosa);
  });
});

test("an operator whose phone others come to share is none until they have a word", async () => {
  const tokensFor = async (more: object) => {
    const sms = run.nextSms();
    await run.post("/api/auth/codes", { phone: operatorPhone });
    const { code } = await sms;
    return (await run.post("/api/auth/tokens", { phone: operatorPhone, code, ...more })).json();
  };
  const refreshed = async ({ refreshToken }: { refreshToken: string }) =>
    (await run.post("/api/auth/tokens/refresh", { refreshToken })).json();
  const listing = async ({ accessToken }: { accessToken: string }) => {
    const headers = { authorization: `Bearer ${accessToken}` };
    return (await run.app.inject({ url: "/api/profiles/operators", headers })).statusCode;
  };
  const alone = await tokensFor({});
  expect(await listing(alone)).toBe(200);
  const consent = consentAt(run);
  const body = { phone: operatorPhone, name: "Juan", word: "lucero", consent };
  await run.callAs("notifications")(joinPhone, { body }, trace);
  const shared = await refreshed(alone);
  expect(await listing(shared)).toBe(403);
  run.clock.advance({ minutes: 1 });
  const picked = await tokensFor({ personId: alone.personId });
  expect([picked.personId, await listing(picked)]).toEqual([alone.personId, 403]);
  const set = await run.app.inject({
    method: "PUT",
    url: `/api/profiles/people/${alone.personId}/private-word`,
    payload: { phone: operatorPhone, word: "guayacan", refreshToken: shared.refreshToken },
    headers: { authorization: `Bearer ${shared.accessToken}` },
  });
  expect(set.statusCode).toBe(200);
  expect(await listing(await refreshed(shared))).toBe(200);
});

/** Somebody whom a list names at this phone, with another name, and who has not agreed. */
async function invite(name: string) {
  const owner = connectDatabase({ url: run.database.ownerUrl, name: "test-owner", maxConnections: 1 });
  const at = new Date(run.clock().getTime() + 60_000).toISOString();
  const id = newId();
  await owner.sql`insert into profiles.people (id, name, state, created_at, updated_at)
    values (${id}, ${name}, 'invited', ${at}, ${at})`;
  await owner.sql`insert into profiles.phones (phone, person_id, linked_at, used_at) values (${phone}, ${id}, ${at}, ${at})`;
  await owner.close();
  return id;
}

describe("whom a list names at somebody's phone", () => {
  test("changes nothing for who is there", async () => {
    const call = run.callAs("notifications");
    const rosa = await call(
      registerPerson,
      { body: { phone, name: "Rosa", consent: consentAt(run) } },
      trace,
    );
    const invited = await invite("Nombre Inventado");
    const identified = await call(identifyPhone, { body: { phone } }, trace);
    expect([identified.shared, identified.person?.id]).toEqual([false, rosa.person.id]);
    const { contacts } = await call(contactCards, { body: { personIds: [rosa.person.id] } }, trace);
    expect(contacts).toEqual([expect.objectContaining({ shared: false })]);
    const { people } = await call(listSharers, { body: { phone } }, trace);
    expect(people.map(({ personId }) => personId)).toEqual([rosa.person.id]);
    expect((await exchange({})).answer.json().personId).toBe(rosa.person.id);
    expect(invited).not.toBe(rosa.person.id);
  });

  test("agrees for themself alone: the consent is of who is named", async () => {
    const { rosa, juan } = await household();
    const call = run.callAs("notifications");
    const consent = consentAt(run);
    const { person } = await call(registerPerson, { body: { phone, personId: rosa, consent } }, trace);
    expect(person.id).toBe(rosa);
    const stranger = call(registerPerson, { body: { phone, personId: newId(), consent } }, trace);
    await expect(stranger).rejects.toMatchObject({ code: "phone-not-theirs" });
    expect(juan).not.toBe(rosa);
  });
});

describe("a private word", () => {
  test("is set by its owner alone, at a phone of theirs", async () => {
    const { rosa, juan } = await household();
    const call = run.callAs("notifications");
    const set = (personId: string, body: object) =>
      call(setPrivateWord, { params: { personId }, body: { phone, word: "guayacan", ...body } }, trace);
    await expect(set(rosa, { phone: "+51900000001" })).rejects.toMatchObject({ code: "phone-not-theirs" });
    for (const word of ["luz", "cacao", "1234567", "dos palabras", "LUCERO", "rosa"])
      await expect(set(rosa, { word })).rejects.toMatchObject({ code: "word-unfit" });
    await set(rosa, {});
    await set(juan, { word: "shihuahuaco" });
    run.clock.advance({ minutes: 1 });
    expect((await exchange({ word: "Guayacán" })).answer.json().personId).toBe(rosa);
  });

  test("ends what its owner is signed in to, but where they set it", async () => {
    const { rosa, juan } = await household();
    const signedIn = async (who: object) => {
      run.clock.advance({ minutes: 1 });
      return (await exchange(who)).answer.json();
    };
    const refresh = async ({ refreshToken }: { refreshToken: string }) =>
      run.post("/api/auth/tokens/refresh", { refreshToken });
    // Who else has the phone in hand may have been Rosa before she had a word.
    const [before, juans, own] = [
      await signedIn({ personId: rosa }),
      await signedIn({ word: "lucero" }),
      await signedIn({ personId: rosa }),
    ];
    const set = (payload: object) =>
      run.app.inject({
        method: "PUT",
        url: `/api/profiles/people/${rosa}/private-word`,
        payload: { phone, ...payload },
        headers: { authorization: `Bearer ${own.accessToken}` },
      });
    expect((await set({ word: "luz", refreshToken: own.refreshToken })).statusCode).toBe(422);
    expect((await set({ word: "guayacan", refreshToken: own.refreshToken })).statusCode).toBe(200);
    expect((await refresh(before)).json().code).toBe("refresh-refused");
    const next = await refresh(own);
    expect(next.json().personId).toBe(rosa);
    expect((await refresh(juans)).json().personId).toBe(juan);
    // Another's token keeps nothing, and by SMS nobody is signed in.
    expect((await set({ word: "shihuahuaco", refreshToken: juans.refreshToken })).statusCode).toBe(200);
    expect((await refresh(next.json())).statusCode).toBe(401);
  });

  test("is nobody else's to set", async () => {
    const { rosa } = await household();
    await run.callAs("notifications")(
      registerPerson,
      { body: { phone: "+51900000002", consent: consentAt(run) } },
      trace,
    );
    const { token } = await signIn(run, "+51900000002");
    const answer = await run.app.inject({
      method: "PUT",
      url: `/api/profiles/people/${rosa}/private-word`,
      payload: { phone, word: "guayacan" },
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.statusCode).toBe(403);
  });
});
