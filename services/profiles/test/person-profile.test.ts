import { contactCards, identifyPhone, registerPerson, updatePerson } from "@minka/contracts/profiles";
import { newId } from "@minka/database/new-id";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acts, runPeople, type PeopleRun } from "./people-run.ts";
import { consentAt, trace } from "./profiles-run.ts";

let run: PeopleRun;
beforeAll(async () => {
  run = await runPeople();
});
afterAll(() => run.stop());

const whole = {
  name: "Rosa Isabel Tuanama",
  dni: "05414828",
  sex: "f",
  birthYear: 1974,
  districtCode: "221001",
  locality: "Bambamarca",
  contactHours: { from: 17, to: 20 },
  wallets: ["yape", "bim"],
};

describe("a person's profile", () => {
  test("holds all they said of themself, for them and for operators", async () => {
    const rosa = await run.somebody();
    const put = await rosa.as("PUT", `/${rosa.id}`, { body: whole });
    expect([put.status, put.json.person.name]).toEqual([200, whole.name]);
    expect(Object.keys(put.json.person)).not.toContain("dni");
    const own = await rosa.as("GET", `/${rosa.id}/profile`);
    expect(own.json.profile).toEqual({
      ...whole,
      id: rosa.id,
      state: "active",
      language: null,
      prefersWoman: false,
      phones: [rosa.phone],
      consents: ["service"],
      crops: [],
      withheld: false,
      registeredAt: run.clock().toISOString(),
      updatedAt: run.clock().toISOString(),
    });
    expect((await run.operator("GET", `/${rosa.id}/profile`)).json).toEqual(own.json);
    expect(await acts(run, rosa.id)).toContain(`person.update by person:${rosa.id}`);
  });

  test("what is left out stays, and null takes away", async () => {
    const rosa = await run.somebody();
    await rosa.as("PUT", `/${rosa.id}`, { body: { ...whole, dni: "00000018" } });
    await rosa.as("PUT", `/${rosa.id}`, {
      body: { dni: null, contactHours: null, locality: null, wallets: [] },
    });
    const { profile } = (await rosa.as("GET", `/${rosa.id}/profile`)).json;
    expect(profile).toMatchObject({
      name: whole.name,
      sex: "f",
      birthYear: 1974,
      dni: null,
      contactHours: null,
      locality: null,
      wallets: [],
    });
  });

  test("is nobody else's to read or change", async () => {
    const [rosa, juan] = [await run.somebody(), await run.somebody("Juan")];
    for (const [method, path] of [
      ["GET", `/${rosa.id}/profile`],
      ["PUT", `/${rosa.id}`],
    ] as const) {
      const options = method === "PUT" ? { body: { name: "X" } } : {};
      const refused = await juan.as(method, path, options);
      expect([refused.status, refused.json.code]).toEqual([403, "not-your-profile"]);
      expect((await run.anonymous(method, path, options)).status).toBe(401);
    }
    const unknown = await run.operator("GET", `/${newId()}/profile`);
    expect([unknown.status, unknown.json.code]).toEqual([404, "person-unknown"]);
  });

  test("an agent acting in their name may correct it, and both are recorded", async () => {
    const [rosa, agent] = [await run.somebody(), await run.somebody("Agente")];
    const acting = run.acting(rosa.id, { personId: agent.id });
    expect((await acting("PUT", `/${rosa.id}`, { body: { locality: "Nuevo Edén" } })).status).toBe(200);
    expect((await acting("GET", `/${agent.id}/profile`)).status).toBe(403);
    expect(await acts(run, rosa.id)).toContain(
      `person.update by person:${rosa.id} through person:${agent.id}`,
    );
  });

  test.each([
    [{ dni: "1234567" }, "invalid-input", "body.dni"],
    [{ dni: "1234567X" }, "invalid-input", "body.dni"],
    [{ name: "😀 77" }, "invalid-input", "body.name"],
    [{ birthYear: 2027 }, "birth-year-in-future", "body.birthYear"],
    [{ birthYear: 2026 }, "birth-year-too-late", "body.birthYear"],
    [{ birthYear: 2015 }, "birth-year-too-late", "body.birthYear"],
    [{ contactHours: { from: 20, to: 18 } }, "contact-hours-reversed", "body.contactHours.to"],
    [{ contactHours: { from: 5, to: 24 } }, "invalid-input", "body.contactHours.to"],
    [{ locality: "x".repeat(61) }, "invalid-input", "body.locality"],
    [{ wallets: ["tunki"] }, "invalid-input", "body.wallets.0"],
    [{ districtCode: "229999" }, "district-unknown", "body.districtCode"],
  ])("%j is refused as %s", async (body, code, path) => {
    const rosa = await run.somebody();
    const refused = await rosa.as("PUT", `/${rosa.id}`, { body });
    expect([refused.status, refused.json.code]).toEqual([422, code]);
    expect(refused.json.errors.map((error: { path: string }) => error.path)).toContain(path);
  });
});

