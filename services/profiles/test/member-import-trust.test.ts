import { identifyPhone } from "@minka/contracts/profiles";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countRows, readRows, runImports, type ImportsRun } from "./imports-run.ts";
import { memberCells, memberList, toCsv } from "./member-lists.ts";
import { codeOf, membersOf, type Someone } from "./organizations-run.ts";
import { trace } from "./profiles-run.ts";

let run: ImportsRun;
beforeAll(async () => {
  run = await runImports();
});
afterAll(() => run.stop());

type Organization = { id: string; manager: Someone };

const short = ["Nombres", "Apellidos", "DNI", "Celular", "Distrito", "Provincia"];
const at = ["Tocache", "Tocache"];

/** Checks a list without errors, loads it and says what came of it. */
async function bringIn(organization: Organization, list: string) {
  const checked = await run.check(organization, list);
  expect(checked.errors).toEqual([]);
  expect((await run.start(organization.manager, organization.id, checked.importId)).status).toBe(200);
  await run.settle();
  const { result } = await run.status(organization.manager, organization.id, checked.importId);
  return { result, warnings: checked.warnings.map(({ code }) => code) };
}

async function invitationOf(organization: Organization) {
  const [row] = await readRows(
    run,
    `select id, person_id from profiles.invitations where organization_id = '${organization.id}'`,
  );
  return { id: String(row?.["id"]), personId: String(row?.["person_id"]) };
}

test("an organization that nobody has verified cannot tell from a list who is known", async () => {
  const [one, two, three] = [
    await run.newPerson("Carmen Sangama"),
    await run.newPerson("Norma Saldaña"),
    await run.newPerson("Luis Flores"),
  ];
  const other = await run.verifiedOrganization();
  await bringIn(other, toCsv([["Elmer", "Cachique", "42000001", "987100001", ...at]], short));
  const stranger = await run.newOrganization("Asociación de nadie");
  const asked = await bringIn(
    stranger,
    toCsv(
      [
        ["Xx", "Yy", "", one.phone, ...at],
        ["Xx", "Zz", "42000002", two.phone, ...at],
        ["Xx", "Ww", "42000001", "", ...at],
        ["Luis", "Flores", "42000003", three.phone, ...at],
      ],
      short,
    ),
  );
  const unknown = await run.newOrganization("Asociación de nadie más");
  const compared = await bringIn(unknown, toCsv(memberList(4, 70_000)));
  expect(asked).toEqual(compared);
  expect(asked).toEqual({ result: { invited: 4, asked: 0, unchanged: 0 }, warnings: [] });
  expect(await countRows(run, "people where dni = '42000001'")).toBe(1);
  for (const { id, manager } of [stranger, unknown])
    expect(codeOf(await run.get(manager, `${run.base(id)}/invitations`))).toEqual([
      409,
      "organization-unverified",
    ]);
});

test("an organization that nobody has verified sends a limited number of rows a day", async () => {
  const organization = await run.newOrganization("Asociación que busca");
  for (let file = 0; file < 10; file++)
    expect((await run.check(organization, toCsv(memberList(30, 70_100 + 30 * file)))).errors).toEqual([]);
  const one = toCsv(memberList(1, 70_500));
  expect((await run.check(organization, one)).errors).toMatchObject([{ code: "rows-a-day" }]);
  run.clock.advance({ days: 1 });
  expect((await run.check(organization, one)).errors).toEqual([]);
}, 60_000);

test("until it is verified an organization has thirty questions open at once, by whichever way it asks", async () => {
  const organization = await run.newOrganization("Asociación de muchos");
  const { id, manager } = organization;
  await bringIn(organization, toCsv(memberList(15, 71_000)));
  const half = await run.check(organization, toCsv(memberList(15, 71_100)));
  expect(half.errors).toEqual([]);
  const named = await run.newPerson("Nombrada");
  expect((await run.post(manager, membersOf(id), { personId: named.id })).status).toBe(201);
  await run.start(manager, id, half.importId);
  await run.settle();
  expect(await run.status(manager, id, half.importId)).toMatchObject({ state: "checked", errors: 1 });
  expect(await run.findings(manager, id, half.importId)).toMatchObject([{ code: "too-many-asked" }]);
  await bringIn(organization, toCsv(memberList(14, 71_100)));
  expect((await run.check(organization, toCsv(memberList(1, 71_200)))).errors).toMatchObject([
    { row: 2, code: "too-many-asked" },
  ]);
  const more = await run.newPerson("Otra");
  expect(codeOf(await run.post(manager, membersOf(id), { personId: more.id }))).toEqual([
    409,
    "too-many-asked",
  ]);
  expect((await run.check(organization, toCsv(memberList(15, 71_000)))).errors).toEqual([]);
});

