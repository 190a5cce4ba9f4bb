import { readablePhone } from "@minka/domain/phone";
import { beforeAll, describe, expect, test } from "vitest";
import { pest, stage, type Party } from "../dialogue/scene.ts";
import { broker } from "./brokered.ts";
import { findEverywhere } from "./everywhere.ts";
import { signInAt, type SignedIn } from "./signed-in.ts";

const operatorPhone = "+51999000001";
const on = stage({ environment: { OPERATOR_PHONES: operatorPhone, PUBLIC_URL: "https://minka.example.pe" } });

const name = "Wilfredo Yumbatoqui Amasifuen";
const dni = "47281930";
const number = "+51964318275";
/** However it may be written. */
const needles = [name, "Yumbatoqui", number, "964318275", "964 318 275", dni];

let self: SignedIn;
let producer: Party;
let neighbour: Party;
let manager: SignedIn;
let operator: SignedIn;
let agent: Party & { name: string };
let brokered: Awaited<ReturnType<typeof broker>>;

/** A producer of whom everybody has something: the agent, an association, a neighbour, an import, an operator. */
beforeAll(async () => {
  const { platform } = on;
  producer = await on.someoneAt(number);
  await producer.says(pest);
  await producer.says("si");
  await producer.says(`mi nombre es ${name}`);
  await producer.says("1");
  agent = await on.askedBy(producer);
  await agent.says("si mañana");
  platform.clock.advance({ days: 3 });
  await on.settle();
  await producer.says("si");
  await producer.says("4");
  await producer.says("PERSONA");

  self = await signInAt(platform, number);
  await self.done("PUT", `/api/profiles/people/${self.personId}`, { dni, sex: "m", birthYear: 1971 });
  await self.done("POST", `/api/profiles/people/${self.personId}/plots`, {
    name: "La purma de Yumbatoqui",
    districtCode: "221001",
    area: { amount: 2, unit: "ha" },
    tenure: "own",
    document: "title",
    geometry: { type: "Point", coordinates: ["-76.512340", "-8.184410"] },
  });

  operator = await signInAt(platform, operatorPhone);
  neighbour = await on.registered();
  await neighbour.says("mi nombre es Nélida Pizango Huiñapi");
  manager = await signInAt(platform, neighbour.number);
  const { organization } = await manager.done("POST", "/api/profiles/organizations", {
    personId: manager.personId,
    name: "Asociación Los Cedros",
    kind: "association",
    districtCode: "221001",
    crops: ["cacao"],
    board: [],
  });
  const organizationId: string = organization.id;
  await manager.done("POST", `/api/profiles/organizations/${organizationId}/members`, {
    phone: number,
    name,
  });
  await on.settle();
  await producer.says("si");
  await producer.says("quiero un credito de 3000 soles para mi cacao");
  await manager.done("POST", "/api/profiles/delegations", { principal: { phone: number } });
  await on.settle();
  const csv = `Nombres y apellidos,DNI,Celular,Distrito\n${name},${dni},964318275,Tocache\nRosa Tapullima Saboya,40404040,900123123,Tocache\n`;
  await manager.done("POST", `/api/profiles/organizations/${organizationId}/imports`, csv);
  await neighbour.writes(`mi vecino ${name} tambien quiere, su numero es 964 318 275`);
  await on.settle();
  brokered = await broker({
    owner: on.owner,
    now: platform.clock(),
    organizationId,
    manager,
    member: self,
    operationNumber: "47281931",
  });
  await on.settle();
}, 60_000);

