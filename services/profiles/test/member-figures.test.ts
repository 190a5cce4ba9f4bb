import { afterAll, beforeAll, expect, test } from "vitest";
import {
  codeOf,
  membersOf,
  requestsTo,
  runOrganizations,
  type Someone,
  type OrganizationsRun,
} from "./organizations-run.ts";

let run: OrganizationsRun;
beforeAll(async () => {
  run = await runOrganizations();
});
afterAll(() => run.stop());

const figuresOf = (organizationId: string) => `/api/profiles/organizations/${organizationId}/member-figures`;

test("members are counted for who leads, with what became of whom they named", async () => {
  const organization = await run.newOrganization("Asociación Bombonaje");
  const woman = await run.newMember(organization, "Irma Pezo");
  await run.put(woman, `/api/profiles/people/${woman.id}`, { sex: "f" });
  const asked = await run.newPerson("Nobody Knows");
  await run.post(organization.manager, membersOf(organization.id), { personId: asked.id });
  const { status, body } = await run.get(organization.manager, figuresOf(organization.id));
  expect(status).toBe(200);
  expect(body).toMatchObject({
    members: 2,
    women: 1,
    invited: { yes: 1, no: 0, waiting: 1, silent: 0 },
    // Of two people a size would be somebody's.
    bySize: null,
  });
  expect(codeOf(await run.get(woman, figuresOf(organization.id)))).toEqual([403, "not-your-organization"]);
});

test("districts of few are told apart only to who may have the members as a file", async () => {
  const organization = await run.newOrganization("Asociación Shimbillo");
  const broker = await run.newMember(organization, "Percy Vela", { role: "broker" });
  const districts = async (who: Someone) =>
    (await run.get(who, figuresOf(organization.id))).body.byDistrict.map(
      ({ districtCode }: { districtCode: string | null }) => districtCode,
    );
  expect(await districts(broker)).toEqual([null]);
  await run.put(broker, `/api/profiles/people/${broker.id}`, { districtCode: "221001" });
  expect(await districts(broker)).toEqual([null]);
  expect(await districts(organization.manager)).toContain("221001");
});

test("members are looked for by a part of their name, sex and district, by who reads them whole", async () => {
  const organization = await run.newOrganization("Asociación Ungurahui");
  const found = await run.newMember(organization, "Zoila Ángulo Ríos");
  const broker = await run.newMember(organization, "Nilo Rengifo", { role: "broker" });
  await run.put(found, `/api/profiles/people/${found.id}`, { sex: "f", districtCode: "221001" });
  const names = async (query: string) =>
    (await run.get(organization.manager, `${membersOf(organization.id)}?${query}`)).body.items.map(
      ({ name }: { name: string }) => name,
    );
  expect(await names("name=angulo%20rios&sex=f&districtCode=221001")).toEqual(["Zoila Ángulo Ríos"]);
  expect(await names("name=100%25")).toEqual([]);
  expect(await names("sex=m")).toEqual([]);
  const masked = await run.get(broker, `${membersOf(organization.id)}?name=angulo`);
  expect(codeOf(masked)).toEqual([403, "not-your-organization"]);
});

test("who asks and who was asked are listed apart", async () => {
  const organization = await run.newOrganization("Asociación Caimitillo");
  const asking = await run.newPerson("Who Asks");
  await run.post(asking, requestsTo(organization.id), { personId: asking.id });
  const named = await run.newPerson("Who Was Named");
  await run.post(organization.manager, membersOf(organization.id), { personId: named.id });
  const waiting = async (waitsFor: string) =>
    (await run.get(organization.manager, `${membersOf(organization.id)}?state=asked&waitsFor=${waitsFor}`))
      .body.items;
  expect(await waiting("organization")).toMatchObject([{ personId: asking.id, waitsFor: "organization" }]);
  expect(await waiting("person")).toMatchObject([{ personId: named.id, waitsFor: "person" }]);
});