test("who was brought in by one organization agrees aloud neither before another nor before an unverified one", async () => {
  const first = await run.verifiedOrganization();
  await bringIn(first, toCsv([["Julia", "Tangoa Paredes", "42000011", "", ...at]], short));
  const { personId } = await invitationOf(first);
  const julia = toCsv([["Julia", "", "42000011", "", ...at]], short);
  const [second, unverified] = [await run.verifiedOrganization(), await run.newOrganization("Sin verificar")];
  const body = { witness: "Elena Pinedo Ríos", at: run.clock().toISOString() };
  const agreed = async (organization: Organization, who = organization.manager, witness = body.witness) =>
    codeOf(
      await run.post(
        who,
        `${run.base(organization.id)}/invitations/${(await invitationOf(organization)).id}/spoken-agreement`,
        { ...body, witness },
      ),
    );
  await bringIn(second, julia);
  await bringIn(unverified, julia);
  expect((await invitationOf(second)).personId).toBe(personId);
  const listed = (await run.get(second.manager, `${run.base(second.id)}/invitations`)).body.items;
  expect(listed).toMatchObject([{ name: "Julia" }]);
  expect(await agreed(unverified)).toEqual([409, "organization-unverified"]);
  expect(await agreed(second)).toEqual([403, "operator-needed"]);
  expect(await agreed(first, first.manager, "julia tangoa paredes")).toEqual([422, "witness-not-other"]);
  const [manager] = await readRows(run, `select name from profiles.people where id = '${first.manager.id}'`);
  expect(await agreed(first, first.manager, String(manager?.["name"]))).toEqual([422, "witness-not-other"]);
  expect(await countRows(run, `people where id = '${personId}' and state = 'invited'`)).toBe(1);
  expect(await agreed(first)).toEqual([201, undefined]);
});

test("who has a phone is asked there and not aloud, unless an operator writes it down", async () => {
  const organization = await run.verifiedOrganization();
  await bringIn(organization, toCsv(memberList(1, 72_000)));
  const { id } = await invitationOf(organization);
  const url = `${run.base(organization.id)}/invitations/${id}/spoken-agreement`;
  const body = { witness: "Elena Pinedo Ríos", at: run.clock().toISOString() };
  expect(codeOf(await run.post(organization.manager, url, body))).toEqual([409, "ask-their-phone"]);
  expect((await run.post(run.operator, url, body)).status).toBe(201);
});

test("who said NO is not named again: by no list, neither by phone nor by DNI, and in no other way", async () => {
  const organization = await run.verifiedOrganization();
  const list = toCsv(memberList(1, 73_000));
  await bringIn(organization, list);
  await run.answer(await run.questionTo((await invitationOf(organization)).personId), false);
  run.clock.advance({ minutes: 5 });
  await run.settle();
  const cells = memberCells(73_000);
  const phone = `+51${cells[2]}`;
  const asked = run.questions.length;
  const passedOver = {
    result: { invited: 0, asked: 0, unchanged: 1 },
    warnings: ["wants-no-questions"],
  };
  expect(await bringIn(organization, list)).toEqual(passedOver);
  const byDni = cells.with(2, "987300001");
  expect(await bringIn(await run.verifiedOrganization(), toCsv([byDni]))).toEqual(passedOver);
  const byPhone = cells.with(0, "Otra Persona").with(1, "");
  expect(await bringIn(await run.verifiedOrganization(), toCsv([byPhone]))).toEqual(passedOver);
  const { manager, id } = organization;
  const name = "Rosa Quispe";
  expect(codeOf(await run.post(manager, membersOf(id), { phone, name }))).toEqual([
    409,
    "wants-no-questions",
  ]);
  const neighbours = [
    { name, phone },
    { name: "Otra", phone: "+51987300002" },
  ];
  const group = { personId: manager.id, neighbours };
  expect(codeOf(await run.post(manager, "/api/profiles/groups", group))).toEqual([409, "wants-no-questions"]);
  run.clock.advance({ minutes: 5 });
  await run.settle();
  expect(run.questions).toHaveLength(asked);
  expect(await countRows(run, `phones where phone = '${phone}'`)).toBe(0);
  const kept = JSON.stringify(await readRows(run, "select * from profiles.refusals"));
  expect(kept).not.toContain(cells[1]);
  expect(kept).not.toContain(cells[2]);
});

test("whom others name at somebody's phone comes after whoever uses it", async () => {
  const known = await run.newPerson("Wilder Ríos");
  const organization = await run.verifiedOrganization();
  run.clock.advance({ minutes: 1 });
  await bringIn(organization, toCsv([["Ana", "Tuanama", "42000021", known.phone, ...at]], short));
  await run.post(organization.manager, membersOf(organization.id), {
    phone: known.phone,
    name: "Luz Pinedo",
  });
  const named = `phone = '${known.phone}' and person_id <> '${known.id}'`;
  expect(await countRows(run, `phones where ${named} and used_at = 'epoch'`)).toBe(2);
  const body = { phone: known.phone };
  const { person } = await run.callAs("notifications")(identifyPhone, { body }, trace);
  expect(person?.id).toBe(known.id);
});

test("an organization sends one file at a time", async () => {
  const { id, manager } = await run.verifiedOrganization();
  const list = toCsv(memberList(2, 74_000));
  const sent = await Promise.all([run.send(manager, id, list), run.send(manager, id, list)]);
  expect(sent.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([202, 429]);
  expect((await run.send(manager, id, list)).status).toBe(202);
});
