import { registerPerson } from "@minka/contracts/profiles";
import { afterEach, beforeEach, expect, test } from "vitest";
import { appointFirstOperators } from "../src/operators/appoint-first-operators.ts";
import { connectDatabase } from "@minka/database/connect";
import { consentAt, runProfiles, signIn, trace, type ProfilesRun } from "./profiles-run.ts";

const first = "+51900099001";
let run: ProfilesRun;
let operator: { token: string; personId: string };
let rosa: { token: string; personId: string };

beforeEach(async () => {
  run = await runProfiles({ OPERATOR_PHONES: first });
  const body = { phone: "+51900099200", name: "Rosa Pinchi", consent: consentAt(run) };
  await run.callAs("notifications")(registerPerson, { body }, trace);
  operator = await signIn(run, first);
  rosa = await signIn(run, "+51900099200");
});
afterEach(() => run.stop());

async function send(method: "GET" | "POST" | "DELETE", path: string, token: string, payload?: object) {
  const response = await run.app.inject({
    method,
    url: `/api/profiles/operators${path}`,
    headers: { authorization: `Bearer ${token}` },
    ...(payload ? { payload } : {}),
  });
  return { status: response.statusCode, body: response.json() };
}
const appoint = (personId: string, token = operator.token) => send("POST", "", token, { personId });
const dismiss = (personId: string, token = operator.token) => send("DELETE", `/${personId}`, token);

test("an operator appoints another, who is one at their next sign-in, and both are listed", async () => {
  const appointed = await appoint(rosa.personId);
  expect(appointed).toMatchObject({
    status: 201,
    body: { operator: { personId: rosa.personId, name: "Rosa Pinchi", appointedBy: operator.personId } },
  });
  expect((await appoint(rosa.personId)).body).toEqual(appointed.body);
  run.clock.advance({ minutes: 1 });
  const { token } = await signIn(run, "+51900099200");
  const listed = await send("GET", "", token);
  expect(listed.body.operators.map(({ personId }: { personId: string }) => personId)).toEqual([
    operator.personId,
    rosa.personId,
  ]);
});

test("nobody else appoints, dismisses or lists", async () => {
  expect((await appoint(rosa.personId, rosa.token)).status).toBe(403);
  expect((await dismiss(operator.personId, rosa.token)).status).toBe(403);
  expect((await send("GET", "", rosa.token)).status).toBe(403);
});

test("the last operator stays, and two who dismiss each other at once leave one", async () => {
  expect(await dismiss(operator.personId)).toMatchObject({ status: 409, body: { code: "last-operator" } });
  await appoint(rosa.personId);
  run.clock.advance({ minutes: 1 });
  const second = await signIn(run, "+51900099200");
  const answers = await Promise.all([dismiss(rosa.personId), dismiss(operator.personId, second.token)]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
});

test("who was dismissed stays so when the process starts again, and may be appointed again", async () => {
  await appoint(rosa.personId);
  run.clock.advance({ minutes: 1 });
  const second = await signIn(run, "+51900099200");
  expect((await dismiss(operator.personId, second.token)).status).toBe(200);
  const db = connectDatabase({ url: run.database.url("profiles"), name: "profiles" });
  await appointFirstOperators({ db, clock: run.clock }, [first]);
  await db.close();
  const names = async () => (await send("GET", "", second.token)).body.operators.length;
  expect(await names()).toBe(1);
  expect((await appoint(operator.personId, second.token)).status).toBe(201);
  expect(await names()).toBe(2);
});

test("somebody unknown is neither appointed nor dismissed", async () => {
  const nobody = "019ab1ee-91d2-7c44-9b1f-2a3c4d5e6f70";
  expect(await appoint(nobody)).toMatchObject({ status: 404, body: { code: "person-unknown" } });
  expect(await dismiss(rosa.personId)).toMatchObject({ status: 404, body: { code: "operator-unknown" } });
});

test("appointing and dismissing are in the audit", async () => {
  await appoint(rosa.personId);
  await dismiss(rosa.personId);
  const owner = connectDatabase({ url: run.database.ownerUrl, name: "test-owner" });
  const rows = await owner.sql`
    select actor, action from profiles.audit where subject = ${rosa.personId} and action like 'operator.%' order by id`;
  await owner.close();
  expect([...rows]).toEqual([
    { actor: `person:${operator.personId}`, action: "operator.appoint" },
    { actor: `person:${operator.personId}`, action: "operator.dismiss" },
  ]);
});
