import { newId } from "@minka/database/new-id";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { assistance, newRuc, other, runCatalog, tocache, type CatalogRun, type Who } from "./catalog-run.ts";

let run: CatalogRun;
beforeAll(async () => {
  run = await runCatalog();
});
afterAll(() => run.stop());

const somebody = (): Who => ({ id: newId(), operator: false });
const codeOf = (answer: { statusCode: number; json: () => { code: string } }) => [
  answer.statusCode,
  answer.json().code,
];

let manager: Who;
let url: string;
let providerId: string;
beforeEach(async () => {
  manager = somebody();
  const document = { type: "ruc", number: newRuc() };
  const entry = { form: "company", kinds: ["agent"], name: "Nelly Pinchi", districtCode: tocache, document };
  providerId = (await run.sendAs(manager, "POST", "/api/catalog/providers", entry)).json().providerId;
  url = `/api/catalog/providers/${providerId}`;
});

const add = (personId: string, role: string, who: Who = manager) =>
  run.sendAs(who, "POST", `${url}/staff`, { personId, role });
const remove = (personId: string, who: Who = manager) =>
  run.sendAs(who, "DELETE", `${url}/staff/${personId}`);
const publish = (who: Who) =>
  run.sendAs(who, "POST", `${url}/offers`, { terms: assistance(1), coverage: ["22"] });
const staff = async () => (await run.sendAs(manager, "GET", `${url}/record`)).json().provider.staff;

describe("staff", () => {
  test("looks after offers, and managers after the provider too", async () => {
    const [seller, partner] = [somebody(), somebody()];
    expect((await add(seller.id, "staff")).statusCode).toBe(201);
    expect((await add(partner.id, "manager", run.operators.maker)).statusCode).toBe(201);
    expect(await staff()).toEqual([
      { personId: manager.id, role: "manager", since: "2026-11-24", contact: true },
      { personId: seller.id, role: "staff", since: "2026-11-24", contact: false },
      { personId: partner.id, role: "manager", since: "2026-11-24", contact: false },
    ]);
    for (const who of [seller, partner]) expect((await publish(who)).statusCode).toBe(201);
    expect(codeOf(await publish(somebody()))).toEqual([403, "not-your-provider"]);
    expect(codeOf(await add(newId(), "staff", seller))).toEqual([403, "not-your-provider"]);
    expect(codeOf(await run.sendAs(seller, "PUT", url, { description: "Mine" }))).toEqual([
      403,
      "not-your-provider",
    ]);
    expect((await add(newId(), "staff", partner)).statusCode).toBe(201);
  });

  test("is of people who exist and agreed", async () => {
    expect(codeOf(await add(run.unknownPersonId, "staff"))).toEqual([404, "person-unknown"]);
    expect(codeOf(await add(run.profiles.invitedPersonId, "staff"))).toEqual([409, "person-has-not-agreed"]);
    expect(codeOf(await add(newId(), "owner"))).toEqual([422, "invalid-input"]);
  });

  test("ends, by a manager or by oneself, and with it the right to act", async () => {
    const [seller, other] = [somebody(), somebody()];
    await add(seller.id, "staff");
    await add(other.id, "staff");
    expect(codeOf(await remove(seller.id, other))).toEqual([403, "not-your-provider"]);
    expect((await remove(seller.id, seller)).statusCode).toBe(200);
    expect((await remove(other.id)).statusCode).toBe(200);
    for (const who of [seller, other]) expect(codeOf(await publish(who))).toEqual([403, "not-your-provider"]);
    expect(codeOf(await remove(seller.id))).toEqual([404, "not-staff"]);
  });

  test("keeps its last manager and its contact person", async () => {
    const partner = somebody();
    expect(codeOf(await remove(manager.id))).toEqual([409, "contact-person"]);
    expect(codeOf(await add(manager.id, "staff"))).toEqual([409, "last-manager"]);
    await add(partner.id, "staff");
    expect(codeOf(await run.sendAs(manager, "PUT", url, { personId: newId() }))).toEqual([409, "not-staff"]);
    expect((await run.sendAs(manager, "PUT", url, { personId: partner.id })).statusCode).toBe(200);
    expect(codeOf(await remove(manager.id))).toEqual([409, "last-manager"]);
    await add(partner.id, "manager");
    expect((await remove(manager.id)).statusCode).toBe(200);
    const { provider } = (await run.sendAs(partner, "GET", `${url}/record`)).json();
    expect(provider.staff).toEqual([
      { personId: partner.id, role: "manager", since: "2026-11-24", contact: true },
    ]);
  });

  test("of two managers who leave at once, one stays", async () => {
    const [first, second] = [somebody(), somebody()];
    for (const { id } of [first, second]) await add(id, "manager");
    await add(first.id, "manager");
    await run.sendAs(manager, "PUT", url, { personId: first.id });
    await remove(manager.id, first);
    const answers = await Promise.all([
      run.sendAs(first, "PUT", url, { personId: second.id }),
      add(second.id, "staff", first),
      remove(second.id, second),
    ]);
    expect(answers.filter(({ statusCode }) => statusCode >= 500)).toEqual([]);
    const { provider } = (await run.sendAs(run.operators.maker, "GET", `${url}/record`)).json();
    const roles = provider.staff.map(({ role }: { role: string }) => role);
    expect(roles).toContain("manager");
    expect(provider.staff.filter(({ contact }: { contact: boolean }) => contact)).toHaveLength(1);
  });

  test("a contact person who takes over is asked instead", async () => {
    await publish(manager);
    await run.verify(providerId);
    const partner = somebody();
    await add(partner.id, "manager");
    const asked = async () =>
      (await run.candidates({ kind: "assistance" })).candidates
        .filter((candidate) => candidate.providerId === providerId)
        .map(({ providerPersonId }) => providerPersonId);
    expect(await asked()).toEqual([manager.id]);
    await run.sendAs(manager, "PUT", url, { personId: partner.id });
    expect(await asked()).toEqual([partner.id]);
    const own = await run.candidates({ kind: "assistance" }, { requesterPersonId: partner.id });
    expect(own.candidates.map((candidate) => candidate.providerId)).not.toContain(providerId);
  });
});

