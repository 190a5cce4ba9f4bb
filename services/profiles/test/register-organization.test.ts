import { newId } from "@minka/database/new-id";
import { afterAll, beforeAll, expect, test } from "vitest";
import { codeOf, runOrganizations, type OrganizationsRun } from "./organizations-run.ts";

let run: OrganizationsRun;
beforeAll(async () => {
  run = await runOrganizations();
});
afterAll(() => run.stop());

const all = "/api/profiles/organizations";
const one = (id: string) => `${all}/${id}`;
const ruc = "20100017491";

test("who registers an organization is its manager; lists show it unverified until an operator has looked", async () => {
  const person = await run.newPerson("Rosa Tuanama");
  const operator = await run.newPerson("Operator", { operator: true });
  const registered = await run.post(person, all, {
    personId: person.id,
    kind: "cooperative",
    name: "Cooperativa Huayruro",
    legalName: "Cooperativa Agraria Huayruro Limitada",
    ruc,
    districtCode: "221001",
    crops: ["cacao"],
    phone: "+51942000001",
    entryFeeCentimos: 5_000,
    requirements: ["Parcela de cacao de media hectárea"],
    services: ["Venta en grupo", "Abono a crédito"],
    genderGuideline: { text: "Un cargo de tres es de una mujer", adoptedOn: "2025-03-08" },
    certificates: [
      { certificate: "organic", issuer: "Control Union", expiresOn: "2027-05-01" },
      { certificate: "fair_trade", expiresOn: "2026-01-31" },
    ],
  });
  expect(registered.status).toBe(201);
  const { id } = registered.body.organization;
  expect((await run.get(null, one(id))).body.organization).toEqual({
    id,
    name: "Cooperativa Huayruro",
    legalName: "Cooperativa Agraria Huayruro Limitada",
    ruc,
    kind: "cooperative",
    state: "active",
    verified: false,
    confirmedOn: "2026-11-24",
    districtCode: "221001",
    crops: ["cacao"],
    phone: "+51942000001",
    description: null,
    entryFeeCentimos: 5_000,
    requirements: ["Parcela de cacao de media hectárea"],
    services: ["Venta en grupo", "Abono a crédito"],
    genderGuideline: { text: "Un cargo de tres es de una mujer", adoptedOn: "2025-03-08" },
    certificates: [
      { certificate: "fair_trade", issuer: null, number: null, expiresOn: "2026-01-31", inForce: false },
      {
        certificate: "organic",
        issuer: "Control Union",
        number: null,
        expiresOn: "2027-05-01",
        inForce: true,
      },
    ],
    communalLand: false,
    members: null,
    womenShare: null,
    board: { seats: null, womenShare: null },
  });
  const mine = await run.get(person, `/api/profiles/people/${person.id}/memberships`);
  expect(mine.body.memberships).toMatchObject([{ organizationId: id, role: "manager", state: "active" }]);
  expect(codeOf(await run.post(person, `${one(id)}/verify`))).toEqual([403, "not-allowed"]);
  expect((await run.post(operator, `${one(id)}/verify`)).body.organization.verified).toBe(true);
  const found = await run.get(null, `${all}?districtCode=221001&kind=cooperative`);
  expect(found.body.organizations).toMatchObject([
    { id, verified: true, entryFeeCentimos: 5_000, services: ["Venta en grupo", "Abono a crédito"] },
  ]);
});

test("nobody verifies what they registered themselves", async () => {
  const operator = await run.newPerson("Operator", { operator: true });
  const body = { personId: operator.id, kind: "committee", name: "Comité Propio", districtCode: "221001" };
  const { id } = (await run.post(operator, all, body)).body.organization;
  expect(codeOf(await run.post(operator, `${one(id)}/verify`))).toEqual([403, "not-your-own"]);
});

test("what is wrong of an entry is said with its place", async () => {
  const person = await run.newPerson("Nilo Salas");
  const entry = {
    personId: person.id,
    kind: "association",
    name: "Asociación Nueva",
    districtCode: "221001",
  };
  const pathOf = async (more: object) => {
    const { status, body } = await run.post(person, all, { ...entry, ...more });
    return [status, body.errors?.[0]?.path];
  };
  expect(await pathOf({ ruc: "20100017492" })).toEqual([422, "body.ruc"]);
  expect(await pathOf({ ruc: "10123456789" })).toEqual([422, "body.ruc"]);
  expect(await pathOf({ districtCode: "999999" })).toEqual([422, "body.districtCode"]);
  expect(await pathOf({ kind: "informal_group" })).toEqual([422, "body.kind"]);
  expect(await pathOf({ genderGuideline: { text: "Later", adoptedOn: "2027-01-01" } })).toEqual([
    422,
    "body.genderGuideline.adoptedOn",
  ]);
  expect(await pathOf({ kind: "native_community" })).toEqual([422, "body.board"]);
});

test("a native community has its chief and communal land", async () => {
  const person = await run.newPerson("Tito Cachique", { sex: "m" });
  const board = [{ position: "chief", personId: person.id, since: "2026-01-01", until: "2027-12-31" }];
  const registered = await run.post(person, all, {
    personId: person.id,
    kind: "native_community",
    name: "Comunidad Alto Pucalpillo",
    districtCode: "220602",
    board,
  });
  expect(registered.body.organization).toMatchObject({ kind: "native_community", communalLand: true });
  const seats = await run.get(person, `${one(registered.body.organization.id)}/board`);
  expect(seats.body.seats).toMatchObject([
    { position: "chief", personId: person.id, name: "Tito Cachique", sex: "m", current: true },
  ]);
});

