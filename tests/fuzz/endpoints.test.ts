import { generateKeyPairSync } from "node:crypto";
import { signPersonToken, signServiceToken } from "@minka/auth/authentication";
import { problem } from "@minka/contracts/problem";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";
import { seededRandom, valuesFor, type Schema } from "./random-values.ts";

const calls = Number(process.env["FUZZ_CALLS"] ?? (process.env["MINKA_LONG"] ? 20_000 : 2_000));
const seed = Number(process.env["FUZZ_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
const patienceMs = 10_000;

type Parameter = { name: string; in: string; required?: boolean; schema?: Schema };
type Operation = {
  parameters?: Parameter[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
};
type Reference = { paths: Record<string, Record<string, Operation>> };

const { privateKey } = generateKeyPairSync("ed25519");
const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ environment: { TOKEN_PRIVATE_KEY: pem } });
});
afterAll(() => platform.stop());

/** Ids of whatever there is, so that calls reach beyond "not found". */
async function poolOf() {
  const owner = postgres(platform.database.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    const tables = await owner<{ place: string }[]>`
      select format('%I.%I', c.table_schema, c.table_name) as place from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.column_name = 'id' and c.data_type = 'uuid' and t.table_type = 'BASE TABLE'
        and c.table_schema in ('profiles', 'catalog', 'matching', 'brokering', 'notifications')`;
    const ids: string[] = [];
    for (const { place } of tables) {
      const rows = await owner.unsafe<{ id: string }[]>(`select id from ${place} limit 12`);
      ids.push(...rows.map(({ id }) => id));
    }
    const phones = await owner<{ phone: string }[]>`select phone from profiles.phones limit 12`;
    const people = await owner<{ id: string }[]>`select id from profiles.people limit 12`;
    return {
      ids: [...ids, ...people.map(({ id }) => id), "00000000-0000-4000-8000-000000000000"],
      phones: [...phones.map(({ phone }) => phone), "+51999888777", "+51900000001"],
      districts: ["221001", "220101", "100601", "999999", "22", "2210"],
      people: people.map(({ id }) => id),
    };
  } finally {
    await owner.end();
  }
}

test(
  `${calls} calls of every endpoint with whatever comes are answered, never by a fault (seed ${seed})`,
  async () => {
    const random = seededRandom(seed);
    const { people, ...pool } = await poolOf();
    const value = valuesFor(random, pool);
    const { paths } = (await platform.app.inject({ url: "/openapi.json" })).json<Reference>();
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );
    expect(operations.length).toBeGreaterThan(20);
    const tokens = [
      null,
      signPersonToken(platform.app, pem, { id: random.pick(people), operator: false }),
      signPersonToken(platform.app, pem, { id: random.pick(people), operator: true }),
      signServiceToken(platform.app, "notifications"),
      "not.a.token-but-long-enough",
    ];
    const statuses = new Map<number, number>();
    const faults: string[] = [];
    for (let index = 0; index < calls; index += 1) {
      // Each in turn first, so that none is left out however few the calls.
      const operation = operations[index % operations.length];
      if (!operation) break;
      const call = requestOf(operation);
      const token = random.chance(0.9) ? random.pick(tokens.slice(0, 4)) : random.pick(tokens);
      const headers: Record<string, string> = {
        ...call.headers,
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(random.chance(0.05)
          ? { "idempotency-key": asText(value({ type: "string" })).replace(/[^\x20-\x7e]/g, "?") }
          : {}),
      };
      const started = performance.now();
      const response = await platform.app.inject({
        method: call.method as "GET",
        url: call.url,
        headers,
        ...(call.payload === undefined ? {} : { payload: call.payload }),
        signal: AbortSignal.timeout(patienceMs),
      });
      const told = `${call.method} ${call.url} ${call.payload ?? ""}`.slice(0, 600);
      statuses.set(response.statusCode, (statuses.get(response.statusCode) ?? 0) + 1);
      if (performance.now() - started > patienceMs) faults.push(`slow: ${told}`);
      if (response.statusCode >= 500)
        faults.push(`${response.statusCode}: ${told} → ${response.body.slice(0, 300)}`);
      if (response.statusCode >= 400 && response.statusCode < 500) {
        const isProblem = String(response.headers["content-type"]).startsWith("application/problem+json");
        if (!isProblem || !problem.safeParse(safeJson(response.body)).success)
          faults.push(`no problem+json: ${response.statusCode} ${told} → ${response.body.slice(0, 200)}`);
      }
      if (faults.length >= 20) break;
    }
    expect(faults).toEqual([]);
    // Were everything refused, nothing but the gate would have been tried.
    const accepted = [...statuses].reduce((sum, [status, count]) => sum + (status < 300 ? count : 0), 0);
    expect(accepted).toBeGreaterThan(calls / 50);

    function requestOf({
      path,
      method,
      operation: { parameters = [], requestBody },
    }: (typeof operations)[number]) {
      const url = path.replace(/\{(\w+)\}/g, (_, name: string) => {
        const schema = parameters.find(
          (parameter) => parameter.in === "path" && parameter.name === name,
        )?.schema;
        return encodeURIComponent(asText(value(schema ?? { type: "string" }))).slice(0, 300) || "x";
      });
      const query = new URLSearchParams();
      for (const { name, schema, required } of parameters.filter((parameter) => parameter.in === "query")) {
        if (required || random.chance(0.4)) query.set(name, asText(value(schema ?? {})).slice(0, 500));
      }
      const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
      const body = media ? bodyOf(type ?? "application/json", media.schema ?? {}) : {};
      return {
        method: method.toUpperCase(),
        url: query.size > 0 ? `${url}?${query.toString()}` : url,
        ...body,
      };
    }

    function bodyOf(type: string, schema: Schema): { payload?: string; headers?: Record<string, string> } {
      if (random.chance(0.03)) return {};
      const headers = { "content-type": random.chance(0.02) ? "text/weird" : type };
      if (random.chance(0.03))
        return { headers, payload: random.pick(["{", "[]", "null", '"x"', "\u0000", "{}"]) };
      return {
        headers,
        payload:
          type === "application/json" ? JSON.stringify(value(schema)) : asText(value({ type: "string" })),
      };
    }
  },
  calls * 60 + 60_000,
);

function asText(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  // Half a character is no address: a client could not send it either.
  return text.toWellFormed();
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
