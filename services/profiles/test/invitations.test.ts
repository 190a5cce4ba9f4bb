import { contactCards, identifyPhone, registerPerson } from "@minka/contracts/profiles";
import { readTable } from "@minka/imports/read-table";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countRows, readRows, runImports, type ImportsRun } from "./imports-run.ts";
import type { Someone } from "./organizations-run.ts";
import { memberCells, memberList, toCsv } from "./member-lists.ts";
import { trace } from "./profiles-run.ts";

let run: ImportsRun;
beforeAll(async () => {
  run = await runImports();
});
afterAll(() => run.stop());

type Organization = { id: string; manager: Someone };

async function bringIn(organization: Organization, rows: string[][]): Promise<void> {
  const checked = await run.check(organization, toCsv(rows));
  expect(checked.errors).toEqual([]);
  expect((await run.start(organization.manager, organization.id, checked.importId)).status).toBe(200);
  await run.settle();
}

type Listed = { invitationId: string; personId: string; name: string; state: string };
async function invited({ id, manager }: Organization): Promise<Listed[]> {
  return (await run.get(manager, `${run.base(id)}/invitations`)).body.items;
}

async function personRow(id: string) {
  return (await readRows(run, `select * from profiles.people where id = '${id}'`))[0];
}

test("people are asked one a second, each by name and for whom", async () => {
  const organization = await run.verifiedOrganization();
  await bringIn(organization, memberList(3, 60_000));
  expect((await invited(organization)).map(({ state }) => state).toSorted()).toEqual([
    "asked",
    "waiting",
    "waiting",
  ]);
  const waiting = `${run.base(organization.id)}/invitations?state=waiting&limit=1`;
  const { body } = await run.get(organization.manager, waiting);
  expect([body.items.length, body.items[0].state, body.count, body.next]).toEqual([
    1,
    "waiting",
    2,
    body.items[0].invitationId,
  ]);
  run.clock.advance({ seconds: 2 });
  await run.settle();
  const people = await invited(organization);
  expect(people.map(({ state }) => state)).toEqual(["asked", "asked", "asked"]);
  const question = await run.questionTo(people[0]?.personId ?? "");
  expect(question).toMatchObject({ kind: "invitation" });
  expect(question.text).toContain("El Progreso");
  expect(question.text.length).toBeLessThanOrEqual(160);
});

test("until they agree nobody gets to see them; with SI they are here, with a consent and a membership", async () => {
  const organization = await run.verifiedOrganization();
  await bringIn(organization, memberList(1, 60_100));
  const [{ personId, invitationId }] = (await invited(organization)) as [Listed];
  const { contacts } = await run.callAs("matching")(contactCards, { body: { personIds: [personId] } }, trace);
  expect(contacts).toEqual([]);
  const question = await run.questionTo(personId);
  const reply = await run.answer(question, true);
  expect(reply).toContain("Gracias");
  expect(await personRow(personId)).toMatchObject({ state: "active" });
  expect(
    await readRows(run, `select purpose, channel from profiles.consents where person_id = '${personId}'`),
  ).toMatchObject([{ purpose: "service", channel: "sms" }]);
  const { memberships } = (await run.get(run.operator, `/api/profiles/people/${personId}/memberships`)).body;
  expect(memberships).toMatchObject([{ state: "active", role: "member", since: "2000-03-15" }]);
  expect(await countRows(run, `invitations where id = '${invitationId}'`)).toBe(0);
  expect(await run.answer(question, true)).toBe(reply);
  expect(await run.answer(question, false)).toContain("ya había aceptado");
  expect(await personRow(personId)).toMatchObject({ state: "active" });
});

test("with NO nothing is left of them but an empty row, and a late SI finds nobody", async () => {
  const organization = await run.verifiedOrganization();
  await bringIn(organization, memberList(1, 60_200));
  const [{ personId }] = (await invited(organization)) as [Listed];
  const question = await run.questionTo(personId);
  const reply = await run.answer(question, false);
  expect(await personRow(personId)).toMatchObject({
    state: "erased",
    name: null,
    dni: null,
    locality: null,
    birth_year: null,
  });
  for (const table of ["phones", "invitations", "producer_crops", "seasons", "consents"])
    expect(await countRows(run, `${table} where person_id = '${personId}'`)).toBe(0);
  const phone = `+51${memberCells(60_200)[2]}`;
  const { person } = await run.callAs("notifications")(identifyPhone, { body: { phone } }, trace);
  expect(person).toBeNull();
  expect(await run.answer(question, false)).toBe(reply);
  expect(await run.answer(question, true)).toContain("Ya no tenemos sus datos");
});

test("a list that waits to be started is dropped when somebody on it is erased", async () => {
  const organization = await run.verifiedOrganization();
  await bringIn(organization, memberList(1, 60_250));
  const [{ personId }] = (await invited(organization)) as [Listed];
  const question = await run.questionTo(personId);
  const [here, elsewhere] = [await run.verifiedOrganization(), await run.verifiedOrganization()];
  const waiting = await run.check(here, toCsv(memberList(2, 60_250)));
  const untouched = await run.check(elsewhere, toCsv(memberList(2, 60_260)));
  await run.answer(question, false);
  expect((await run.status(here.manager, here.id, waiting.importId)).state).toBe("cancelled");
  expect(await countRows(run, `imports where id = '${waiting.importId}' and content is null`)).toBe(1);
  expect((await run.status(elsewhere.manager, elsewhere.id, untouched.importId)).state).toBe("checked");
});

