import { profilesConfirmations } from "@minka/contracts/confirmations";
import { countSegments, foldToGsm7 } from "@minka/language/gsm7";
import { renderText } from "@minka/language/texts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { farmerPhone, runDelegations, witness, type DelegationRun } from "./delegation-run.ts";
import { trace } from "./profiles-run.ts";

let run: DelegationRun;
beforeEach(async () => void (run = await runDelegations()));
afterEach(() => run.stop());

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;

async function actingToken(more: object = {}): Promise<string> {
  const { status, body } = await run.send("POST", "/api/auth/acting", run.agent.token, {
    personId: run.farmer.personId,
    ...more,
  });
  expect(status).toBe(200);
  return body.accessToken;
}
const audited = async (action: string) => {
  const rows = await run.owner.sql<{ actor: string; subject: string }[]>`
    select actor, subject from profiles.audit where action = ${action} order by id`;
  return [...rows];
};

test("a token to act names both, lives 15 minutes, and the start of it is in the audit", async () => {
  await run.delegate();
  const claims = claimsOf(await actingToken());
  expect(claims).toMatchObject({
    sub: run.farmer.personId,
    operator: false,
    act: { sub: run.agent.personId },
  });
  expect(Number(claims["exp"]) - Number(claims["iat"])).toBe(900);
  expect(await audited("acting.start")).toEqual([
    {
      actor: `person:${run.farmer.personId} through person:${run.agent.personId}`,
      subject: run.farmer.personId,
    },
  ]);
});

test("the agent changes the farmer's profile with the farmer's rights, no other's, and the audit shows both", async () => {
  await run.delegate();
  const token = await actingToken();
  const change = (personId: string) =>
    run.app.inject({
      method: "PUT",
      url: `/api/profiles/people/${personId}`,
      headers: { authorization: `Bearer ${token}` },
      payload: { districtCode: "221001" },
    });
  expect((await change(run.farmer.personId)).statusCode).toBe(200);
  expect((await change(run.agent.personId)).statusCode).toBe(403);
  expect((await audited("person.update")).at(-1)?.actor).toBe(
    `person:${run.farmer.personId} through person:${run.agent.personId}`,
  );
});

test("an operator who agreed lends no operator's rights", async () => {
  const { body } = await run.send("POST", "/api/profiles/delegations", run.agent.token, {
    principal: { personId: run.operator.personId },
  });
  await run.answer(body.delegationId, run.operator.personId, true);
  const token = await actingToken({ personId: run.operator.personId });
  expect((await run.send("GET", "/api/profiles/operators", token)).status).toBe(403);
});

test("what belongs to the person alone is refused while acting", async () => {
  const id = await run.delegate();
  const token = await actingToken();
  const refused = { status: 403, body: { code: "not-while-acting" } };
  const principal = { phone: "+51900099398" };
  const consent = { version: "2026-11", witness };
  const acts: [url: string, body: object][] = [
    ["/api/profiles/delegations", { principal }],
    ["/api/profiles/delegations/spoken", { principalId: run.farmer.personId, organizationId: id, witness }],
    [`/api/profiles/delegations/${id}/withdrawal`, {}],
    ["/api/profiles/people/assisted", { name: "Otra", consent }],
    ["/api/auth/acting", { personId: run.farmer.personId }],
    ["/api/auth/sign-out-everywhere", {}],
  ];
  for (const [url, body] of acts)
    expect(await run.send("POST", url, token, body), url).toMatchObject(refused);
});

test("nobody acts for who agreed with somebody else, nor for oneself through others", async () => {
  await run.delegate();
  const stranger = await run.newPerson("+51900099311", "Otra Persona");
  for (const personId of [run.farmer.personId, run.agent.personId, "019ab1ee-91d2-7c44-9b1f-2a3c4d5e6f70"]) {
    const answer = await run.send("POST", "/api/auth/acting", stranger.token, { personId });
    expect(answer).toMatchObject({ status: 403, body: { code: "no-delegation" } });
  }
});

test("who has no phone is registered on the witness's word and represented at once", async () => {
  const registered = await run.send("POST", "/api/profiles/people/assisted", run.agent.token, {
    name: "Dominga Tapullima",
    districtCode: "221001",
    consent: { version: "2026-11", witness },
  });
  expect(registered).toMatchObject({ status: 201, body: { delegation: "active" } });
  const { personId } = registered.body;
  const [consent] = await run.owner.sql`
    select channel, witness from profiles.consents where person_id = ${personId} and purpose = 'service'`;
  expect(consent).toEqual({ channel: "spoken", witness });
  const token = await actingToken({ personId });
  const read = await run.send("GET", `/api/profiles/people/${personId}`, token);
  expect(read.body.person).toMatchObject({ name: "Dominga Tapullima", consented: true });
});

test("with a phone its owner is asked first, and known or not the answer is the same", async () => {
  const assist = (phone: string) =>
    run.send("POST", "/api/profiles/people/assisted", run.agent.token, {
      name: "Dominga Tapullima",
      phone,
      consent: { version: "2026-11", witness },
    });
  const known = await assist(farmerPhone);
  const unknown = await assist("+51900099390");
  for (const { status, body } of [known, unknown])
    expect([status, { ...body, delegationId: "" }]).toEqual([
      201,
      { personId: null, delegationId: "", delegation: "asked" },
    ]);
  expect(await run.questions()).toEqual([known.body.delegationId, unknown.body.delegationId]);
  const farmer = await run.send("GET", `/api/profiles/people/${run.farmer.personId}`, run.farmer.token);
  expect(farmer.body.person.name).toBe("Segundo Huamán");
  const [created] = await run.owner.sql<{ person_id: string }[]>`
    select person_id from profiles.phones where phone = '+51900099390'`;
  const personId = created?.person_id ?? "";
  await run.answer(unknown.body.delegationId, personId, true);
  expect(claimsOf(await actingToken({ personId }))).toMatchObject({ sub: personId });
});