describe("a DNI", () => {
  test("belongs to one person, and the refusal does not tell to whom", async () => {
    const [rosa, juan] = [await run.somebody(), await run.somebody("Juan")];
    await rosa.as("PUT", `/${rosa.id}`, { body: { dni: "40000001" } });
    const refused = await juan.as("PUT", `/${juan.id}`, { body: { dni: "40000001", name: "Juan Carlos" } });
    expect([refused.status, refused.json.code]).toEqual([409, "dni-taken"]);
    expect(refused.text).not.toMatch(/Rosa|40000001/);
    expect(refused.text).not.toContain(rosa.id);
    expect((await juan.as("GET", `/${juan.id}/profile`)).json.profile).toMatchObject({
      dni: null,
      name: "Juan",
    });
    const again = await rosa.as("PUT", `/${rosa.id}`, { body: { dni: "40000001" } });
    expect(again.status).toBe(200);
  });

  test("of two who enter it at once one has it", async () => {
    const both = [await run.somebody(), await run.somebody()];
    const answers = await Promise.all(
      both.map(({ id, as }) => as("PUT", `/${id}`, { body: { dni: "40000002" } })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ json }) => json.code === "dni-taken")).toHaveLength(1);
  });

  test("of somebody erased is free again", async () => {
    const [rosa, juan] = [await run.somebody(), await run.somebody("Juan")];
    await rosa.as("PUT", `/${rosa.id}`, { body: { dni: "40000003" } });
    await run.owner.sql`update profiles.people set state = 'erased' where id = ${rosa.id}`;
    expect((await juan.as("PUT", `/${juan.id}`, { body: { dni: "40000003" } })).status).toBe(200);
  });
});

describe("a mother tongue", () => {
  const agree = (personId: string) => ({
    path: `/${personId}/consents`,
    body: { purpose: "language", version: "2026-11" },
  });

  test("is kept only with the consent to it, and goes with it", async () => {
    const rosa = await run.somebody();
    const refused = await rosa.as("PUT", `/${rosa.id}`, { body: { language: "agr", name: "Otra" } });
    expect([refused.status, refused.json.code]).toEqual([422, "language-needs-consent"]);
    const { path, body } = agree(rosa.id);
    await rosa.as("POST", path, { body });
    expect((await rosa.as("PUT", `/${rosa.id}`, { body: { language: "agr" } })).status).toBe(200);
    const language = async () => (await rosa.as("GET", `/${rosa.id}/profile`)).json.profile.language;
    expect(await language()).toBe("agr");
    await rosa.as("POST", `${path}/bulletins/withdrawal`, { body: {} });
    expect(await language()).toBe("agr");
    await rosa.as("POST", `${path}/language/withdrawal`, { body: {} });
    expect(await language()).toBeNull();
    expect((await rosa.as("PUT", `/${rosa.id}`, { body: { language: null } })).status).toBe(200);
  });

  test("does not stay when it is set while the consent is withdrawn", async () => {
    const rosa = await run.somebody();
    const { path, body } = agree(rosa.id);
    for (let round = 0; round < 12; round += 1) {
      await rosa.as("POST", path, { body });
      await Promise.all([
        rosa.as("PUT", `/${rosa.id}`, { body: { language: "cni" } }),
        rosa.as("POST", `${path}/language/withdrawal`, { body: {} }),
      ]);
      expect((await rosa.as("GET", `/${rosa.id}/profile`)).json.profile.language).toBeNull();
    }
  });

  test("a service may not set it either without the consent", async () => {
    const rosa = await run.somebody();
    const call = run.callAs("notifications");
    await expect(
      call(updatePerson, { params: { personId: rosa.id }, body: { language: "shp" } }, trace),
    ).rejects.toMatchObject({ code: "language-needs-consent" });
  });
});