test("a RUC and a name are one organization's, also when two register at once", async () => {
  const [first, second] = [await run.newPerson("Uno Ríos"), await run.newPerson("Dos Ríos")];
  const entry = { kind: "association", name: "Asociación Doble", districtCode: "221002", ruc: "20131312955" };
  const answers = await Promise.all(
    [first, second].map((person) => run.post(person, all, { ...entry, personId: person.id })),
  );
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
  const other = { ...entry, name: "Asociación Otra", personId: second.id };
  expect(codeOf(await run.post(second, all, other))).toEqual([409, "ruc-taken"]);
});

test("nobody registers for another", async () => {
  const [person, other] = [await run.newPerson("Uno Salas"), await run.newPerson("Dos Salas")];
  const entry = { personId: other.id, kind: "association", name: "Asociación Ajena", districtCode: "221001" };
  expect(codeOf(await run.post(person, all, entry))).toEqual([403, "not-your-profile"]);
  expect((await run.post(null, all, entry)).status).toBe(401);
});

test("a manager changes an entry and confirms it; another name needs an operator's look again", async () => {
  const organization = await run.newOrganization("Asociación Antes");
  const operator = await run.newPerson("Operator", { operator: true });
  await run.post(operator, `${one(organization.id)}/verify`);
  run.clock.advance({ days: 2 });
  const confirmed = await run.put(organization.manager, one(organization.id), {});
  expect(confirmed.body.organization).toMatchObject({ verified: true, confirmedOn: "2026-11-26" });
  const changed = await run.put(organization.manager, one(organization.id), {
    entryFeeCentimos: 0,
    certificates: [{ certificate: "organic", expiresOn: "2027-01-01" }],
  });
  expect(changed.body.organization).toMatchObject({ verified: true, entryFeeCentimos: 0 });
  expect(changed.body.organization.certificates).toHaveLength(1);
  const renamed = await run.put(organization.manager, one(organization.id), { name: "Asociación Después" });
  expect(renamed.body.organization).toMatchObject({ verified: false, name: "Asociación Después" });
  const corrected = await run.put(operator, one(organization.id), { districtCode: "221002" });
  expect(corrected.body.organization.districtCode).toBe("221002");
  const member = await run.newMember(organization, "Simple Member");
  for (const who of [member, await run.newPerson("Stranger")]) {
    expect(codeOf(await run.put(who, one(organization.id), {}))).toEqual([403, "not-your-organization"]);
  }
  expect(codeOf(await run.put(operator, one(newId()), {}))).toEqual([404, "organization-unknown"]);
});

test("a closed organization leaves every list, ends its memberships and gives its RUC free", async () => {
  const free = "20601234565";
  const organization = await run.newOrganization("Asociación Fin", { ruc: free, districtCode: "250301" });
  const member = await run.newMember(organization, "Last Member");
  const close = `${one(organization.id)}/close`;
  expect(codeOf(await run.post(member, close, { reason: "why not" }))).toEqual([
    403,
    "not-your-organization",
  ]);
  const closed = await run.post(organization.manager, close, { reason: "The assembly decided so" });
  expect(closed.body.organization.state).toBe("closed");
  expect((await run.get(null, `${all}?districtCode=250301`)).body.organizations).toEqual([]);
  const { body } = await run.get(member, `/api/profiles/people/${member.id}/memberships`);
  expect(body.memberships).toMatchObject([{ state: "ended" }]);
  // The manager is none any more.
  expect(codeOf(await run.put(organization.manager, one(organization.id), {}))).toEqual([
    403,
    "not-your-organization",
  ]);
  const asks = { personId: member.id };
  expect(codeOf(await run.post(member, `${one(organization.id)}/requests`, asks))).toEqual([
    409,
    "organization-closed",
  ]);
  await run.newOrganization("Asociación Comienzo", { ruc: free });
});

test("the public sees counts from five up and no share that tells of four; who leads sees all", async () => {
  const organization = await run.newOrganization("Asociación Cuenta");
  const seen = async (who: typeof organization.manager | null) => {
    const { body } = await run.get(who, one(organization.id));
    return [body.organization.members, body.organization.womenShare];
  };
  await run.newMember(organization, "Mujer Uno", { sex: "f" });
  await run.newMember(organization, "Hombre Uno", { sex: "m" });
  const simple = await run.newMember(organization, "Hombre Dos", { sex: "m" });
  expect(await seen(null)).toEqual([null, null]);
  expect(await seen(simple)).toEqual([null, null]);
  expect(await seen(organization.manager)).toEqual([4, 0.33]);
  for (const name of ["Tres", "Cuatro", "Cinco"])
    await run.newMember(organization, `Hombre ${name}`, { sex: "m" });
  expect(await seen(null)).toEqual([7, null]);
  for (const name of ["Dos", "Tres", "Cuatro", "Cinco"]) {
    await run.newMember(organization, `Mujer ${name}`, { sex: "f" });
  }
  expect(await seen(null)).toEqual([11, 0.5]);
});
