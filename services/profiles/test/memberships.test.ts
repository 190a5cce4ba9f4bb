import { profilesConfirmations } from "@minka/contracts/confirmations";
import { listMemberships } from "@minka/contracts/memberships";
import { connectDatabase } from "@minka/database/connect";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  codeOf,
  membersOf,
  onMembership as act,
  requestsTo,
  runOrganizations,
  type OrganizationsRun,
} from "./organizations-run.ts";
import { trace } from "./profiles-run.ts";

let run: OrganizationsRun;
beforeAll(async () => {
  run = await runOrganizations();
});
afterAll(() => run.stop());

test("a manager names a member by phone; the person is asked, says SI and belongs from that day", async () => {
  const organization = await run.newOrganization("Asociación Huayruro");
  const rosa = await run.newPerson("Rosa Tuanama Pinedo");
  const added = await run.post(organization.manager, membersOf(organization.id), {
    phone: rosa.phone,
    name: "Rosa Tuanama",
  });
  expect([added.status, added.body.membership.state]).toEqual([201, "asked"]);
  expect(await run.membershipOf(rosa, organization.id)).toMatchObject({ waitsFor: "person" });
  const question = await run.questionTo(rosa.id);
  expect(question).toMatchObject({
    kind: "membership",
    id: added.body.membership.membershipId,
    text: "Asociación Huayruro dice que usted es parte de ella. ¿Es así? Responda SI o NO",
  });
  expect(await run.answer(question, true)).toBe("Listo, usted es parte de Asociación Huayruro.");
  expect(await run.membershipOf(rosa, organization.id)).toMatchObject({
    organizationName: "Asociación Huayruro",
    role: "member",
    state: "active",
    since: "2026-11-24",
    until: null,
  });
  expect(await run.answer(question, true)).toBe("Listo, usted es parte de Asociación Huayruro.");
  expect(await run.answer(question, false)).toContain("Usted ya dijo que es parte");
});

test("another role is asked about by its name", async () => {
  const organization = await run.newOrganization("Asociación Ayaymama");
  const broker = await run.newPerson("Elmer Salas");
  await run.post(organization.manager, membersOf(organization.id), { personId: broker.id, role: "broker" });
  expect((await run.questionTo(broker.id)).text).toContain("encargarse de sus compras y ventas");
});

test("a NO is a no: it is kept, and the person is left in peace for 90 days", async () => {
  const organization = await run.newOrganization("Asociación Bolaina");
  const nilo = await run.newPerson("Nilo Salas");
  await run.post(organization.manager, membersOf(organization.id), { personId: nilo.id });
  expect(await run.answer(await run.questionTo(nilo.id), false)).toContain("no le contamos");
  expect(await run.membershipOf(nilo, organization.id)).toMatchObject({ state: "refused", since: null });
  const again = await run.post(organization.manager, membersOf(organization.id), { personId: nilo.id });
  expect(codeOf(again)).toEqual([409, "refused-lately"]);
});

test("an unknown phone is answered like a known one; whoever is there is shown to nobody until SI", async () => {
  const organization = await run.newOrganization("Asociación Quinilla");
  const phone = run.nextPhone();
  const added = await run.post(organization.manager, membersOf(organization.id), {
    phone,
    name: "Dina Ríos",
  });
  expect([added.status, added.body.membership.state]).toEqual([201, "asked"]);
  const listed = await run.get(organization.manager, `${membersOf(organization.id)}?state=asked`);
  expect(listed.body.items).toMatchObject([{ personId: null, name: "Dina Ríos", phone: null }]);
  await run.settle();
  const question = run.questions.find(({ id }) => id === added.body.membership.membershipId);
  if (!question) throw new Error("nobody was asked");
  expect(question.text).toContain("guardo su número");
  await run.answer(question, true);
  const members = await run.get(organization.manager, membersOf(organization.id));
  expect(members.body.items[0]).toMatchObject({ name: "Dina Ríos", phone });
  const person = await run.callAs("web")(listMemberships, { params: { personId: question.personId } }, trace);
  expect(person.memberships).toHaveLength(1);
});

test("a phone and a first name tell nothing of who is there, before and after a NO", async () => {
  const organization = await run.newOrganization("Asociación Tornillo");
  const rosa = await run.newPerson("Rosa Tuanama Pinedo");
  const url = membersOf(organization.id);
  const ids = [];
  for (const phone of [rosa.phone, run.nextPhone()]) {
    const { body } = await run.post(organization.manager, url, { phone, name: "Rosa" });
    ids.push(body.membership.membershipId);
  }
  const shown = async (state: string) => {
    const { body } = await run.get(organization.manager, `${url}?state=${state}`);
    return body.items.map(({ membershipId: _id, ...item }: { membershipId: string }) => item);
  };
  const [unknown, known] = await shown("asked");
  expect(known).toEqual(unknown);
  expect(known).toMatchObject({ personId: null, name: "Rosa", phone: null });
  await run.answer({ kind: "membership", id: ids[0], personId: rosa.id }, false);
  expect(await shown("refused")).toMatchObject([{ personId: null, name: "Rosa", phone: null }]);
});