describe("a producer of whom everybody has something", () => {
  test("is everywhere before", async () => {
    const places = (await findEverywhere(on.owner, needles)).map((place) => place.split(":")[0]);
    expect(places).toEqual(
      expect.arrayContaining([
        "profiles.people.name",
        "profiles.people.dni",
        "profiles.phones.phone",
        "profiles.plots.name",
        "profiles.imports.content",
        "notifications.inbound_messages.body",
        "notifications.inbound_messages.phone",
        "notifications.outbound_messages.body",
        "notifications.conversations.phone",
        "notifications.simulator_messages.text",
        "notifications.attention_items.phone",
      ]),
    );
  });

  test("gets a file with all of it, and nobody else's name but those they were given", async () => {
    const file = await self.done("GET", `/api/profiles/people/${self.personId}/data`);
    expect(file.person).toEqual({ id: self.personId, name });
    const { profiles, matching, notifications, brokering } = file.sections;
    expect(profiles.person).toEqual([expect.objectContaining({ name, dni, birthYear: 1971, sex: "m" })]);
    expect(profiles.phones).toEqual([expect.objectContaining({ phone: number })]);
    expect(profiles.plots).toEqual([
      expect.objectContaining({ geometry: expect.objectContaining({ type: "Point" }) }),
    ]);
    expect(profiles.memberships).toEqual([
      expect.objectContaining({ organization: "Asociación Los Cedros", state: "active" }),
    ]);
    expect(profiles.consents).toEqual(
      expect.arrayContaining([expect.objectContaining({ purpose: "service", withdrawnAt: null })]),
    );
    expect(matching.requests).toHaveLength(1);
    expect(matching.visits).toEqual([expect.objectContaining({ state: "done" })]);
    expect(matching.ratings).toEqual([expect.objectContaining({ by: "requester", score: 4 })]);
    expect(notifications.messagesWritten).toContainEqual(expect.objectContaining({ text: pest }));
    expect(brokering).toMatchObject({
      poolOrders: [{ id: brokered.orderId, packs: 4, state: "joined" }],
      payments: [{ id: brokered.paymentId, amountCentimos: 120_00, operationNumber: "47281931" }],
      pledges: [{ grams: 100_000, state: "open" }],
      credits: expect.arrayContaining([
        expect.objectContaining({ state: "draft", purpose: "fertilizer", amountCentimos: 1_000_00 }),
      ]),
      endorsements: [{ state: "asked" }],
      guarantees: [{ centimos: 33333, state: "asked" }],
    });
    expect(JSON.stringify(notifications.messagesReceived)).toContain(readablePhone(agent.number));
    const whole = JSON.stringify(file);
    expect(whole).not.toContain("Nélida");
    expect(whole).not.toContain(neighbour.number);
    expect(whole).not.toMatch(/"hash"|tokenHash/);
  });

  test("only they themselves and an operator with a reason see it", async () => {
    const url = `/api/profiles/people/${self.personId}/data`;
    expect(await manager.call("GET", url)).toMatchObject({ status: 403, body: { code: "not-your-profile" } });
    expect(await operator.call("GET", url)).toMatchObject({ status: 422, body: { code: "reason-needed" } });
    expect((await operator.call("GET", `${url}?reason=asked-by-phone`)).status).toBe(200);
    const [audited] = await on.owner`
      select actor, action, subject from profiles.audit where action like 'person.export asked%'`;
    expect(audited).toEqual({
      actor: `person:${operator.personId}`,
      action: "person.export asked-by-phone",
      subject: self.personId,
    });
  });

  test("only they themselves and an operator with a reason can have it erased", async () => {
    const url = `/api/profiles/people/${self.personId}/erasure`;
    expect(await manager.call("POST", url, {})).toMatchObject({
      status: 403,
      body: { code: "not-your-profile" },
    });
    expect(await operator.call("POST", url, {})).toMatchObject({
      status: 422,
      body: { code: "reason-needed", errors: [{ path: "body.reason" }] },
    });
    const unknown = url.replace(self.personId, "0198c0de-0000-7000-8000-000000000001");
    expect(await operator.call("POST", unknown, { reason: "asked-in-writing" })).toMatchObject({
      status: 404,
    });
  });

  test("is nowhere afterwards, in no table of any schema", async () => {
    const before = await manager.done("GET", `/api/profiles/people/${manager.personId}/data`);
    await producer.says("borren mis datos");
    const last = await producer.says("si");
    expect(last).toEqual([expect.stringMatching(/^Listo, sus datos en Minka fueron borrados/)]);
    on.platform.clock.advance({ minutes: 12 });
    await on.settle();

    expect(await findEverywhere(on.owner, needles)).toEqual([]);
    expect(
      await on.owner`select catalog_at is not null as catalog, matching_at is not null as matching,
        brokering_at is not null as brokering, notifications_at is not null as notifications,
        done_at is not null as done, details from profiles.erasures`,
    ).toEqual([
      { catalog: true, matching: true, brokering: true, notifications: true, done: true, details: null },
    ]);

    const after = await manager.done("GET", `/api/profiles/people/${manager.personId}/data`);
    const lasting = ({ sections }: typeof before) => ({
      person: sections.profiles.person,
      phones: sections.profiles.phones,
      consents: sections.profiles.consents,
      memberships: sections.profiles.memberships,
      requests: sections.matching.requests,
      orders: sections.brokering.poolOrders,
      pledges: sections.brokering.pledges,
      written: sections.notifications.messagesWritten.filter((row: { text: string | null }) => row.text),
    });
    const neighbours = lasting(before);
    expect(lasting(after)).toEqual({
      ...neighbours,
      written: neighbours.written.filter((row: { text: string }) => !row.text.includes("Yumbatoqui")),
    });
  });

  test("leaves a history without a name: the visit, its rating, a consent that was withdrawn", async () => {
    expect(await on.owner`select state, name, dni from profiles.people where id = ${self.personId}`).toEqual([
      { state: "erased", name: null, dni: null },
    ]);
    const [rating] = await on.owner`
      select s.score from matching.ratings s join matching.engagements e on e.id = s.engagement_id
      join matching.requests r on r.id = e.request_id where r.person_id = ${self.personId}`;
    expect(rating).toEqual({ score: 4 });
    const { orderId, pledgeId, creditId, guarantorId, paymentId, poolId, lotId } = brokered;
    expect(
      await on.owner`
        select 'order' as what, state from brokering.pool_orders where id = ${orderId}
        union all select 'pledge', state from brokering.pledges where id = ${pledgeId}
        union all select 'credit', state from brokering.credits where id = ${creditId}
        union all select 'endorsement', state from brokering.endorsements where credit_id = ${creditId}
        union all select 'guarantor', state from brokering.guarantors where id = ${guarantorId}`,
    ).toEqual([
      { what: "order", state: "out" },
      { what: "pledge", state: "withdrawn" },
      { what: "credit", state: "withdrawn" },
      { what: "endorsement", state: "released" },
      { what: "guarantor", state: "released" },
    ]);
    // What money changed hands is the other side's account too, and what others want stays as it is.
    expect(
      await on.owner`select amount_centimos::int as centimos from brokering.payments where id = ${paymentId}`,
    ).toEqual([{ centimos: 120_00 }]);
    expect(await on.owner`select people, packs from brokering.pools where id = ${poolId}`).toEqual([
      { people: 1, packs: 6 },
    ]);
    const others = await on.owner`
      select grams::int from brokering.pledges where lot_id = ${lotId} and state = 'open'`;
    expect(others).toEqual([{ grams: 100_000 }]);
    const open = await on.owner`
      select state from matching.requests where person_id = ${self.personId} and state not in ('done', 'cancelled')`;
    expect(open).toEqual([]);
    const consents = await on.owner`
      select purpose from profiles.consents where person_id = ${self.personId} and withdrawn_at is null`;
    expect(consents).toEqual([]);
  });

  test("cannot sign in any more, and nobody finds them", async () => {
    const answer = await self.call("GET", `/api/profiles/people/${self.personId}/data`);
    expect(answer.status).toBe(404);
    expect((await manager.call("GET", `/api/profiles/people/${self.personId}/data`)).status).toBe(403);
  });
});
