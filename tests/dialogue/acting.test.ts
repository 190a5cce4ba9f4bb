import { expect, test } from "vitest";
import { stage, type Party } from "./scene.ts";

const on = stage();

async function post(url: string, payload: object, token?: string) {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  const response = await on.platform.app.inject({ method: "POST", url, payload, headers });
  return { status: response.statusCode, body: response.json() };
}

async function signIn(phone: Party): Promise<{ accessToken: string; personId: string }> {
  await post("/api/auth/codes", { phone: phone.number });
  await on.settle();
  const code = /Minka es (\d{6})/.exec((await phone.reads()).join(" "))?.[1];
  return (await post("/api/auth/tokens", { phone: phone.number, code })).body;
}

test("an agent asks, the farmer says SI by SMS, the agent orders in their name, and the farmer hears of it", async () => {
  const agent = await on.registered();
  await agent.says("mi nombre es Elmer Sangama Isuiza");
  const farmer = await on.registered();
  const { accessToken } = await signIn(agent);
  const farmerId = (await signIn(farmer)).personId;

  const principal = { phone: farmer.number };
  expect((await post("/api/profiles/delegations", { principal }, accessToken)).status).toBe(202);
  await on.settle();
  expect(await farmer.reads()).toEqual([
    expect.stringMatching(/^Elmer Sangama Isuiza pide permiso por un año .+ SI o NO$/),
  ]);
  expect(await farmer.says("si")).toEqual([expect.stringMatching(/^Listo, Elmer Sangama Isuiza puede/)]);

  const acting = await post("/api/auth/acting", { personId: farmerId }, accessToken);
  const opened = await post(
    "/api/matching/requests",
    {
      personId: farmerId,
      need: { kind: "assistance", topic: "pest_management", crop: "cacao" },
      districtCode: "221001",
      channel: "web",
    },
    acting.body.accessToken,
  );
  expect(opened.status).toBe(201);
  await on.settle();
  expect(await farmer.reads()).toEqual([expect.stringMatching(/^3 pueden atender/)]);
  expect(await on.requestOf(farmer.number)).toMatchObject({ id: opened.body.requestId });
});

test("a farmer who says NO is not spoken for", async () => {
  const agent = await on.registered();
  await agent.says("mi nombre es Dominga Tapullima");
  const farmer = await on.registered();
  const { accessToken } = await signIn(agent);
  const farmerId = (await signIn(farmer)).personId;
  await post("/api/profiles/delegations", { principal: { personId: farmerId } }, accessToken);
  await on.settle();
  await farmer.reads();
  expect(await farmer.says("no")).toEqual([expect.stringMatching(/^Esta bien, Dominga Tapullima no puede/)]);
  expect((await post("/api/auth/acting", { personId: farmerId }, accessToken)).status).toBe(403);
});
