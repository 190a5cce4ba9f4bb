import { listMemberIds } from "@minka/contracts/memberships";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runOrganizations, type OrganizationsRun } from "./organizations-run.ts";

let run: OrganizationsRun;
beforeAll(async () => {
  run = await runOrganizations();
});
afterAll(() => run.stop());

test("a service reads page by page who belongs to an organization and may be told, or only who decides", async () => {
  const organization = await run.newOrganization("Asociación Paujil");
  const [one, two] = [
    await run.newMember(organization, "Wilder Tapullima"),
    await run.newMember(organization, "Nelly Cachique"),
  ];
  await run.newPerson("Somebody Else");
  const read = async (query: { after?: string; limit?: number; role?: "manager" } = {}) =>
    run.callAs("brokering")(
      listMemberIds,
      { params: { organizationId: organization.id }, query },
      { trace: "test-trace" },
    );
  const everybody = [organization.manager.id, one.id, two.id].toSorted();
  expect(await read()).toEqual({ personIds: everybody, next: null });
  const first = await read({ limit: 2 });
  expect(first.personIds).toEqual(everybody.slice(0, 2));
  expect(await read({ limit: 2, after: first.next ?? "" })).toEqual({
    personIds: everybody.slice(2),
    next: null,
  });
  expect((await read({ role: "manager" })).personIds).toEqual([organization.manager.id]);
  await run.post(one, `/api/profiles/memberships/${one.membershipId}/leave`);
  await run.post(two, `/api/profiles/people/${two.id}/consents/service/withdrawal`);
  expect((await read()).personIds).toEqual([organization.manager.id]);
});
