import { profilesConfirmations } from "@minka/contracts/confirmations";
import { sayWording } from "@minka/language/say-wording";
import { countSegments, foldToGsm7 } from "@minka/language/gsm7";
import { afterEach, beforeEach, expect, test } from "vitest";
import { agentPhone, farmerPhone, runDelegations, witness, type DelegationRun } from "./delegation-run.ts";
import { trace } from "./profiles-run.ts";

const unknownPhone = "+51900099399";
let run: DelegationRun;
beforeEach(async () => void (run = await runDelegations()));
afterEach(() => run.stop());

const ask = (principal: object, token = run.agent.token, more: object = {}) =>
  run.send("POST", "/api/profiles/delegations", token, { principal, ...more });
const list = async (side: "given" | "held", token: string) =>
  (await run.send("GET", `/api/profiles/delegations?side=${side}`, token)).body.items;
const withdraw = (id: string, token: string) =>
  run.send("POST", `/api/profiles/delegations/${id}/withdrawal`, token);
const act = (token = run.agent.token, personId = run.farmer.personId, more: object = {}) =>
  run.send("POST", "/api/auth/acting", token, { personId, ...more });

test("who is asked reads in one SMS who wants it, and their SI lets the agent act for a year", async () => {
  const asked = await ask({ phone: farmerPhone });
  expect(asked).toMatchObject({ status: 202, body: { asked: true } });
  const id = asked.body.delegationId;
  expect(await run.questions()).toEqual([id]);
  const { question } = await run.callAs("notifications")(
    profilesConfirmations.read,
    { params: { kind: "delegation", id } },
    trace,
  );
  expect(question).toMatchObject({
    personId: run.farmer.personId,
    text: "confirm_delegation",
    parameters: { delegate: "Rosa Pinchi Tuanama" },
    expiresAt: "2026-12-01T14:00:00.000Z",
  });
  const sms = sayWording(question!, run.clock());
  expect(countSegments(foldToGsm7(sms)).segments).toBe(1);
  expect(await act()).toMatchObject({ status: 403, body: { code: "no-delegation" } });

  expect(await run.answer(id, run.farmer.personId, true)).toMatchObject({ text: "delegation_agreed" });
  expect(await list("held", run.agent.token)).toMatchObject([
    {
      id,
      state: "active",
      principal: { personId: run.farmer.personId, name: "Segundo Huamán" },
      askedPhone: null,
      channel: "sms",
      expiresAt: "2027-11-24T14:00:00.000Z",
    },
  ]);
  expect(await list("given", run.farmer.token)).toMatchObject([
    { id, state: "active", delegate: { personId: run.agent.personId, name: "Rosa Pinchi Tuanama" } },
  ]);
  expect((await act()).status).toBe(200);
  run.clock.advance({ days: 365 });
  expect((await act()).status).toBe(403);
  expect(await list("held", run.agent.token)).toMatchObject([{ id, state: "lapsed" }]);
});

test("a long name is shortened so that the question stays one SMS", async () => {
  const { token } = await run.newPerson("+51900099310", `${"Ñ".repeat(40)} ${"m".repeat(39)}`);
  const { body } = await ask({ phone: farmerPhone }, token);
  const { question } = await run.callAs("notifications")(
    profilesConfirmations.read,
    { params: { kind: "delegation", id: body.delegationId } },
    trace,
  );
  expect(countSegments(foldToGsm7(sayWording(question!, run.clock()))).segments).toBe(1);
});

test("a known and an unknown phone look the same to the asker until somebody agrees, a refusal too", async () => {
  const shape = (items: Record<string, unknown>[]) =>
    items.map(({ id: _id, askedPhone: _phone, ...rest }) => rest);
  const known = await ask({ phone: farmerPhone });
  const unknown = await ask({ phone: unknownPhone });
  const { delegationId: _a, ...first } = known.body;
  const { delegationId: _b, ...second } = unknown.body;
  expect([known.status, first]).toEqual([unknown.status, second]);
  expect(await run.questions()).toEqual([known.body.delegationId]);
  expect(await run.answer(known.body.delegationId, run.farmer.personId, false)).toMatchObject({
    text: "delegation_refused",
  });
  for (const state of ["asked", "lapsed"]) {
    const [a, b] = shape(await list("held", run.agent.token));
    expect(a).toEqual(b);
    expect(a).toMatchObject({ state, principal: null, agreedAt: null });
    run.clock.advance({ days: 7 });
  }
  const again = await ask({ phone: farmerPhone });
  expect(again.status).toBe(202);
  expect(await run.questions()).toEqual([known.body.delegationId]);
});

test("asking again while a question waits is the same question", async () => {
  const [first, second] = await Promise.all([ask({ phone: farmerPhone }), ask({ phone: farmerPhone })]);
  expect(first.body.delegationId).toBe(second.body.delegationId);
  expect(await run.questions()).toHaveLength(1);
});

test("an answer that comes twice or late changes nothing, and the newest of two holds", async () => {
  const { delegationId: id } = (await ask({ phone: farmerPhone })).body;
  const me = run.farmer.personId;
  expect((await run.answer(id, me, true)).text).toBe("delegation_agreed");
  expect((await run.answer(id, me, true)).text).toBe("delegation_agreed");
  run.clock.advance({ minutes: 5 });
  expect((await run.answer(id, me, false)).text).toBe("delegation_refused");
  expect((await act()).status).toBe(403);
  run.clock.advance({ minutes: 5 });
  expect((await run.answer(id, me, true)).text).toBe("delegation_over");
  const late = (await ask({ phone: farmerPhone })).body.delegationId;
  run.clock.advance({ days: 8 });
  expect((await run.answer(late, me, true)).text).toBe("delegation_over");
  expect((await act()).status).toBe(403);
});

