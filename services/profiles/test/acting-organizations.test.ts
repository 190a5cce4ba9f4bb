import { joinPhone, setPrivateWord } from "@minka/contracts/shared-phones";
import { newId } from "@minka/database/new-id";
import { afterEach, beforeEach, expect, test } from "vitest";
import { agentPhone, runDelegations, witness, type DelegationRun } from "./delegation-run.ts";
import { consentAt, trace } from "./profiles-run.ts";

let run: DelegationRun;
let organizationId: string;
beforeEach(async () => {
  run = await runDelegations();
  const founded = await run.send("POST", "/api/profiles/organizations", run.agent.token, {
    personId: run.agent.personId,
    name: "Asociación Alto Huallaga",
    kind: "association",
    districtCode: "221001",
  });
  organizationId = founded.body.organization.id;
});
afterEach(() => run.stop());

const verify = () =>
  run.send("POST", `/api/profiles/organizations/${organizationId}/verify`, run.operator.token, {});
const ask = (token = run.agent.token) =>
  run.send("POST", "/api/profiles/delegations", token, {
    principal: { personId: run.farmer.personId },
    organizationId,
  });
const act = (token = run.agent.token) =>
  run.send("POST", "/api/auth/acting", token, { personId: run.farmer.personId, organizationId });
const setRole = (personId: string, role: string) => run.owner.sql`
  insert into profiles.memberships (id, person_id, organization_id, role, state, origin, since, trace)
  values (${newId()}, ${personId}, ${organizationId}, ${role}, 'active', 'added', '2026-01-01', 'test')`;
const end = (personId: string) => run.owner.sql`
  update profiles.memberships set state = 'ended', until = '2026-11-24' where person_id = ${personId}`;

test("whoever stands for an organization today acts, named with it, and not who only belongs or left", async () => {
  await verify();
  const { delegationId } = (await ask()).body;
  await run.answer(delegationId, run.farmer.personId, true);
  const broker = await run.newPerson("+51900099320", "Broker Uno");
  const member = await run.newPerson("+51900099321", "Socia Dos");
  await setRole(broker.personId, "broker");
  await setRole(member.personId, "member");
  expect(await act(broker.token)).toMatchObject({
    status: 200,
    body: { through: { personId: broker.personId, organizationId } },
  });
  expect((await act(member.token)).body.code).toBe("not-your-organization");
  expect((await act(run.operator.token)).body.code).toBe("not-your-organization");
  const held = `/api/profiles/delegations?side=held&organizationId=${organizationId}`;
  expect((await run.send("GET", held, broker.token)).body.items).toHaveLength(1);
  expect((await run.send("GET", held, member.token)).status).toBe(403);
  const [row] = await run.owner.sql`select actor from profiles.audit where action = 'acting.start'`;
  expect(row?.["actor"]).toBe(
    `person:${run.farmer.personId} through person:${broker.personId} of organization:${organizationId}`,
  );
  await end(broker.personId);
  expect((await act(broker.token)).status).toBe(403);
});

test("the permission of an organization is not its people's own", async () => {
  await verify();
  const { delegationId } = (await ask()).body;
  await run.answer(delegationId, run.farmer.personId, true);
  const own = await run.send("POST", "/api/auth/acting", run.agent.token, { personId: run.farmer.personId });
  expect(own.body.code).toBe("no-delegation");
});

test("a helper whose phone others share acts for their organization, and by themself once they have a word", async () => {
  await verify();
  const { delegationId } = (await ask()).body;
  await run.answer(delegationId, run.farmer.personId, true);
  await run.delegate();
  const { personId } = run.agent;
  const body = { phone: agentPhone, name: "Juan", word: "lucero", consent: consentAt(run) };
  await run.callAs("notifications")(joinPhone, { body }, trace);
  run.clock.advance({ minutes: 1 });
  const signedIn = async (who: object) => {
    const sms = run.nextSms();
    await run.post("/api/auth/codes", { phone: agentPhone });
    const { code } = await sms;
    return (await run.post("/api/auth/tokens", { phone: agentPhone, code, ...who })).json().accessToken;
  };
  const own = (token: string) =>
    run.send("POST", "/api/auth/acting", token, { personId: run.farmer.personId });
  const picked = await signedIn({ personId });
  expect(await own(picked)).toMatchObject({ status: 403, body: { code: "word-needed" } });
  expect((await act(picked)).status).toBe(200);
  const word = { phone: agentPhone, word: "guayacan" };
  await run.callAs("notifications")(setPrivateWord, { params: { personId }, body: word }, trace);
  run.clock.advance({ minutes: 1 });
  expect((await own(await signedIn({ word: "guayacan" }))).status).toBe(200);
});

test("an organization that nobody has verified asks nobody, and who does not stand for it neither", async () => {
  expect(await ask()).toMatchObject({ status: 409, body: { code: "organization-unverified" } });
  await verify();
  expect((await ask(run.farmer.token)).body.code).toBe("not-your-organization");
  expect((await ask()).status).toBe(202);
});

test("it records what a member without a phone said aloud, and nobody else's word", async () => {
  await verify();
  const record = (principalId: string) =>
    run.send("POST", "/api/profiles/delegations/spoken", run.agent.token, {
      principalId,
      organizationId,
      witness,
    });
  const phoneless = newId();
  await run.owner.sql`
    insert into profiles.people (id, name, created_at, updated_at) values (${phoneless}, 'Dominga', now(), now())`;
  expect(await record(phoneless)).toMatchObject({ status: 403, body: { code: "operator-needed" } });
  await setRole(phoneless, "member");
  expect((await record(phoneless)).status).toBe(201);
  await setRole(run.farmer.personId, "member");
  expect(await record(run.farmer.personId)).toMatchObject({ status: 409, body: { code: "ask-their-phone" } });
});
