import { serveHealth, type HealthPart } from "@minka/http/health";
import { serveMetrics } from "@minka/http/metrics";
import { expect, test } from "vitest";
import { startApp } from "./app-for-test.ts";

const up = (name: string): HealthPart => ({ name, check: async () => {} });
const down = (name: string, why: string): HealthPart => ({
  name,
  check: () => Promise.reject(new Error(why)),
});
const hanging = (name: string): HealthPart => ({ name, check: () => new Promise(() => {}) });

async function ready(parts: HealthPart[]) {
  const { app } = await startApp((routes) => serveHealth(routes, () => parts));
  return app.inject({ url: "/health/ready" });
}

test("ready when every part is up", async () => {
  const response = await ready([up("queue"), up("matching database")]);
  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual({ status: "up", parts: { queue: "up", "matching database": "up" } });
});

test("not ready when one is down, which is named with its reason", async () => {
  const response = await ready([up("queue"), down("matching database", "connection refused")]);
  expect(response.statusCode).toBe(503);
  expect(response.json()).toEqual({
    status: "down",
    parts: { queue: "up", "matching database": "down: connection refused" },
  });
});

test("parts that hang are named too, within the limit, however many they are", async () => {
  const began = performance.now();
  const response = await ready([hanging("queue"), up("gateway"), hanging("a database"), hanging("another")]);
  expect(performance.now() - began).toBeLessThan(3_000);
  expect(response.statusCode).toBe(503);
  const { parts } = response.json<{ parts: Record<string, string> }>();
  expect(parts["queue"]).toMatch(/^down: no answer in \d+ ms$/);
  expect(parts["gateway"]).toBe("up");
});

test("a check that throws at once is a part that is down", async () => {
  const broken: HealthPart = {
    name: "gateway",
    check() {
      throw new Error("not configured");
    },
  };
  expect((await ready([broken])).json()).toMatchObject({ parts: { gateway: "down: not configured" } });
});

test("alive whatever is down", async () => {
  const { app } = await startApp((routes) => serveHealth(routes, () => [down("queue", "gone")]));
  expect((await app.inject({ url: "/health/live" })).statusCode).toBe(200);
});

test("metrics count requests by route, not by address, and jobs by outcome", async () => {
  let count = (_outcome: "done" | "failed") => {};
  const { app } = await startApp((routes) => {
    const metrics = serveMetrics(routes);
    count = (outcome) => metrics.countJob("matching", "match-request", outcome, 0.02);
    routes.get("/lots/:id", async () => ({}));
  });
  for (const url of ["/lots/1", "/lots/2", "/lots/3", "/nothing/+51987654321"]) await app.inject({ url });
  count("done");
  count("done");
  count("failed");
  const { body } = await app.inject({ url: "/metrics" });
  expect(body).toContain('minka_http_request_seconds_count{method="GET",route="/lots/:id",status="200"} 3');
  expect(body).toContain('minka_job_seconds_count{service="matching",job="match-request"} 3');
  expect(body).toContain('minka_job_failures_total{service="matching",job="match-request"} 1');
  expect(body).toContain("process_cpu_seconds_total");
  expect(body).not.toContain("987654321");
});