test("who does not answer is erased after 60 days, and not before", async () => {
  const organization = await run.verifiedOrganization();
  await bringIn(organization, memberList(1, 60_300));
  const [{ personId }] = (await invited(organization)) as [Listed];
  run.clock.advance({ days: 59 });
  await run.settle();
  expect(await personRow(personId)).toMatchObject({ state: "invited" });
  run.clock.advance({ days: 1 });
  await run.settle();
  expect(await personRow(personId)).toMatchObject({ state: "erased", name: null, dni: null });
  expect(await invited(organization)).toEqual([]);
});

test("what is agreed aloud is kept with its witness; only by who leads the organization, and not before it was asked", async () => {
  const organization = await run.verifiedOrganization();
  const cells = memberCells(60_400);
  cells[2] = "";
  await bringIn(organization, [cells]);
  const [{ personId, invitationId, state }] = (await invited(organization)) as [Listed];
  expect(state).toBe("waiting");
  const url = `${run.base(organization.id)}/invitations/${invitationId}/spoken-agreement`;
  const at = run.clock().toISOString();
  const body = { witness: "Elena Pinedo Ríos", at };
  const stranger = await run.newPerson("Nadie");
  expect((await run.post(stranger, url, body)).status).toBe(403);
  expect((await run.post(null, url, body)).status).toBe(401);
  expect((await run.post(organization.manager, url, { at })).status).toBe(422);
  const early = new Date(run.clock().getTime() - 1000).toISOString();
  expect(await run.post(organization.manager, url, { ...body, at: early })).toMatchObject({
    status: 422,
    body: { code: "agreed-when" },
  });
  expect((await run.post(organization.manager, url, body)).status).toBe(201);
  expect(await personRow(personId)).toMatchObject({ state: "active" });
  expect(
    await readRows(run, `select channel, witness from profiles.consents where person_id = '${personId}'`),
  ).toMatchObject([{ channel: "spoken", witness: "Elena Pinedo Ríos" }]);
  expect((await run.post(organization.manager, url, body)).status).toBe(404);
});

test("who writes by themself before they are asked is asked about the membership alone", async () => {
  const organization = await run.verifiedOrganization();
  await bringIn(organization, memberList(2, 60_500));
  const waiting = (await invited(organization)).find(({ state }) => state === "waiting");
  if (!waiting) throw new Error("nobody waits");
  const phone = `+51${memberCells(60_501)[2]}`;
  const consent = { version: "1", channel: "sms" as const, at: run.clock().toISOString() };
  const { person } = await run.callAs("notifications")(registerPerson, { body: { phone, consent } }, trace);
  expect(person.id).toBe(waiting.personId);
  run.clock.advance({ seconds: 1 });
  expect(await run.questionTo(waiting.personId)).toMatchObject({ kind: "membership" });
});

test("who is in two organizations' lists agrees once to Minka, and to each membership apart", async () => {
  const [one, two] = [await run.verifiedOrganization(), await run.verifiedOrganization()];
  await bringIn(one, memberList(1, 60_600));
  const [{ personId }] = (await invited(one)) as [Listed];
  const first = await run.questionTo(personId);
  await bringIn(two, memberList(1, 60_600));
  await run.answer(first, true);
  const second = await run.questionTo(personId);
  expect(second.kind).toBe("membership");
  await run.answer(second, true);
  const { memberships } = (await run.get(run.operator, `/api/profiles/people/${personId}/memberships`)).body;
  expect(memberships.map((each: { state: string }) => each.state)).toEqual(["active", "active"]);
});

test.each(["csv", "xlsx"])(
  "members who agreed go out as %s and come in again as they are; invited ones do not",
  async (format) => {
    const organization = await run.verifiedOrganization();
    const from = format === "csv" ? 60_700 : 60_800;
    await bringIn(organization, memberList(3, from));
    run.clock.advance({ seconds: 5 });
    await run.settle();
    for (const { personId } of (await invited(organization)).slice(0, 2))
      await run.answer(await run.questionTo(personId), true);
    const taken = await run.take(organization.manager, organization.id, format);
    expect(taken.status).toBe(200);
    expect(taken.headers["content-disposition"]).toMatch(
      new RegExp(`^attachment; filename="socios-[\\d-]+\\.${format}"$`),
    );
    const table = await readTable(taken.bytes, { maximumRows: 100 });
    expect(table.rows).toHaveLength(3);
    const again = await run.check(organization, taken.bytes);
    expect(again.errors).toEqual([]);
    expect(again.warnings.map(({ code }) => code)).toEqual([
      "already-member",
      "already-member",
      "already-member",
    ]);
    const audited = await countRows(
      run,
      `audit where action = 'members.export 3' and subject = 'organization:${organization.id}'`,
    );
    expect(audited).toBe(1);
  },
);
