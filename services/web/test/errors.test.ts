import { runForTest, type TestRun } from "@minka/test-kit/run-for-test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { web } from "../src/service.ts";
import { fakeCatalog, fakeMatching } from "./fake-neighbours.ts";

let run: TestRun;

beforeAll(async () => {
  run = await runForTest([fakeCatalog().service, fakeMatching().service, web]);
});

afterAll(() => run.stop());

const browser = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

test("a browser that is lost gets a page that leads back", async () => {
  const page = await run.app.inject({ url: "/no-hay", headers: browser });
  expect(page.statusCode).toBe(404);
  expect(page.headers["content-type"]).toContain("text/html");
  expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
  expect(page.body).toContain("Esta página no existe");
  expect(page.body).toContain('href="/"');
});

test("a program that is lost gets a problem, and so does everybody under /api", async () => {
  for (const [url, headers] of [
    ["/no-hay", { accept: "application/json" }],
    ["/no-hay", {}],
    ["/api/catalog/nothing", browser],
  ] as const) {
    const answer = await run.app.inject({ url, headers });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(answer.json()).toMatchObject({ code: "no-such-route" });
  }
});

test("an error of another service's route stays a problem for a browser too", async () => {
  const answer = await run.app.inject({ url: "/api/catalog/offers?limit=0", headers: browser });
  expect(answer.statusCode).toBe(422);
  expect(answer.headers["content-type"]).toContain("application/problem+json");
});

test("a form that cannot be read is answered with a page", async () => {
  const page = await run.app.inject({
    method: "POST",
    url: "/simulator/phones",
    headers: { ...browser, "content-type": "application/x-www-form-urlencoded" },
    payload: "side=c",
  });
  expect(page.statusCode).toBe(422);
  expect(page.body).toContain("Esto no se puede hacer así");
});
