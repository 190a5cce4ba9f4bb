import { readDataFile, type PersonalFile } from "@minka/contracts/personal-data";
import { DomainError } from "@minka/domain/errors";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { defineService } from "@minka/service/define-service";
import { runForTest, type TestRun } from "@minka/test-kit/run-for-test";
import { afterEach, beforeEach, expect, test } from "vitest";
import { web } from "../src/service.ts";

const token = "t".repeat(43);
const url = `/mis-datos/${token}`;
const file: PersonalFile = {
  generatedAt: "2026-11-24T14:00:00.000Z",
  person: { id: "019ab1ee-91d2-7c44-9b1f-2a3c4d5e6f70", name: "Rosa Pinchi" },
  sections: { profiles: { person: [{ name: "Rosa Pinchi" }] } },
};

let run: TestRun;
let spent: number;
let away: boolean;

beforeEach(async () => {
  [spent, away] = [0, false];
  const profiles = defineService({
    name: "profiles",
    migrations: null,
    start: () => ({
      routes(app) {
        mountEndpoint(app, readDataFile, async ({ params }) => {
          if (away) throw new DomainError("unavailable", "away", "Away for the test.");
          if (params.token !== token || spent > 0)
            throw new DomainError("not-found", "no-such-file", "This link is wrong, used or too old.");
          spent += 1;
          return file;
        });
      },
    }),
  });
  run = await runForTest([profiles, web]);
});
afterEach(() => run.stop());

const browser = { accept: "text/html" };
const look = (method: "GET" | "HEAD", headers = {}) =>
  run.app.inject({ method, url, headers: { ...browser, ...headers } });
/** As a browser sends a form without fields. */
const press = (address = url) =>
  run.app.inject({
    method: "POST",
    url: address,
    headers: { ...browser, "content-type": "application/x-www-form-urlencoded" },
    payload: "",
  });

test("a preview, a HEAD and a prefetch of the link leave it whole, and its button gives the file once", async () => {
  const page = await look("GET");
  expect(page.statusCode).toBe(200);
  expect(page.body).toMatch(/<form method="post"><button>Descargar mis datos/);
  expect(page.headers["content-security-policy"]).toContain("form-action 'self'");
  expect(page.body).not.toContain("<script");
  expect((await look("HEAD")).statusCode).toBe(200);
  expect((await look("GET", { "sec-purpose": "prefetch" })).statusCode).toBe(200);
  expect(spent).toBe(0);

  const got = await press();
  expect(got.statusCode).toBe(200);
  expect(got.headers["content-disposition"]).toBe('attachment; filename="mis-datos-minka.json"');
  expect(got.headers["cache-control"]).toBe("no-store");
  expect(got.json()).toEqual(file);
  expect(spent).toBe(1);
});

test("a link that is used, and one that nobody made, say how to get another", async () => {
  await press();
  for (const address of [url, `/mis-datos/${"x".repeat(43)}`, "/mis-datos/short"]) {
    const page = await press(address);
    expect(page.statusCode).toBe(404);
    expect(page.body).toContain("escriba MIS DATOS por SMS");
  }
});

test("while the service is away the link stays good", async () => {
  away = true;
  expect((await press()).statusCode).toBe(503);
  away = false;
  expect((await press()).statusCode).toBe(200);
});
