import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { endpoint, fileAnswer } from "@minka/contracts/endpoint";
import { connectDatabase } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { createCaller, fetchTransport, injectTransport, type Transport } from "@minka/http/caller";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { createTestDatabase } from "@minka/test-database/test-database";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { announce, mountAnnounce, open, service, startApp, type AppForTest } from "./app-for-test.ts";

const lot = { params: { crop: "cacao" as const }, query: {}, body: { kilos: 5, places: [] } };
const trace = { trace: "trace-of-an-sms" };

function tokenOf({ token }: AppForTest): () => string {
  return () => token(service)["authorization"]?.replace("Bearer ", "") ?? "";
}

async function listening(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

const ways: [string, (own: AppForTest) => Promise<Transport>][] = [
  ["in process", async ({ app }) => injectTransport(() => app, 1_000)],
  ["over HTTP", async ({ app }) => fetchTransport(await app.listen({ host: "127.0.0.1", port: 0 }))],
];

describe.each(ways)("a call %s", (_way, transportOf) => {
  async function callerTo(mount: Parameters<typeof startApp>[0]) {
    const own = await startApp(mount);
    const transport = await transportOf(own);
    return { own, call: createCaller(() => transport, tokenOf(own)) };
  }

  test("carries input, token and key, and brings the answer back", async () => {
    const { call } = await callerTo((app) =>
      mountEndpoint(app, announce, async ({ params, query, body }, { actor, claim, trace: id }) => {
        expect(actor).toEqual(service);
        expect(query).toEqual({ draft: true });
        expect(claim?.scope).toContain("delivery:1");
        return { id: `${params.crop} ${id}`, kilos: body.kilos };
      }),
    );
    const input = { ...lot, query: { draft: "true" } };
    const answer = await call(announce, input, { ...trace, idempotencyKey: "delivery:1" });
    expect(answer).toEqual({ id: "cacao trace-of-an-sms", kilos: 5 });
  });

  test("the request id follows it into the other side's log", async () => {
    const { own, call } = await callerTo(mountAnnounce);
    await call(announce, lot, trace);
    expect(own.lines.some((line) => JSON.parse(line).trace === "trace-of-an-sms")).toBe(true);
  });

  test("a file arrives with its name and its bytes", async () => {
    const bytes = Uint8Array.from([0x50, 0x4b, 0xff, 0x00]);
    const file = endpoint({
      ...open(["service"]),
      download: { contentTypes: ["text/csv"] },
      answer: fileAnswer,
    });
    const { call } = await callerTo((app) =>
      mountEndpoint(app, file, async () => ({ fileName: "socios 2026.csv", contentType: "text/csv", bytes })),
    );
    const answer = await call(file, {}, trace);
    expect(answer).toMatchObject({
      fileName: "socios-2026.csv",
      contentType: expect.stringContaining("text/csv"),
    });
    expect([...answer.bytes]).toEqual([...bytes]);
  });

  test("a refusal arrives as the error that was thrown there", async () => {
    const { call } = await callerTo((app) =>
      mountEndpoint(app, open(["service"]), () => {
        throw new DomainError("conflict", "already-taken", "Taken.", {
          errors: [{ path: "body.day", message: "is past" }],
        });
      }),
    );
    await expect(call(open(["service"]), {}, trace)).rejects.toMatchObject({
      name: "DomainError",
      category: "conflict",
      code: "already-taken",
      errors: [{ path: "body.day", message: "is past" }],
    });
  });

  test("input that is refused there arrives with its fields", async () => {
    const { call } = await callerTo(mountAnnounce);
    const wrong = { ...lot, body: { kilos: -1, places: [] } };
    await expect(call(announce, wrong, trace)).rejects.toMatchObject({
      category: "invalid",
      errors: [{ path: "body.kilos" }],
    });
  });

  test("what breaks there is `service-failed`, without its message", async () => {
    const { call } = await callerTo((app) =>
      mountEndpoint(app, open(["service"]), () => Promise.reject(new Error("secret cause"))),
    );
    const failed = call(open(["service"]), {}, trace);
    await expect(failed).rejects.toMatchObject({ category: "unavailable", code: "service-failed" });
    await expect(failed).rejects.not.toThrow("secret cause");
  });

  test("no answer in time is `service-unreachable`", async () => {
    const { call } = await callerTo((app) =>
      mountEndpoint(app, open(["service"]), () => new Promise(() => {})),
    );
    await expect(call(open(["service"]), {}, trace)).rejects.toMatchObject({
      category: "unavailable",
      code: "service-unreachable",
    });
  }, 10_000);

  test("is refused inside a transaction, before anything is sent", async () => {
    let asked = 0;
    const { call } = await callerTo((app) =>
      mountEndpoint(app, open(["service"]), async () => {
        asked += 1;
        return { done: true };
      }),
    );
    const own = await createTestDatabase();
    const database = connectDatabase({ url: own.url("matching"), name: "matching", maxConnections: 1 });
    onTestFinished(async () => {
      await database.close();
      await own.drop();
    });
    const inside = database.transaction(() => call(open(["service"]), {}, trace));
    await expect(inside).rejects.toThrow("Call to POST /api/test/open inside a database transaction");
    expect(asked).toBe(0);
    await call(open(["service"]), {}, trace);
    expect(asked).toBe(1);
  });
});

test("nobody listening is `service-unreachable`, with the cause kept for the log", async () => {
  const server = createServer();
  const url = await listening(server);
  server.close();
  const call = createCaller(
    () => fetchTransport(url),
    () => "token",
  );
  await expect(call(open(["service"]), {}, trace)).rejects.toMatchObject({
    code: "service-unreachable",
    cause: expect.any(Error),
  });
});

test("a page of a proxy instead of an answer is `service-failed`", async () => {
  let status = 502;
  const server = createServer((_request, response) => response.writeHead(status).end("<h1>Bad gateway</h1>"));
  const url = await listening(server);
  const call = createCaller(
    () => fetchTransport(url),
    () => "token",
  );
  for (status of [502, 404, 200]) {
    await expect(call(open(["service"]), {}, trace)).rejects.toMatchObject({ code: "service-failed" });
  }
});

test("parameters are escaped in the address, and nothing is not sent", async () => {
  const asked: string[] = [];
  const find = endpoint({
    service: "profiles",
    method: "GET",
    path: "/api/test/places/:name",
    summary: "For tests",
    access: ["service"],
    params: z.object({ name: z.string() }),
    query: z.object({ near: z.string().optional(), limit: z.number().optional() }),
    answer: z.object({}),
  });
  const call = createCaller(
    () => async (exchange) => {
      asked.push(exchange.path);
      return { status: 200, body: Buffer.from("{}") };
    },
    () => "token",
  );
  await call(find, { params: { name: "a/b ?ñ" }, query: { near: "x&y=1", limit: 0 } }, trace);
  await call(find, { params: { name: "x" }, query: {} }, trace);
  expect(asked).toEqual(["/api/test/places/a%2Fb%20%3F%C3%B1?near=x%26y%3D1&limit=0", "/api/test/places/x"]);
});