test("who is named by id is shown by that id alone until they agree, then by name", async () => {
  const organization = await run.newOrganization("Asociación Capirona");
  const person = await run.newPerson("Nelly Amasifuen");
  const url = membersOf(organization.id);
  const { body } = await run.post(organization.manager, url, { personId: person.id });
  const asked = await run.get(organization.manager, `${url}?state=asked`);
  expect(asked.body.items).toMatchObject([{ personId: person.id, name: null, phone: null }]);
  await run.answer({ kind: "membership", id: body.membership.membershipId, personId: person.id }, true);
  const active = await run.get(organization.manager, url);
  expect(active.body.items[0]).toMatchObject({ personId: person.id, name: "Nelly Amasifuen" });
});

test("of a household's phone the person with the name is meant, and nobody else", async () => {
  const organization = await run.newOrganization("Asociación Renaco");
  const teresa = await run.newPerson("Teresa Macedo");
  const added = await run.post(organization.manager, membersOf(organization.id), {
    phone: teresa.phone,
    name: "Percy Angulo",
  });
  expect(added.status).toBe(201);
  await run.settle();
  expect(run.questions.some(({ personId }) => personId === teresa.id)).toBe(false);
  expect((await run.get(teresa, `/api/profiles/people/${teresa.id}/memberships`)).body.memberships).toEqual(
    [],
  );
});

test("who asks to join is named to a manager without their phone, is let in, and hears of it", async () => {
  const organization = await run.newOrganization("Asociación Motelo");
  const flor = await run.newPerson("Flor Pizango Ríos");
  const asked = await run.post(flor, requestsTo(organization.id), { personId: flor.id });
  expect([asked.status, asked.body.membership.state]).toEqual([201, "asked"]);
  const listed = await run.get(organization.manager, `${membersOf(organization.id)}?state=asked`);
  expect(listed.body.items).toMatchObject([{ name: "Flor Pizango Ríos", phone: null }]);
  const question = await run.questionTo(organization.manager.id);
  expect([question.kind, question.text]).toEqual([
    "admission",
    "Flor Pizango Ríos pide entrar a Asociación Motelo. ¿Le acepta? Responda SI o NO",
  ]);
  expect(await run.answer(question, true)).toContain("ya es parte de Asociación Motelo");
  await run.settle();
  expect(run.news.findLast(({ personId }) => personId === flor.id)?.text).toContain("le aceptó");
  expect(await run.membershipOf(flor, organization.id)).toMatchObject({
    state: "active",
    since: "2026-11-24",
  });
});

test("a manager or a broker may also answer by API, members and strangers may not", async () => {
  const organization = await run.newOrganization("Asociación Achiote");
  const broker = await run.newMember(organization, "Jorge Flores", { role: "broker" });
  const member = await run.newMember(organization, "Luz Torres");
  const asker = await run.newPerson("Doris Rojas");
  const asked = await run.post(asker, requestsTo(organization.id), { personId: asker.id });
  const url = act(asked.body.membership.membershipId, "answer");
  for (const who of [member, asker]) {
    expect(codeOf(await run.post(who, url, { accepted: true }))).toEqual([403, "not-your-organization"]);
  }
  expect((await run.post(broker, url, { accepted: false })).body.membership.state).toBe("refused");
  expect((await run.post(broker, url, { accepted: false })).status).toBe(200);
  expect(codeOf(await run.post(organization.manager, url, { accepted: true }))).toEqual([
    409,
    "membership-settled",
  ]);
  await run.settle();
  expect(run.news.findLast(({ personId }) => personId === asker.id)?.text).toContain("por ahora no puede");
});

test("nobody but the person says that they belong: no operator, no delegate, no manager", async () => {
  const organization = await run.newOrganization("Asociación Cedro");
  const person = await run.newPerson("Tito Huamán");
  const operator = await run.newPerson("Operator", { operator: true });
  const added = await run.post(organization.manager, membersOf(organization.id), { personId: person.id });
  const url = act(added.body.membership.membershipId, "answer");
  for (const who of [operator, organization.manager]) {
    expect(codeOf(await run.post(who, url, { accepted: true }))).toEqual([403, "not-your-membership"]);
  }
  const through = { personId: organization.manager.id };
  expect(codeOf(await run.postThrough(person, through, url, { accepted: true }))).toEqual([
    403,
    "not-while-acting",
  ]);
  // Nor by asking to join in their place, which would be a yes to the question.
  const requests = requestsTo(organization.id);
  const asked = { personId: person.id };
  for (const answer of [
    await run.post(operator, requests, asked),
    await run.postThrough(person, through, requests, asked),
  ])
    expect(codeOf(answer)).toEqual([409, "already-asked"]);
  expect((await run.post(person, url, { accepted: true })).body.membership.state).toBe("active");
});

