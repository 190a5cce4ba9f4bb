import { endpoint, fileAnswer, fileBytes } from "@minka/contracts/endpoint";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { describeEndpoints } from "@minka/http/open-api";
import { expect, test } from "vitest";
import { z } from "zod";
import { open, person, service, startApp } from "./app-for-test.ts";

const upload = endpoint({
  service: "profiles",
  method: "POST",
  path: "/api/test/files/:name",
  summary: "For tests",
  access: ["person"],
  params: z.object({ name: z.string() }),
  upload: { contentTypes: ["text/csv"], maximumBytes: 1_000 },
  body: fileBytes,
  answer: z.object({ name: z.string(), text: z.string(), key: z.string().nullable() }),
  status: 202,
});

const download = endpoint({
  service: "profiles",
  method: "GET",
  path: "/api/test/files/:name",
  summary: "For tests",
  access: ["person"],
  params: z.object({ name: z.string() }),
  download: { contentTypes: ["text/csv"] },
  answer: fileAnswer,
});

async function start() {
  const calls: string[] = [];
  const { app, token } = await startApp((scope) => {
    mountEndpoint(scope, upload, async ({ params, body }, { claim }) => {
      calls.push(params.name);
      return { name: params.name, text: Buffer.from(body).toString(), key: claim?.bodyHash ?? null };
    });
    mountEndpoint(scope, download, async ({ params }) => ({
      fileName: `${params.name} "ñ".csv`,
      contentType: "text/csv; charset=utf-8",
      bytes: Buffer.from("a;b\r\n"),
    }));
    mountEndpoint(scope, open(["anyone"]), async () => ({ done: true }));
  });
  const send = (payload: string, headers: Record<string, string>) =>
    app.inject({
      method: "POST",
      url: "/api/test/files/one",
      payload,
      headers: { "content-type": "text/csv", ...headers },
    });
  return { app, calls, token, send };
}

test("a file arrives as it was sent, and its key tells another file apart", async () => {
  const { send, token } = await start();
  const headers = { ...token(person), "idempotency-key": "k" };
  const [one, same, other] = [
    await send("x;ñ", headers),
    await send("x;ñ", headers),
    await send("x;n", headers),
  ];
  expect(one.statusCode).toBe(202);
  expect(one.json()).toMatchObject({ name: "one", text: "x;ñ" });
  expect(same.json().key).toBe(one.json().key);
  expect(other.json().key).not.toBe(one.json().key);
});

test("nothing is read of a file from who may not send it, of another type, or too large", async () => {
  const { send, token, calls } = await start();
  expect((await send("x", {})).statusCode).toBe(401);
  expect((await send("x", token(service))).statusCode).toBe(403);
  expect((await send("{}", { ...token(person), "content-type": "application/json" })).statusCode).toBe(415);
  const large = await send("x".repeat(1_001), token(person));
  expect(large.statusCode).toBe(413);
  expect(large.headers["content-type"]).toContain("application/problem+json");
  expect(large.json().code).toBe("body-too-large");
  expect(calls).toEqual([]);
});

test("an endpoint that takes JSON takes no file", async () => {
  const { app } = await start();
  const answer = await app.inject({
    method: "POST",
    url: "/api/test/open",
    payload: "a;b",
    headers: { "content-type": "text/csv" },
  });
  expect(answer.statusCode).toBe(415);
});

test("a file is answered to be kept, under a harmless name", async () => {
  const { app, token } = await start();
  const answer = await app.inject({ method: "GET", url: "/api/test/files/list", headers: token(person) });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers).toMatchObject({
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": 'attachment; filename="list-.csv"',
    "cache-control": "no-store",
  });
  expect(answer.body).toBe("a;b\r\n");
});

test("the reference names the types of files that go in and come out", async () => {
  const document = await describeEndpoints([upload, download], {
    title: "t",
    version: "1",
    description: "d",
  });
  const paths = document.paths as Record<string, Record<string, unknown>>;
  const both = paths["/api/test/files/{name}"];
  const binary = { "text/csv": { schema: { type: "string", format: "binary" } } };
  expect(both?.["post"]).toMatchObject({ requestBody: { content: binary } });
  expect(both?.["get"]).toMatchObject({ responses: { "200": { content: binary } } });
});
