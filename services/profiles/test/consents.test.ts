import { giveConsent, listConsents, withdrawConsent } from "@minka/contracts/people";
import { contactCards, readPerson } from "@minka/contracts/profiles";
import { newId } from "@minka/database/new-id";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acts, runPeople, type PeopleRun } from "./people-run.ts";
import { trace } from "./profiles-run.ts";

let run: PeopleRun;
beforeAll(async () => {
  run = await runPeople();
});
afterAll(() => run.stop());

const bulletins = { purpose: "bulletins", version: "2026-11" } as const;
const consented = async (personId: string) =>
  (await run.callAs("matching")(readPerson, { params: { personId } }, trace)).person.consented;

describe("the ledger of consents", () => {
  test("tells what was agreed to, in which wording, how and when, and how it was withdrawn", async () => {
    const rosa = await run.somebody();
    const path = `/${rosa.id}/consents`;
    const given = await rosa.as("POST", path, { body: { ...bulletins, channel: "web" } });
    const at = run.clock().toISOString();
    expect([given.status, given.json.consent]).toEqual([
      201,
      {
        ...bulletins,
        id: given.json.consent.id,
        channel: "web",
        witness: null,
        givenAt: at,
        withdrawal: null,
      },
    ]);
    run.clock.advance({ hours: 2 });
    const withdrawn = await rosa.as("POST", `${path}/bulletins/withdrawal`, { body: {} });
    const closed = {
      ...given.json.consent,
      withdrawal: { channel: "api", witness: null, at: run.clock().toISOString() },
    };
    expect(withdrawn.json).toEqual({ withdrawn: [closed] });
    const ledger = (await rosa.as("GET", path)).json;
    expect(ledger.items[0]).toEqual(closed);
    expect(ledger.items[1]).toMatchObject({ purpose: "service", channel: "sms", withdrawal: null });
    expect(await acts(run, rosa.id)).toEqual(
      expect.arrayContaining([
        `consent.give bulletins by person:${rosa.id}`,
        `consent.withdraw bulletins by person:${rosa.id}`,
      ]),
    );
  });

  test("keeps a row as it was when the same is agreed to in newer words", async () => {
    const rosa = await run.somebody();
    const path = `/${rosa.id}/consents`;
    await rosa.as("POST", path, { body: bulletins });
    await rosa.as("POST", path, { body: { ...bulletins, version: "2027-01" } });
    const versions = async (query: string) =>
      (await rosa.as("GET", `${path}?purpose=bulletins${query}`)).json.items.map(
        ({ version }: { version: string }) => version,
      );
    expect(await versions("")).toEqual(["2027-01", "2026-11"]);
    await rosa.as("POST", `${path}/bulletins/withdrawal`, { body: {} });
    expect([await versions("&inForce=true"), await versions("&inForce=false")]).toEqual([
      [],
      ["2027-01", "2026-11"],
    ]);
  });

  test("closes the service alone when that is withdrawn, and it is agreed to again as new", async () => {
    const rosa = await run.somebody();
    await rosa.as("POST", `/${rosa.id}/consents`, { body: bulletins });
    await rosa.as("POST", `/${rosa.id}/consents/service/withdrawal`, { body: {} });
    expect(await consented(rosa.id)).toBe(false);
    const left = (await rosa.as("GET", `/${rosa.id}/profile`)).json.profile.consents;
    expect(left).toEqual(["bulletins"]);
    await rosa.as("POST", `/${rosa.id}/consents`, { body: { purpose: "service", version: "2026-11" } });
    expect(await consented(rosa.id)).toBe(true);
  });

  test("does nothing when nothing is in force, and repeats an answer instead of the act", async () => {
    const rosa = await run.somebody();
    const path = `/${rosa.id}/consents`;
    const nothing = await rosa.as("POST", `${path}/lender_sharing/withdrawal`, { body: {} });
    expect([nothing.status, nothing.json]).toEqual([200, { withdrawn: [] }]);
    const twice = [1, 2].map(() => rosa.as("POST", path, { body: bulletins, key: "one" }));
    const [first, second] = await Promise.all(twice);
    expect(second?.json).toEqual(first?.json);
    expect((await rosa.as("GET", `${path}?purpose=bulletins`)).json.items).toHaveLength(1);
  });

  test("tells the other services once what was withdrawn, and says of whom until they agree again", async () => {
    const rosa = await run.somebody();
    const path = `/${rosa.id}/consents`;
    const withdrawn = async () => {
      const body = { personIds: [rosa.id] };
      return (await run.callAs("notifications")(contactCards, { body }, trace)).contacts[0]?.withdrawn;
    };
    await rosa.as("POST", path, { body: bulletins });
    await rosa.as("POST", `${path}/bulletins/withdrawal`, { body: {} });
    expect(await withdrawn()).toBe(false);
    await rosa.as("POST", `${path}/service/withdrawal`, { body: {} });
    await rosa.as("POST", `${path}/service/withdrawal`, { body: {} });
    expect(await withdrawn()).toBe(true);
    await rosa.as("POST", path, { body: { ...bulletins, purpose: "service" } });
    expect(await withdrawn()).toBe(false);
    const told = await run.owner.sql`
      select payload->>'purpose' as purpose, subscriber from events.deliveries
      where event = 'consent.withdrawn' and payload->>'personId' = ${rosa.id} order by id`;
    expect(told.map(({ purpose, subscriber }) => `${purpose} ${subscriber}`)).toEqual([
      "bulletins matching",
      "bulletins notifications",
      "bulletins catalog",
      "bulletins brokering",
      "service matching",
      "service notifications",
      "service catalog",
      "service brokering",
    ]);
  });

  test("comes in pages", async () => {
    const rosa = await run.somebody();
    const path = `/${rosa.id}/consents`;
    await rosa.as("POST", path, { body: bulletins });
    const first = (await rosa.as("GET", `${path}?limit=1`)).json;
    const second = (await rosa.as("GET", `${path}?limit=1&cursor=${first.next}`)).json;
    expect([first.items[0].purpose, second.items[0].purpose, second.next]).toEqual([
      "bulletins",
      "service",
      null,
    ]);
  });
});

