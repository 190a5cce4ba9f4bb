import {
  contactCards,
  identifyPhone,
  readPerson,
  registerPerson,
  updatePerson,
} from "@minka/contracts/profiles";
import { connectDatabase, type Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadPeople } from "../src/people/load-people.ts";
import { consentAt, runProfiles, signIn, trace, type ProfilesRun } from "./profiles-run.ts";

let run: ProfilesRun;
let owner: Database;
beforeAll(async () => {
  run = await runProfiles({ OPERATOR_PHONES: "+51900099001" });
  owner = connectDatabase({ url: run.database.ownerUrl, name: "look" });
});
afterAll(async () => {
  await owner.close();
  await run.stop();
});

const register = (phone: string, more: { name?: string; districtCode?: string } = {}) =>
  run.callAs("notifications")(registerPerson, { body: { phone, consent: consentAt(run), ...more } }, trace);

const identify = async (phone: string) =>
  (await run.callAs("notifications")(identifyPhone, { body: { phone } }, trace)).person;

describe("registering", () => {
  test("an unknown phone reaches nobody, and who registers there afterwards", async () => {
    expect(await identify("+51900099100")).toBeNull();
    const { person } = await register("+51900099100", { name: "Rosa Tuanama", districtCode: "221001" });
    expect(person).toMatchObject({
      name: "Rosa Tuanama",
      districtCode: "221001",
      consented: true,
      operator: false,
    });
    expect(await identify("+51900099100")).toEqual(person);
  });

  test("two registrations of one phone at once give one person", async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => register("+51900099101")));
    expect(new Set(answers.map(({ person }) => person.id)).size).toBe(1);
    const [counted] = await owner.sql`
      select count(*)::int as people from profiles.phones where phone = '+51900099101'`;
    expect(counted).toEqual({ people: 1 });
  });

  test("registering again keeps what is known, fills what is not, and writes the consent again", async () => {
    const first = await register("+51900099102", { name: "Elmer Pizango" });
    const second = await register("+51900099102", { name: "Otro Nombre", districtCode: "100601" });
    expect(second.person).toEqual({ ...first.person, districtCode: "100601" });
    const [counted] = await owner.sql`
      select count(*)::int as consents from profiles.consents where person_id = ${first.person.id}`;
    expect(counted).toEqual({ consents: 2 });
  });

  test("a repeated command changes nothing", async () => {
    const body = { phone: "+51900099103", consent: consentAt(run) };
    const options = { ...trace, idempotencyKey: "message-1:register" };
    const call = run.callAs("notifications");
    const first = await call(registerPerson, { body }, options);
    expect(await call(registerPerson, { body }, options)).toEqual(first);
    const [counted] = await owner.sql`
      select count(*)::int as consents from profiles.consents where person_id = ${first.person.id}`;
    expect(counted).toEqual({ consents: 1 });
  });

  test("a code that is no district is refused", async () => {
    await expect(register("+51900099104", { districtCode: "229999" })).rejects.toMatchObject({
      code: "district-unknown",
    });
    expect(await identify("+51900099104")).toBeNull();
  });

  test("of the people who share a phone, the one linked first answers until another uses it", async () => {
    const shared = "+51900099105";
    const [mother, son] = [newId(), newId()];
    const row = { districtCode: "221001", sex: null, birthYear: null, phone: shared, crops: [] };
    const consentVersion = "2026-11";
    await loadPeople(owner, [{ ...row, id: mother, name: "Madre", consentVersion }], { at: run.clock() });
    await loadPeople(owner, [{ ...row, id: son, name: "Hijo", consentVersion }], { at: run.clock() });
    expect(await identify(shared)).toMatchObject({ id: mother });
    await owner.sql`
      update profiles.phones set used_at = used_at + interval '1 minute' where person_id = ${son}`;
    expect(await identify(shared)).toMatchObject({ id: son });
  });
});

describe("reading and correcting", () => {
  test("a person reads and corrects only themself", async () => {
    const rosa = (await register("+51900099110", { name: "Rosa" })).person;
    const juan = (await register("+51900099111", { name: "Juan" })).person;
    const { token } = await signIn(run, "+51900099110");
    const as = { authorization: `Bearer ${token}` };
    const own = await run.app.inject({ url: `/api/profiles/people/${rosa.id}`, headers: as });
    expect(own.json().person).toEqual(rosa);
    const other = await run.app.inject({ url: `/api/profiles/people/${juan.id}`, headers: as });
    expect([other.statusCode, other.json().code]).toEqual([403, "not-your-profile"]);
    const change = await run.app.inject({
      method: "PUT",
      url: `/api/profiles/people/${juan.id}`,
      headers: as,
      payload: { name: "Pedro" },
    });
    expect(change.statusCode).toBe(403);
    const fix = await run.app.inject({
      method: "PUT",
      url: `/api/profiles/people/${rosa.id}`,
      headers: as,
      payload: { name: "Rosa Isabel", districtCode: "221005" },
    });
    expect(fix.json().person).toMatchObject({ name: "Rosa Isabel", districtCode: "221005" });
    expect(await identify("+51900099111")).toMatchObject({ name: "Juan" });
  });

  test("an operator reads anyone, and nobody unknown", async () => {
    const juan = (await register("+51900099112", { name: "Juan" })).person;
    const { token } = await signIn(run, "+51900099001");
    const read = (id: string) =>
      run.app.inject({
        url: `/api/profiles/people/${id}`,
        headers: { authorization: `Bearer ${token}` },
      });
    expect((await read(juan.id)).json().person).toEqual(juan);
    expect((await read(newId())).statusCode).toBe(404);
    expect((await run.app.inject({ url: `/api/profiles/people/${juan.id}` })).statusCode).toBe(401);
  });

  test("a service corrects a person, and the change is in the audit trail", async () => {
    const { person } = await register("+51900099113");
    const call = run.callAs("notifications");
    const params = { personId: person.id };
    await call(updatePerson, { params, body: { districtCode: "250301" } }, trace);
    expect((await call(readPerson, { params }, trace)).person.districtCode).toBe("250301");
    const [row] = await owner.sql`
      select actor, action from profiles.audit where subject = ${person.id} order by id desc limit 1`;
    expect(row).toEqual({ actor: "service:notifications", action: "person.update" });
  });

  test("contact cards name only people who are known", async () => {
    const { person } = await register("+51900099114", { name: "Nelly Sangama", districtCode: "221001" });
    const cards = await run.callAs("notifications")(
      contactCards,
      { body: { personIds: [person.id, newId()] } },
      trace,
    );
    expect(cards.contacts).toEqual([
      {
        personId: person.id,
        name: "Nelly Sangama",
        phone: "+51900099114",
        districtCode: "221001",
        language: null,
        shared: false,
        withdrawn: false,
      },
    ]);
  });
});
