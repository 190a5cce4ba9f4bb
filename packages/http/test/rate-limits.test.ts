import { voucherHeader } from "@minka/contracts/actor";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { limitRequests, type RateLimits } from "@minka/http/rate-limits";
import { expect, test } from "vitest";
import { open, operator, person, service, startApp } from "./app-for-test.ts";

const path = "/api/test/open";
const personId = person.kind === "person" ? person.personId : "";

async function startLimited(limits: Partial<RateLimits>, trustProxy = false) {
  const started = await startApp(
    async (app) => {
      await limitRequests(app, { perAddress: 0, perPerson: 0, redisUrl: null, ...limits });
      await app.register(async (routes) => {
        mountEndpoint(routes as unknown as typeof app, open(["anyone"]), async () => ({ done: true }));
        routes.post("/sms/twilio/inbound", async () => "");
        routes.post("/page", async (request) => {
          await request.server.personLimit.count?.(request, personId);
          return "";
        });
      });
    },
    { trustProxy },
  );
  const call = (headers: Record<string, string> = {}, from = "203.0.113.7", url = path) =>
    started.app.inject({ method: "POST", url, headers, remoteAddress: from });
  return { ...started, call };
}

test("an address that calls too often is told to wait, and others are not", async () => {
  const { call } = await startLimited({ perAddress: 3 });
  for (let count = 0; count < 3; count += 1) expect((await call()).statusCode).toBe(200);
  const refused = await call();
  expect(refused.statusCode).toBe(429);
  expect(refused.headers["content-type"]).toContain("application/problem+json");
  expect(refused.json()).toMatchObject({ code: "too-many-requests", status: 429 });
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
  expect((await call({}, "203.0.113.8")).statusCode).toBe(200);
});

test("a person is counted wherever they call from, and somebody who acts as themself", async () => {
  const { call, token } = await startLimited({ perPerson: 2 });
  if (person.kind !== "person" || operator.kind !== "person") throw new Error("people are people");
  const acting = { ...operator, operator: false, through: { personId: person.personId } };
  expect((await call(token(person), "203.0.113.1")).statusCode).toBe(200);
  expect((await call(token(acting), "203.0.113.2")).statusCode).toBe(200);
  expect((await call(token(person), "203.0.113.3")).statusCode).toBe(429);
  expect((await call(token(operator), "203.0.113.1")).statusCode).toBe(200);
});

test("neither services nor gateways are counted", async () => {
  const { call, token } = await startLimited({ perAddress: 1, perPerson: 1 });
  for (let count = 0; count < 5; count += 1) {
    expect((await call(token(service))).statusCode).toBe(200);
    expect((await call({}, "203.0.113.7", "/sms/twilio/inbound")).statusCode).toBe(200);
  }
});

test("what a page calls with its person's token is not counted again; the page counts them, with their own calls", async () => {
  const { call, token } = await startLimited({ perPerson: 3 });
  const voucher = { [voucherHeader]: (token(service)["authorization"] ?? "").replace("Bearer ", "") };
  for (let count = 0; count < 5; count += 1)
    expect((await call({ ...token(person), ...voucher })).statusCode).toBe(200);
  expect((await call({ ...token(person), [voucherHeader]: "made-up" })).statusCode).toBe(200);
  const page = () => call({}, "203.0.113.7", "/page").then(({ statusCode }) => statusCode);
  expect([await page(), await page(), await page()]).toEqual([200, 200, 429]);
  expect((await call(token(person))).statusCode).toBe(429);
});

test("wrong tokens are counted before they are refused", async () => {
  const { call } = await startLimited({ perAddress: 2 });
  const wrong = { authorization: "Bearer not.a.token-but-long-enough" };
  expect([(await call(wrong)).statusCode, (await call(wrong)).statusCode]).toEqual([401, 401]);
  expect((await call(wrong)).statusCode).toBe(429);
});

test("what is not served counts too", async () => {
  const { call } = await startLimited({ perAddress: 2 });
  for (let count = 0; count < 2; count += 1)
    expect((await call({}, "203.0.113.7", "/api/guess")).statusCode).toBe(404);
  expect((await call({}, "203.0.113.7", "/api/guess")).statusCode).toBe(429);
});

test("behind a proxy the address it saw counts, whatever the caller wrote before it", async () => {
  const { call } = await startLimited({ perAddress: 1 }, true);
  const from = (list: string) => call({ "x-forwarded-for": list }, "10.0.0.2");
  expect((await from("198.51.100.1")).statusCode).toBe(200);
  expect((await from("198.51.100.2")).statusCode).toBe(200);
  expect((await from("192.0.2.77, 198.51.100.1")).statusCode).toBe(429);
});

test("without a proxy what a caller says of addresses is not believed", async () => {
  const { call } = await startLimited({ perAddress: 1 });
  expect((await call({ "x-forwarded-for": "198.51.100.1" })).statusCode).toBe(200);
  expect((await call({ "x-forwarded-for": "198.51.100.2" })).statusCode).toBe(429);
});

test("the addresses of one IPv6 connection are one", async () => {
  const { call } = await startLimited({ perAddress: 1 });
  expect((await call({}, "2001:db8:1:2::1")).statusCode).toBe(200);
  expect((await call({}, "2001:db8:1:2:ffff::9")).statusCode).toBe(429);
  expect((await call({}, "2001:db8:1:3::1")).statusCode).toBe(200);
});

test("a store that is away limits nobody", async () => {
  const { call } = await startLimited({ perAddress: 1, redisUrl: "redis://127.0.0.1:1" });
  for (let count = 0; count < 3; count += 1) expect((await call()).statusCode).toBe(200);
});