describe("people who are only invited, and who were erased", () => {
  const setState = (id: string, state: string) =>
    run.owner.sql`update profiles.people set state = ${state} where id = ${id}`;
  const invite = async () => {
    const rosa = await run.somebody();
    await run.owner.sql`delete from profiles.consents where person_id = ${rosa.id}`;
    await setState(rosa.id, "invited");
    return rosa;
  };
  const cards = async (id: string) =>
    (await run.callAs("matching")(contactCards, { body: { personIds: [id] } }, trace)).contacts;
  const identify = async (phone: string) =>
    (await run.callAs("notifications")(identifyPhone, { body: { phone } }, trace)).person;

  test("an invited one has no card, and is active once they register", async () => {
    const rosa = await invite();
    expect(await cards(rosa.id)).toEqual([]);
    expect(await identify(rosa.phone)).toMatchObject({ id: rosa.id, consented: false });
    const body = { phone: rosa.phone, consent: consentAt(run) };
    const { person } = await run.callAs("notifications")(registerPerson, { body }, trace);
    expect(person).toMatchObject({ id: rosa.id, consented: true });
    expect(await cards(rosa.id)).toHaveLength(1);
    expect((await rosa.as("GET", `/${rosa.id}/profile`)).json.profile.state).toBe("active");
  });

  test("an invited one is active once they agree to the service", async () => {
    const rosa = await invite();
    const give = (purpose: string) =>
      rosa.as("POST", `/${rosa.id}/consents`, { body: { purpose, version: "2026-11" } });
    await give("bulletins");
    expect(await cards(rosa.id)).toEqual([]);
    await give("service");
    expect(await cards(rosa.id)).toHaveLength(1);
  });

  test("an erased one is nowhere", async () => {
    const rosa = await run.somebody();
    await setState(rosa.id, "erased");
    expect(await cards(rosa.id)).toEqual([]);
    expect(await identify(rosa.phone)).toBeNull();
    for (const path of [`/${rosa.id}`, `/${rosa.id}/profile`, `/${rosa.id}/plots`, `/${rosa.id}/consents`]) {
      expect([path, (await run.operator("GET", path)).status]).toEqual([path, 404]);
    }
    expect((await run.operator("PUT", `/${rosa.id}`, { body: { name: "Rosa" } })).status).toBe(404);
    const body = { phone: rosa.phone, consent: consentAt(run) };
    const { person } = await run.callAs("notifications")(registerPerson, { body }, trace);
    expect(person.id).not.toBe(rosa.id);
  });
});

describe("certificates", () => {
  const organic = {
    certificate: "organic",
    crop: "cacao",
    issuer: "Control Union",
    number: "CU-8812",
    expiresOn: "2027-03-31",
  };

  test("are entered, renewed and taken away, and expire the day after their last", async () => {
    const rosa = await run.somebody();
    const path = `/${rosa.id}/certificates`;
    const added = await rosa.as("POST", path, { body: organic });
    expect([added.status, added.json.certificate]).toEqual([
      201,
      { ...organic, id: added.json.certificate.id, expired: false },
    ]);
    const { id } = added.json.certificate;
    const today = run.clock().toISOString().slice(0, 10);
    const yesterday = new Date(run.clock().getTime() - 86_400_000).toISOString().slice(0, 10);
    for (const [expiresOn, expired] of [
      [today, false],
      [yesterday, true],
    ]) {
      const changed = await rosa.as("PUT", `${path}/${id}`, { body: { ...organic, expiresOn } });
      expect(changed.json.certificate).toMatchObject({ expiresOn, expired });
    }
    const twice = await rosa.as("POST", path, { body: organic });
    expect([twice.status, twice.json.code]).toEqual([409, "certificate-known"]);
    expect((await rosa.as("DELETE", `${path}/${id}`)).status).toBe(200);
    expect((await rosa.as("GET", path)).json).toEqual({ items: [], next: null });
    expect(await acts(run, id)).toEqual([
      `certificate.add by person:${rosa.id}`,
      `certificate.change by person:${rosa.id}`,
      `certificate.change by person:${rosa.id}`,
      `certificate.remove by person:${rosa.id}`,
    ]);
  });

  test("are shown in pages", async () => {
    const rosa = await run.somebody();
    const path = `/${rosa.id}/certificates`;
    for (const number of ["1", "2", "3"]) await rosa.as("POST", path, { body: { ...organic, number } });
    const first = (await rosa.as("GET", `${path}?limit=2`)).json;
    const second = (await rosa.as("GET", `${path}?limit=2&cursor=${first.next}`)).json;
    const numbers = [...first.items, ...second.items].map(({ number }: { number: string }) => number);
    expect([numbers, second.next]).toEqual([["3", "2", "1"], null]);
    expect((await rosa.as("GET", `${path}?cursor=last`)).json.code).toBe("cursor-wrong");
  });

  test("are nobody else's", async () => {
    const [rosa, juan] = [await run.somebody(), await run.somebody("Juan")];
    const { id } = (await rosa.as("POST", `/${rosa.id}/certificates`, { body: organic })).json.certificate;
    const tries = [
      juan.as("GET", `/${rosa.id}/certificates`),
      juan.as("POST", `/${rosa.id}/certificates`, { body: organic }),
      juan.as("PUT", `/${rosa.id}/certificates/${id}`, { body: organic }),
      juan.as("DELETE", `/${rosa.id}/certificates/${id}`),
    ];
    expect((await Promise.all(tries)).map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    expect((await juan.as("DELETE", `/${juan.id}/certificates/${id}`)).status).toBe(404);
    expect((await run.operator("GET", `/${rosa.id}/certificates`)).json.items).toHaveLength(1);
  });
});