describe("who may agree for a person", () => {
  const spoken = { ...bulletins, channel: "spoken", witness: "Elmer Pizango" };

  test("nobody else, and nobody who acts in their name", async () => {
    const [rosa, agent] = [await run.somebody(), await run.somebody("Agente")];
    const acting = run.acting(rosa.id, { personId: agent.id });
    const path = `/${rosa.id}/consents`;
    for (const [caller, body, code] of [
      [acting, bulletins, "not-while-acting"],
      [acting, spoken, "not-while-acting"],
      [agent.as, bulletins, "not-your-profile"],
      [agent.as, spoken, "not-your-profile"],
      [run.operator, bulletins, "not-your-consent"],
      [run.operator, { ...bulletins, channel: "web" }, "not-your-consent"],
    ] as const) {
      const { purpose: _purpose, version: _version, ...told } = body;
      const given = await caller("POST", path, { body });
      const withdrawn = await caller("POST", `${path}/service/withdrawal`, { body: told });
      expect([given.status, given.json.code]).toEqual([403, code]);
      expect([withdrawn.status, withdrawn.json.code]).toEqual([403, code]);
    }
    expect((await run.anonymous("POST", path, { body: bulletins })).status).toBe(401);
    expect((await agent.as("GET", path)).status).toBe(403);
    expect((await rosa.as("GET", path)).json.items).toHaveLength(1);
    expect(await consented(rosa.id)).toBe(true);
  });

  test("an operator writes down what was spoken before a witness with a name", async () => {
    const rosa = await run.somebody();
    const path = `/${rosa.id}/consents`;
    const nameless = await run.operator("POST", path, { body: { ...bulletins, channel: "spoken" } });
    expect([nameless.status, nameless.json.code]).toEqual([422, "witness-needed"]);
    const said = new Date(run.clock().getTime() - 3_600_000).toISOString();
    const given = await run.operator("POST", path, { body: { ...spoken, at: said } });
    expect(given.json.consent).toMatchObject({ channel: "spoken", witness: "Elmer Pizango", givenAt: said });
    const body = { channel: "spoken", witness: "Nelly Sangama" };
    const { withdrawn } = (await run.operator("POST", `${path}/bulletins/withdrawal`, { body })).json;
    expect(withdrawn[0].withdrawal).toMatchObject(body);
  });

  test("a person says it by the web or an interface, now, and needs no witness", async () => {
    const rosa = await run.somebody();
    const path = `/${rosa.id}/consents`;
    for (const channel of ["sms", "spoken"]) {
      const refused = await rosa.as("POST", path, { body: { ...spoken, channel } });
      expect([refused.status, refused.json.errors[0].path]).toEqual([422, "body.channel"]);
    }
    const body = { ...bulletins, at: "2020-01-01T00:00:00.000Z" };
    const { consent } = (await rosa.as("POST", path, { body })).json;
    expect(consent.givenAt).toBe(run.clock().toISOString());
  });

  test("a service passes on what came by SMS, from when it came, never from tomorrow", async () => {
    const rosa = await run.somebody();
    const call = run.callAs("notifications");
    const params = { personId: rosa.id };
    const at = new Date(run.clock().getTime() - 60_000).toISOString();
    const { consent } = await call(
      giveConsent,
      { params, body: { ...bulletins, channel: "sms", at } },
      trace,
    );
    expect(consent).toMatchObject({ channel: "sms", givenAt: at });
    await expect(
      call(giveConsent, { params, body: { ...bulletins, channel: "spoken" } }, trace),
    ).rejects.toMatchObject({ code: "channel-wrong" });
    const tomorrow = new Date(run.clock().getTime() + 86_400_000).toISOString();
    await expect(
      call(giveConsent, { params, body: { ...bulletins, channel: "sms", at: tomorrow } }, trace),
    ).rejects.toMatchObject({ code: "consent-in-future" });
    const { withdrawn } = await call(
      withdrawConsent,
      { params: { ...params, purpose: "bulletins" }, body: { channel: "sms" } },
      trace,
    );
    expect(withdrawn).toHaveLength(1);
    const query = { purpose: "bulletins", inForce: "true" } as const;
    expect((await call(listConsents, { params, query }, trace)).items).toEqual([]);
  });

  test("nobody for somebody who is not here", async () => {
    const refused = await run.operator("POST", `/${newId()}/consents`, { body: spoken });
    expect([refused.status, refused.json.code]).toEqual([404, "person-unknown"]);
  });
});