test("a provider who is a person is asked themself", async () => {
  const [who, helper] = [somebody(), somebody()];
  const entry = { form: "person", kinds: ["agent"], name: "Rosa", districtCode: tocache };
  const { providerId } = (await run.sendAs(who, "POST", "/api/catalog/providers", entry)).json();
  const own = `/api/catalog/providers/${providerId}`;
  await run.sendAs(who, "POST", `${own}/staff`, { personId: helper.id, role: "staff" });
  const answer = await run.sendAs(who, "PUT", own, { personId: helper.id });
  expect(codeOf(answer)).toEqual([409, "contact-is-provider"]);
});

describe("grants", () => {
  const grant = (organizationId: string, who: Who = manager) =>
    run.sendAs(who, "POST", `${url}/grants`, { organizationId });
  const withdraw = (organizationId: string, who: Who = manager) =>
    run.sendAs(who, "DELETE", `${url}/grants/${organizationId}`);

  test("let an organization's managers manage the offers, and nothing else", async () => {
    const [organizationId, leader] = [newId(), somebody()];
    run.profiles.manages(leader.id, organizationId);
    expect(codeOf(await publish(leader))).toEqual([403, "not-your-provider"]);
    expect((await grant(organizationId)).json().grants).toEqual([{ organizationId, since: "2026-11-24" }]);
    expect((await grant(organizationId)).json().grants).toHaveLength(1);
    expect((await publish(leader)).statusCode).toBe(201);
    for (const [method, path, payload] of [
      ["PUT", "", { description: "Ours" }],
      ["POST", "/staff", { personId: leader.id, role: "manager" }],
      ["POST", "/submission", {}],
      ["POST", "/closure", { reason: "Not ours" }],
      ["POST", "/grants", { organizationId: newId() }],
      ["GET", "/record", undefined],
    ] as const)
      expect([path, ...codeOf(await run.sendAs(leader, method, `${url}${path}`, payload))]).toEqual([
        path,
        403,
        "not-your-provider",
      ]);
    const member = somebody();
    run.profiles.memberships.push({ personId: member.id, organizationId, role: "member" });
    expect(codeOf(await publish(member))).toEqual([403, "not-your-provider"]);
  });

  test("are given by the provider's managers alone, to an organization that is active", async () => {
    for (const who of [somebody(), run.operators.maker])
      expect(codeOf(await grant(newId(), who))).toEqual([403, "not-your-provider"]);
    expect(codeOf(await grant(run.profiles.unknownOrganizationId))).toEqual([404, "organization-unknown"]);
    expect(codeOf(await grant(run.profiles.closedOrganizationId))).toEqual([409, "organization-not-active"]);
  });

  test("are withdrawn by either side", async () => {
    const [organizationId, leader] = [newId(), somebody()];
    run.profiles.manages(leader.id, organizationId);
    for (const who of [leader, manager, run.operators.maker]) {
      await grant(organizationId);
      expect(codeOf(await withdraw(organizationId, somebody()))).toEqual([403, "not-your-provider"]);
      expect((await withdraw(organizationId, who)).statusCode).toBe(200);
      expect(codeOf(await publish(leader))).toEqual([403, "not-your-provider"]);
    }
    expect(codeOf(await withdraw(organizationId))).toEqual([404, "grant-unknown"]);
  });
});

