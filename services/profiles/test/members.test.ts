import { afterAll, beforeAll, expect, test } from "vitest";
import {
  codeOf,
  membersOf,
  onMembership as act,
  runOrganizations,
  type OrganizationsRun,
} from "./organizations-run.ts";

let run: OrganizationsRun;
beforeAll(async () => {
  run = await runOrganizations();
});
afterAll(() => run.stop());

test("a person leaves at any time and may come back; both times are kept", async () => {
  const organization = await run.newOrganization("Asociación Pucacunga");
  const member = await run.newMember(organization, "Antero Fasabi");
  const stranger = await run.newPerson("Somebody Else");
  expect(codeOf(await run.post(stranger, act(member.membershipId, "leave")))).toEqual([
    403,
    "not-your-profile",
  ]);
  const left = await run.post(member, act(member.membershipId, "leave"));
  expect(left.body.membership).toMatchObject({ state: "ended" });
  expect(left.body.membership.until).not.toBeNull();
  expect(codeOf(await run.post(member, act(member.membershipId, "leave")))).toEqual([
    409,
    "membership-settled",
  ]);
  expect(
    (await run.post(organization.manager, membersOf(organization.id), { personId: member.id })).status,
  ).toBe(201);
  const history = await run.get(organization.manager, `${membersOf(organization.id)}?state=ended`);
  expect(history.body.items).toMatchObject([{ name: "Antero F.", phone: null, endReason: "left" }]);
});

test("the last manager hands over before they leave, are put out or step back", async () => {
  const organization = await run.newOrganization("Asociación Carachama");
  const heir = await run.newMember(organization, "Gladys Satalaya");
  const { membershipId } = await run.membershipOf(organization.manager, organization.id);
  const url = `/api/profiles/memberships/${membershipId}`;
  expect(codeOf(await run.post(organization.manager, `${url}/leave`))).toEqual([409, "last-manager"]);
  expect(codeOf(await run.post(organization.manager, `${url}/end`, { reason: "enough" }))).toEqual([
    409,
    "last-manager",
  ]);
  expect(codeOf(await run.put(organization.manager, url, { role: "member" }))).toEqual([409, "last-manager"]);
  await run.put(organization.manager, `/api/profiles/memberships/${heir.membershipId}`, { role: "manager" });
  expect((await run.post(organization.manager, `${url}/leave`)).status).toBe(200);
});

test("of two managers who leave at once one stays", async () => {
  const organization = await run.newOrganization("Asociación Shihuahuaco");
  const second = await run.newMember(organization, "Segundo Isuiza", { role: "manager" });
  const first = await run.membershipOf(organization.manager, organization.id);
  const answers = await Promise.all([
    run.post(organization.manager, act(first.membershipId, "leave")),
    run.post(second, act(second.membershipId, "leave")),
  ]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
});

test("a manager ends a membership with a reason that the person's message does not carry", async () => {
  const organization = await run.newOrganization("Asociación Sachavaca");
  const member = await run.newMember(organization, "Clever Cachique");
  const other = await run.newMember(organization, "Delicia Murayari", { role: "broker" });
  const url = act(member.membershipId, "end");
  expect(codeOf(await run.post(other, url, { reason: "no reason" }))).toEqual([403, "not-your-organization"]);
  expect(
    (await run.post(organization.manager, url, { reason: "Sold elsewhere" })).body.membership.state,
  ).toBe("ended");
  const ended = await run.get(organization.manager, `${membersOf(organization.id)}?state=ended`);
  expect(ended.body.items).toMatchObject([{ endReason: "put_out", endNote: "Sold elsewhere" }]);
  await run.settle();
  const told = run.news.findLast(({ personId }) => personId === member.id)?.text;
  expect(told).toContain("ya no le cuenta");
  expect(told).not.toContain("Sold");
});

test("roles keep their dates", async () => {
  const organization = await run.newOrganization("Asociación Unguragua");
  const member = await run.newMember(organization, "Olinda Reátegui");
  run.clock.advance({ days: 3 });
  const url = `/api/profiles/memberships/${member.membershipId}`;
  expect(codeOf(await run.put(member, url, { role: "manager" }))).toEqual([403, "not-your-organization"]);
  expect((await run.put(organization.manager, url, { role: "delegate" })).body.membership.role).toBe(
    "delegate",
  );
  const listed = await run.get(organization.manager, `${membersOf(organization.id)}?role=delegate`);
  const [item] = listed.body.items;
  expect(item.formerRoles).toEqual([{ role: "member", since: item.since, until: expect.any(String) }]);
  expect(item.formerRoles[0].until > item.since).toBe(true);
});

test("members are listed in pages: whole for the manager, masked for brokers and delegates, to nobody else", async () => {
  const organization = await run.newOrganization("Asociación Victoria");
  const broker = await run.newMember(organization, "Royer Panduro", { role: "broker" });
  const member = await run.newMember(organization, "Elva Tapullima Ríos");
  const url = `${membersOf(organization.id)}?limit=2`;
  const first = await run.get(organization.manager, url);
  expect(first.body.items.map(({ name }: { name: string }) => name)).toEqual([
    "Elva Tapullima Ríos",
    "Royer Panduro",
  ]);
  expect(first.body.items[0].phone).toBe(member.phone);
  const second = await run.get(organization.manager, `${url}&cursor=${first.body.next}`);
  expect([second.body.items.length, second.body.next]).toEqual([1, null]);
  const masked = (await run.get(broker, url)).body.items[0];
  expect(masked.name).toBe("Elva T. R.");
  expect(masked.phone).not.toBe(member.phone);
  const stranger = await run.newPerson("Nobody");
  for (const who of [member, stranger]) {
    expect(codeOf(await run.get(who, url))).toEqual([403, "not-your-organization"]);
  }
  expect((await run.get(null, url)).status).toBe(401);
  expect(codeOf(await run.get(organization.manager, `${url}&cursor=x`))).toEqual([422, "cursor-wrong"]);
});
