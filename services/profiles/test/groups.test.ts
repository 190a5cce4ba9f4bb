import { afterAll, beforeAll, expect, test } from "vitest";
import { runOrganizations, type OrganizationsRun, type Someone } from "./organizations-run.ts";

let run: OrganizationsRun;
beforeAll(async () => {
  run = await runOrganizations();
});
afterAll(() => run.stop());

const groups = "/api/profiles/groups";
const stateOf = async (id: string) =>
  (await run.get(null, `/api/profiles/organizations/${id}`)).body.organization.state;
const start = (starter: Someone, neighbours: { phone: string; name: string }[], more: object = {}) =>
  run.post(starter, groups, { personId: starter.id, neighbours, ...more });

/** Somebody Minka has not heard of. */
const stranger = (name: string) => ({ phone: run.nextPhone(), name });

test("a person and two neighbours are a group once both have said SI", async () => {
  const starter = await run.newPerson("Maribel Sangama");
  const known = await run.newPerson("Hermógenes Ishuiza");
  const unknown = stranger("Lidia Shapiama");
  const started = await start(starter, [{ phone: known.phone, name: "Hermógenes" }, unknown], {
    name: "Grupo Alto Limón",
    crops: ["cacao"],
  });
  expect(started.status).toBe(201);
  expect(started.body.organization).toMatchObject({
    kind: "informal_group",
    state: "forming",
    name: "Grupo Alto Limón",
    districtCode: "221001",
    verified: false,
  });
  const { id } = started.body.organization;
  const first = await run.questionTo(known.id);
  expect(first.text).toBe(
    "Maribel Sangama quiere formar con usted el grupo Grupo Alto Limón. ¿Se une? Responda SI o NO",
  );
  expect(await run.answer(first, true)).toContain("cuando sean tres personas");
  expect(await stateOf(id)).toBe("forming");
  const second = run.questions.findLast(({ personId }) => personId !== known.id);
  expect(second?.text).toContain("Maribel Sangama le invita al grupo Grupo Alto Limón");
  if (!second) throw new Error("the stranger was not asked");
  expect(await run.answer(second, true)).toBe("Listo, usted es parte de Grupo Alto Limón.");
  expect(await stateOf(id)).toBe("active");
  await run.settle();
  expect(run.news.filter(({ personId }) => personId === starter.id).map(({ text }) => text)).toEqual([
    "Listo: su grupo Grupo Alto Limón ya tiene tres personas y está formado.",
  ]);
  const members = await run.get(starter, `/api/profiles/organizations/${id}/members`);
  expect(members.body.items.map(({ role }: { role: string }) => role).sort()).toEqual([
    "manager",
    "member",
    "member",
  ]);
});

test("two neighbours who say SI at once form the group once", async () => {
  const starter = await run.newPerson("Rúsber Bardales");
  const both = [await run.newPerson("Teófilo Rojas"), await run.newPerson("Américo Tello")];
  const started = await start(
    starter,
    both.map(({ phone }, index) => ({ phone, name: ["Teófilo", "Américo"][index] ?? "" })),
  );
  const questions = [];
  for (const { id } of both) questions.push(await run.questionTo(id));
  await Promise.all(questions.map((question) => run.answer(question, true)));
  expect(await stateOf(started.body.organization.id)).toBe("active");
  await run.settle();
  expect(run.news.filter(({ personId }) => personId === starter.id)).toHaveLength(1);
});

test("a group stays forming where somebody says NO or nothing; who starts it hears, and may name another", async () => {
  const starter = await run.newPerson("Roxana Pinedo");
  const [no, silent] = [await run.newPerson("Darwin Salas"), await run.newPerson("Lener Salas")];
  const started = await start(starter, [
    { phone: no.phone, name: "Darwin" },
    { phone: silent.phone, name: "Lener" },
  ]);
  const { id } = started.body.organization;
  await run.answer(await run.questionTo(no.id), false);
  await run.settle();
  expect(run.news.some(({ personId }) => personId === starter.id)).toBe(false);
  run.clock.advance({ days: 14 });
  await run.settle();
  expect(await stateOf(id)).toBe("forming");
  expect(run.news.findLast(({ personId }) => personId === starter.id)?.text).toContain(
    "todavía no llega a tres",
  );
  for (const name of ["Mauro", "Edwin"]) {
    const other = await run.newPerson(`${name} Macedo`);
    await run.post(starter, `/api/profiles/organizations/${id}/members`, { phone: other.phone, name });
    await run.answer(await run.questionTo(other.id), true);
  }
  expect(await stateOf(id)).toBe("active");
});

test("a group names two others at least, each with a phone of their own", async () => {
  const starter = await run.newPerson("Segunda Amasifuén");
  const one = stranger("Alcides Ríos");
  expect((await start(starter, [one])).status).toBe(422);
  const twice = await start(starter, [one, { ...one, name: "Percy Ríos" }]);
  expect([twice.status, twice.body.code, twice.body.errors[0].path]).toEqual([
    422,
    "neighbours-alike",
    "body.neighbours.1.phone",
  ]);
  const own = await start(starter, [{ phone: starter.phone, name: "Me" }, one]);
  expect([own.body.code, own.body.errors[0].path]).toEqual(["neighbours-alike", "body.neighbours.0.phone"]);
});

test("two people who name each other at once each start a group", async () => {
  const [one, other] = [await run.newPerson("Uno Fasabi"), await run.newPerson("Otra Fasabi")];
  const answers = await Promise.all([
    start(one, [{ phone: other.phone, name: "Otra" }, stranger("Tercero Ríos")]),
    start(other, [{ phone: one.phone, name: "Uno" }, stranger("Cuarto Ríos")]),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
});

test("one group forms at a time, and nobody starts one for another", async () => {
  const starter = await run.newPerson("Nelly Panduro");
  const named = () => [stranger("Uno Ríos"), stranger("Dos Ríos")];
  expect((await start(starter, named())).status).toBe(201);
  expect((await start(starter, named())).body.code).toBe("group-forming");
  const other = await run.newPerson("Norma Guerra");
  const foreign = await run.post(other, groups, { personId: starter.id, neighbours: named() });
  expect([foreign.status, foreign.body.code]).toEqual([403, "not-your-profile"]);
});

test("a forming group is in no list, an active one is", async () => {
  const starter = await run.newPerson("Delicia Ponce");
  const [one, two] = [await run.newPerson("Manuel Ponce"), await run.newPerson("Jorge Ponce")];
  const started = await start(
    starter,
    [
      { phone: one.phone, name: "Manuel" },
      { phone: two.phone, name: "Jorge" },
    ],
    { districtCode: "100601" },
  );
  const url = "/api/profiles/organizations?districtCode=100601";
  expect((await run.get(null, url)).body.organizations).toEqual([]);
  for (const { id } of [one, two]) await run.answer(await run.questionTo(id), true);
  expect((await run.get(null, url)).body.organizations).toMatchObject([
    { id: started.body.organization.id, verified: false },
  ]);
});