test("of two answers at once one counts", async () => {
  const organization = await run.newOrganization("Asociación Paujil");
  const person = await run.newPerson("Karina Ponce");
  await run.post(organization.manager, membersOf(organization.id), { personId: person.id });
  const question = await run.questionTo(person.id);
  await Promise.all([run.answer(question, true), run.answer(question, false)]);
  const { state } = await run.membershipOf(person, organization.id);
  const db = connectDatabase({ url: run.database.url("profiles"), name: "audit" });
  const begun = await db.sql`select action from profiles.audit
    where subject = ${`membership:${question.id}`} and action in ('membership.begin', 'membership.refuse')`;
  await db.close();
  expect(begun.map(({ action }) => action)).toEqual([
    state === "active" ? "membership.begin" : "membership.refuse",
  ]);
});

test("a manager who names somebody who asks, and a person who asks where they were named, meet", async () => {
  const organization = await run.newOrganization("Asociación Tahuarí");
  const asks = await run.newPerson("Yolanda Trujillo");
  await run.post(asks, requestsTo(organization.id), { personId: asks.id });
  const added = await run.post(organization.manager, membersOf(organization.id), { personId: asks.id });
  expect(added.body.membership.state).toBe("active");
  const named = await run.newPerson("Mirtha Cárdenas");
  await run.post(organization.manager, membersOf(organization.id), { personId: named.id });
  const asked = await run.post(named, requestsTo(organization.id), { personId: named.id });
  expect(asked.body.membership.state).toBe("active");
  expect(codeOf(await run.post(named, requestsTo(organization.id), { personId: named.id }))).toEqual([
    409,
    "already-member",
  ]);
});

test("of one person named twice at once there is one membership", async () => {
  const organization = await run.newOrganization("Asociación Garza");
  const person = await run.newPerson("Zoila Vásquez");
  const answers = await Promise.all(
    [1, 2].map(() => run.post(organization.manager, membersOf(organization.id), { personId: person.id })),
  );
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
});

test("after 14 days without an answer nobody waits any more, and a late SI is told so", async () => {
  const organization = await run.newOrganization("Asociación Camu Camu");
  const named = await run.newPerson("Wilder Guerra");
  const asker = await run.newPerson("Norma Lozano");
  await run.post(organization.manager, membersOf(organization.id), { personId: named.id });
  const question = await run.questionTo(named.id);
  await run.post(asker, requestsTo(organization.id), { personId: asker.id });
  run.clock.advance({ days: 13, hours: 23 });
  await run.settle();
  expect((await run.membershipOf(named, organization.id)).state).toBe("asked");
  run.clock.advance({ hours: 1 });
  expect(await run.answer(question, true)).toContain("ya venció");
  await run.settle();
  for (const who of [named, asker])
    expect((await run.membershipOf(who, organization.id)).state).toBe("ended");
  expect(await run.answer(question, true)).toContain("ya venció");
  expect(run.news.findLast(({ personId }) => personId === asker.id)?.text).toContain("no respondió");
  const { question: none } = await run.callAs("notifications")(
    profilesConfirmations.read,
    { params: { kind: "membership", id: question.id } },
    trace,
  );
  expect(none).toBeNull();
});

test("only managers name members, only the person asks for themself, and only they see where they belong", async () => {
  const organization = await run.newOrganization("Asociación Manacaraco");
  const member = await run.newMember(organization, "Dina Angulo");
  const other = await run.newPerson("Milagros Paredes");
  expect(codeOf(await run.post(member, membersOf(organization.id), { personId: other.id }))).toEqual([
    403,
    "not-your-organization",
  ]);
  expect(codeOf(await run.post(member, requestsTo(organization.id), { personId: other.id }))).toEqual([
    403,
    "not-your-profile",
  ]);
  expect(codeOf(await run.get(other, `/api/profiles/people/${member.id}/memberships`))).toEqual([
    403,
    "not-your-profile",
  ]);
  const nobody = await run.post(organization.manager, membersOf(organization.id), { phone: run.nextPhone() });
  expect([nobody.status, nobody.body.errors[0].path]).toEqual([422, "body.name"]);
});

test("the wrong person's answer to a question is refused", async () => {
  const organization = await run.newOrganization("Asociación Otorongo");
  const person = await run.newPerson("Juan Espinoza");
  const other = await run.newPerson("Jessica Ramírez");
  const added = await run.post(organization.manager, membersOf(organization.id), { personId: person.id });
  const id = added.body.membership.membershipId;
  await expect(run.answer({ kind: "membership", id, personId: other.id }, true)).rejects.toMatchObject({
    code: "not-your-membership",
  });
  const asked = await run.post(other, requestsTo(organization.id), { personId: other.id });
  const admission = { kind: "admission" as const, id: asked.body.membership.membershipId };
  await expect(run.answer({ ...admission, personId: person.id }, true)).rejects.toMatchObject({
    code: "not-your-organization",
  });
});
