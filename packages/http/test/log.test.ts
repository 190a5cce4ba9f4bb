import { commonTables } from "@minka/database/columns";
import { connectDatabase } from "@minka/database/connect";
import { createLog, summarizeError } from "@minka/http/log";
import { createTestDatabase } from "@minka/test-database/test-database";
import { pgSchema } from "@minka/database/table";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startApp } from "./app-for-test.ts";

const { audit, idempotencyKeys } = commonTables(pgSchema("matching"));
const secret = "Rosa Huamán de Tocache";
let error: unknown;
let textError: unknown;
let close: () => Promise<void>;

/** Two inserts that PostgreSQL refuses, each with personal data among its values. */
beforeAll(async () => {
  const own = await createTestDatabase();
  const database = connectDatabase({ url: own.url("matching"), name: "matching", maxConnections: 1 });
  close = async () => {
    await database.close();
    await own.drop();
  };
  const row = { scope: `${secret} +51987654321`, bodyHash: secret, createdAt: new Date() };
  await database.read.insert(idempotencyKeys).values(row);
  const values = [row, { ...row, scope: "another" }];
  error = await database.read
    .insert(idempotencyKeys)
    .values(values)
    .then(() => undefined)
    .catch((caught: unknown) => caught);
  textError = await database.read
    .insert(audit)
    .values({
      id: secret,
      at: new Date(),
      actor: secret,
      action: "\n    at hers (/home/x)",
      subject: "",
      trace: "",
    })
    .then(() => undefined)
    .catch((caught: unknown) => caught);
});
afterAll(() => close());

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let written = "";
  const destination = { write: (line: string) => void (written += line) };
  write(createLog({ level: "debug", service: "test", destination }));
  return written;
}

test("a failed insert is logged with its code and place, and without its values", () => {
  const line = logged((log) => log.error({ err: error }, "job failed"));
  expect(line).toContain("23505");
  expect(line).toContain("log.test.ts");
  for (const value of ["Rosa", "Tocache", "987654321", "4321", "insert into"])
    expect(line).not.toContain(value);
});

test("a value cannot pass for a place in the code", () => {
  expect(textError).toBeInstanceOf(Error);
  const line = logged((log) => log.error({ err: textError }, "job failed"));
  expect(line).toContain("22P02");
  expect(line).not.toContain("hers");
  expect(line).not.toContain("Rosa");
});

test("a request that fails so logs no value either, and answers none", async () => {
  const { app, lines } = await startApp((routes) => {
    routes.get("/breaks", async () => {
      throw error;
    });
  });
  const response = await app.inject({ url: "/breaks" });
  expect(response.statusCode).toBe(500);
  for (const value of ["Rosa", "Tocache", "987654321"]) {
    expect(lines.join("")).not.toContain(value);
    expect(response.body).not.toContain(value);
  }
  expect(lines.join("")).toContain("23505");
});

test("in one line an error says its kinds and codes, and no value", () => {
  expect(summarizeError(error)).toMatch(/23505/);
  expect(summarizeError(error)).not.toMatch(/Rosa|987654321|insert/);
  expect(summarizeError(new Error("no route to +51987654321"))).toBe("Error: no route to +*****321");
  expect(summarizeError("thrown text with Rosa")).toBe("threw a string");
});

test("a phone leaves with its last three digits, wherever it stands", () => {
  const line = logged((log) =>
    log.info(
      {
        phone: "+51987654321",
        nested: { list: ["call +51912345678 now"] },
        url: "/simulator/messages?phone=%2B51955555777",
        err: new Error("no route to +51933333444"),
      },
      "sent to +51944444999",
    ),
  );
  for (const last of ["321", "678", "777", "444", "999"]) expect(line).toContain(`*****${last}`);
  expect(line).not.toMatch(/\d{9}/);
  expect(() => JSON.parse(line)).not.toThrow();
});

test("whatever is logged around it, a phone in E.164 never leaves whole", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 900_000_000, max: 999_999_999 }),
      fc.string(),
      fc.string(),
      (mobile, before, after) => {
        // A digit right after it makes it another number.
        fc.pre(!/^\w/.test(after));
        const line = logged((log) => log.info({ note: `${before}+51${mobile}${after}` }, "note"));
        expect(line).not.toContain(`+51${mobile}`);
        expect(() => JSON.parse(line)).not.toThrow();
      },
    ),
  );
});

test("tokens, bodies and texts are hidden", () => {
  const line = logged((log) =>
    log.info(
      { headers: { authorization: "Bearer abc" }, body: { name: "Rosa" }, text: "mi cacao" },
      "request",
    ),
  );
  for (const value of ["abc", "Rosa", "mi cacao"]) expect(line).not.toContain(value);
});