test("nobody answers for somebody else", async () => {
  const { delegationId } = (await ask({ phone: farmerPhone })).body;
  await expect(run.answer(delegationId, run.agent.personId, true)).rejects.toMatchObject({
    code: "not-your-question",
  });
});

test("either side withdraws at once, others may not", async () => {
  const stranger = await run.newPerson("+51900099311", "Otra Persona");
  for (const side of ["farmer", "agent", "operator"] as const) {
    const id = await run.delegate();
    expect(await withdraw(id, stranger.token)).toMatchObject({
      status: 403,
      body: { code: "not-your-delegation" },
    });
    expect((await act()).status).toBe(200);
    expect((await withdraw(id, run[side].token)).status).toBe(200);
    expect((await act()).status).toBe(403);
    expect((await withdraw(id, run[side].token)).status).toBe(200);
  }
});

test("after a withdrawal a question that still waited cannot bring the permission back", async () => {
  const id = await run.delegate();
  const { delegationId: second } = (await ask({ phone: farmerPhone })).body;
  expect(second).not.toBe(id);
  await withdraw(id, run.farmer.token);
  run.clock.advance({ minutes: 1 });
  expect((await run.answer(second, run.farmer.personId, true)).text).toBe("delegation_over");
  expect((await act()).status).toBe(403);
});

test("agreeing again renews: one permission, which one withdrawal ends", async () => {
  await run.delegate();
  run.clock.advance({ days: 300 });
  const renewed = await run.delegate();
  run.clock.advance({ days: 300 });
  expect((await act()).status).toBe(200);
  const active = (await list("held", run.agent.token)).filter(
    ({ state }: { state: string }) => state === "active",
  );
  expect(active.map(({ id }: { id: string }) => id)).toEqual([renewed]);
});

test("a phone that the asker holds too is not asked, by phone or by id", async () => {
  const refused = { status: 422, body: { code: "phone-is-yours" } };
  expect(await ask({ phone: agentPhone })).toMatchObject(refused);
  await run.owner.sql`insert into profiles.phones (phone, person_id, linked_at, used_at)
    values (${agentPhone}, ${run.farmer.personId}, now(), now() - interval '1 year')`;
  expect(await ask({ personId: run.farmer.personId })).toMatchObject(refused);
});

test("by id somebody unknown is unknown, and for oneself no permission is needed", async () => {
  expect((await ask({ personId: "019ab1ee-91d2-7c44-9b1f-2a3c4d5e6f70" })).status).toBe(404);
  expect((await ask({ personId: run.agent.personId })).body.code).toBe("act-for-yourself");
  expect((await ask({ personId: run.farmer.personId })).status).toBe(202);
});

test("thirty questions a day, and a person is bothered three times a day at most", async () => {
  for (let index = 0; index < 30; index += 1)
    expect((await ask({ phone: `+5190008${String(1000 + index)}` })).status).toBe(202);
  expect(await ask({ phone: farmerPhone })).toMatchObject({ status: 429, body: { code: "too-many-asks" } });
  for (let index = 0; index < 5; index += 1) {
    const asker = await run.newPerson(`+5190009940${index}`, `Agente ${index}`);
    expect((await ask({ phone: farmerPhone }, asker.token)).status).toBe(202);
  }
  expect(await run.questions()).toHaveLength(3);
});

test("the list comes in pages", async () => {
  for (let index = 0; index < 5; index += 1) await ask({ phone: `+5190008${String(1000 + index)}` });
  const seen: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const query = `side=held&limit=2${cursor ? `&cursor=${cursor}` : ""}`;
    const { body } = await run.send("GET", `/api/profiles/delegations?${query}`, run.agent.token);
    seen.push(...body.items.map(({ id }: { id: string }) => id));
    cursor = body.next;
  }
  expect(new Set(seen).size).toBe(5);
  expect(
    (await run.send("GET", "/api/profiles/delegations?side=held&cursor=x", run.agent.token)).status,
  ).toBe(422);
});

test("an operator records what was said aloud before a witness, who is somebody else", async () => {
  const record = (token: string, more: object = {}) =>
    run.send("POST", "/api/profiles/delegations/spoken", token, {
      principalId: run.farmer.personId,
      delegatePersonId: run.agent.personId,
      witness,
      ...more,
    });
  expect(await record(run.agent.token)).toMatchObject({ status: 422, body: { code: "delegate-unclear" } });
  expect(await record(run.farmer.token)).toMatchObject({ status: 403, body: { code: "operator-needed" } });
  expect(await record(run.operator.token, { witness: "rosa  PINCHI tuanama" })).toMatchObject({
    status: 422,
    body: { code: "witness-not-other" },
  });
  const recorded = await record(run.operator.token);
  expect(recorded).toMatchObject({
    status: 201,
    body: { delegation: { state: "active", channel: "spoken", witness } },
  });
  expect((await act()).status).toBe(200);
  expect(await record(run.operator.token, { delegatePersonId: run.operator.personId })).toMatchObject({
    status: 422,
  });
});