describe("a provider that is an organization", () => {
  test("is its managers', who need not be staff", async () => {
    const [organizationId, founder, successor] = [newId(), somebody(), somebody()];
    run.profiles.manages(founder.id, organizationId);
    const entry = {
      form: "organization",
      kinds: ["buyer"],
      name: "Alto Huallaga",
      districtCode: tocache,
      organizationId,
    };
    const answer = await run.sendAs(founder, "POST", "/api/catalog/providers", entry);
    const own = `/api/catalog/providers/${answer.json().providerId}`;
    expect(codeOf(await run.sendAs(successor, "PUT", own, { description: "Ours" }))).toEqual([
      403,
      "not-your-provider",
    ]);
    run.profiles.manages(successor.id, organizationId);
    expect((await run.sendAs(successor, "PUT", own, { description: "Ours" })).statusCode).toBe(200);
    const offer = { terms: other("purchase"), coverage: ["22"] };
    expect((await run.sendAs(successor, "POST", `${own}/offers`, offer)).statusCode).toBe(201);
  });
});

describe("a person's own providers", () => {
  const own = (personId: string, who: Who) =>
    run.sendAs(who, "GET", `/api/catalog/people/${personId}/providers`);

  test("are those they act for, in what part; closed ones are past", async () => {
    const organizationId = newId();
    run.profiles.manages(manager.id, organizationId);
    const others = await Promise.all(
      ["Agrotienda", "Caja Rural", "Zapote"].map(async (name) => {
        const who = somebody();
        const entry = { form: "person", kinds: ["agent"], name, districtCode: tocache };
        const { providerId } = (await run.sendAs(who, "POST", "/api/catalog/providers", entry)).json();
        return { who, path: `/api/catalog/providers/${providerId}` };
      }),
    );
    const [shop, bank, closed] = others;
    await run.sendAs(shop?.who ?? null, "POST", `${shop?.path}/staff`, {
      personId: manager.id,
      role: "staff",
    });
    await run.sendAs(bank?.who ?? null, "POST", `${bank?.path}/grants`, { organizationId });
    await run.sendAs(closed?.who ?? null, "POST", `${closed?.path}/staff`, {
      personId: manager.id,
      role: "manager",
    });
    await run.sendAs(closed?.who ?? null, "POST", `${closed?.path}/closure`, { reason: "Moved away" });
    const expected = [
      { name: "Agrotienda", as: "staff" },
      { name: "Caja Rural", as: "granted" },
      { name: "Nelly Pinchi", as: "manager" },
    ];
    for (const who of [manager, run.operators.maker])
      expect((await own(manager.id, who)).json().providers).toMatchObject(expected);
    expect(codeOf(await own(manager.id, somebody()))).toEqual([403, "not-your-profile"]);
  });
});