test("the helper is no witness, nor is their phone another's", async () => {
  const assist = (body: object) => run.send("POST", "/api/profiles/people/assisted", run.agent.token, body);
  const own = { version: "2026-11", witness: "Rosa Pinchi Tuanama" };
  expect((await assist({ name: "Dominga", consent: own })).body.code).toBe("witness-not-other");
  const consent = { version: "2026-11", witness };
  expect((await assist({ name: "Dominga", phone: "+51900099300", consent })).body.code).toBe(
    "phone-is-yours",
  );
});

test("thirty people a day are registered by one helper", async () => {
  const consent = { version: "2026-11", witness };
  const assist = (name: string) =>
    run.send("POST", "/api/profiles/people/assisted", run.agent.token, { name, consent });
  for (let index = 0; index < 30; index += 1) expect((await assist(`Persona ${index}`)).status).toBe(201);
  expect((await assist("Una más")).status).toBe(429);
  run.clock.advance({ days: 1, seconds: 1 });
  expect((await assist("Una más")).status).toBe(201);
});

describe("a stranger's phone", () => {
  const phone = "+51900099390";
  const assist = (token = run.agent.token) =>
    run.send("POST", "/api/profiles/people/assisted", token, {
      name: "Dominga Tapullima",
      phone,
      districtCode: "221001",
      consent: { version: "2026-11", witness },
    });
  const atPhone = async () => {
    const [row] = await run.owner.sql<{ id: string; state: string; consents: number }[]>`
      select p.id, p.state, (select count(*)::int from profiles.consents c where c.person_id = p.id) as consents
      from profiles.people p join profiles.phones f on f.person_id = p.id where f.phone = ${phone}`;
    return row;
  };
  const stateOf = async (id: string) => {
    const [row] = await run.owner.sql`select name, state from profiles.people where id = ${id}`;
    return row;
  };

  test("makes nobody a person here before its owner's SI, which is the consent", async () => {
    const { body } = await assist();
    const invited = await atPhone();
    expect(invited).toMatchObject({ state: "invited", consents: 0 });
    const id = body.delegationId;
    const { question } = await run.callAs("notifications")(
      profilesConfirmations.read,
      { params: { kind: "delegation", id } },
      trace,
    );
    expect(question).toMatchObject({ text: "confirm_delegation_new", personId: invited?.id });
    const longest = renderText("confirm_delegation_new", { delegate: "m".repeat(32) });
    expect(countSegments(foldToGsm7(longest)).segments).toBe(1);

    run.clock.advance({ hours: 1 });
    const personId = invited?.id ?? "";
    expect((await run.answer(id, personId, true)).text).toBe("delegation_agreed");
    expect(await atPhone()).toMatchObject({ id: personId, state: "active", consents: 1 });
    const [consent] = await run.owner.sql`
      select purpose, channel, witness, given_at = ${run.clock().toISOString()} as "bySi"
      from profiles.consents where person_id = ${personId}`;
    expect(consent).toEqual({ purpose: "service", channel: "sms", witness: null, bySi: true });
    expect((await run.send("POST", "/api/auth/acting", run.agent.token, { personId })).status).toBe(200);
  });

  test("is forgotten at its owner's NO, and no helper has it written to again", async () => {
    const { body } = await assist();
    const id = (await atPhone())?.id ?? "";
    for (let times = 0; times < 2; times += 1)
      expect((await run.answer(body.delegationId, id, false)).text).toBe("delegation_refused_new");
    expect((await run.answer(body.delegationId, id, true)).text).toBe("invitation_gone");
    expect(await stateOf(id)).toEqual({ name: null, state: "erased" });
    expect(await atPhone()).toBeUndefined();

    const other = await run.newPerson("+51900099312", "Otra Ayudante");
    const again = await assist(other.token);
    expect([again.status, again.body.delegation]).toEqual([201, "asked"]);
    expect(await atPhone()).toBeUndefined();
    expect(await run.questions()).toEqual([body.delegationId]);
  });

  test("is forgotten after a week without an answer, and when the helper thinks better of it", async () => {
    await assist();
    const silent = (await atPhone())?.id ?? "";
    run.clock.advance({ days: 6 });
    await run.settle();
    expect(await stateOf(silent)).toMatchObject({ state: "invited" });
    run.clock.advance({ days: 1 });
    await run.settle();
    expect(await stateOf(silent)).toEqual({ name: null, state: "erased" });

    const { body } = await assist();
    const withdrawn = (await atPhone())?.id ?? "";
    expect(withdrawn).not.toBe(silent);
    await run.send("POST", `/api/profiles/delegations/${body.delegationId}/withdrawal`, run.agent.token);
    await run.settle();
    expect(await stateOf(withdrawn)).toEqual({ name: null, state: "erased" });
  });

  test("that the helper had asked in vain is asked once it has somebody, as the same question", async () => {
    const before = await run.send("POST", "/api/profiles/delegations", run.agent.token, {
      principal: { phone },
    });
    expect(await run.questions()).toEqual([]);
    const { body } = await assist();
    expect(body.delegationId).toBe(before.body.delegationId);
    expect(await run.questions()).toEqual([body.delegationId]);
  });
});
