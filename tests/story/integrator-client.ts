import type { TestPlatform } from "../support/test-platform.ts";
import { until } from "../support/until.ts";

type Method = "GET" | "POST" | "PUT" | "DELETE";
type Operation = { operationId: string; responses: Record<string, unknown> };
type ApiReference = { paths: Record<string, Record<string, Operation>> };

/**
 * What a program has that knows an address and its reference and nothing else. Each call has to be in the reference,
 * with the status that it answers.
 */
export async function integratorAt(address: string, { settle }: Pick<TestPlatform, "settle">) {
  const reference = (await (await fetch(`${address}/openapi.json`)).json()) as ApiReference;
  const documented = Object.entries(reference.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      pattern: new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`),
      operation,
    })),
  );
  const heard = new Map<string, Set<string>>();

  async function call(method: Method, path: string, body?: object, token?: string) {
    const response = await fetch(`${address}${path}`, {
      method,
      headers: {
        ...(body ? { "content-type": "application/json" } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const [plain = ""] = path.split("?");
    const known = documented.find((each) => each.method === method && each.pattern.test(plain));
    if (!known) throw new Error(`${method} ${plain} is not in the reference`);
    const { operation } = known;
    const status = response.ok ? String(response.status) : `${String(response.status)[0]}XX`;
    if (!(status in operation.responses)) {
      throw new Error(`${operation.operationId} answered ${response.status}, which its reference leaves out`);
    }
    return { status: response.status, body: JSON.parse(await response.text()) };
  }

  async function done(method: Method, path: string, body?: object, token?: string) {
    const answer = await call(method, path, body, token);
    if (answer.status >= 300) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body;
  }

  /** What a phone was sent since the last look, oldest first. */
  async function reads(phone: string): Promise<string[]> {
    await settle();
    return fresh(phone);
  }

  async function fresh(phone: string): Promise<string[]> {
    const seen = heard.get(phone) ?? new Set();
    heard.set(phone, seen);
    const { messages } = await done("GET", `/simulator/messages?phone=${encodeURIComponent(phone)}`);
    const fresh = messages.filter(
      ({ id, direction }: { id: string; direction: string }) => direction === "out" && !seen.has(id),
    );
    for (const { id } of fresh) seen.add(id);
    return fresh.map(({ text }: { text: string }) => text);
  }

  const writes = (phone: string, text: string) => done("POST", "/simulator/messages", { from: phone, text });

  return {
    call,
    done,
    reads,
    /** The same of many, by phone: what was sent is waited for once. */
    async allRead(phones: readonly string[]): Promise<Map<string, string[]>> {
      await settle();
      return new Map(await Promise.all(phones.map(async (phone) => [phone, await fresh(phone)] as const)));
    },
    /** Many write before any of them is answered. */
    async allSay(
      messages: readonly (readonly [phone: string, text: string])[],
    ): Promise<Map<string, string[]>> {
      const phones = messages.map(([phone]) => phone);
      await this.allRead(phones);
      await Promise.all(messages.map(([phone, text]) => writes(phone, text)));
      return this.allRead(phones);
    },
    /** All that a phone was ever sent, with the SMS that each took. */
    async history(phone: string): Promise<{ direction: "in" | "out"; text: string; segments: number }[]> {
      return (await done("GET", `/simulator/messages?phone=${encodeURIComponent(phone)}`)).messages;
    },
    /** Writes an SMS and reads what comes of it. */
    async says(phone: string, text: string): Promise<string[]> {
      await reads(phone);
      await writes(phone, text);
      return reads(phone);
    },
    /** With the code that the phone is sent; what else it was sent since the last look is passed over. */
    async signIn(phone: string) {
      await reads(phone);
      await done("POST", "/api/auth/codes", { phone });
      // Sent after the answer, which takes as long for a phone that nobody has.
      const code = await until(async () => /\b(\d{6})\b/.exec((await reads(phone)).join("\n"))?.[1], {
        what: `a code for ${phone}`,
      });
      const { accessToken, personId } = await done("POST", "/api/auth/tokens", { phone, code });
      return {
        personId: String(personId),
        call: (method: Method, path: string, body?: object) => call(method, path, body, accessToken),
        /** The same, of which anything but success ends the test. */
        done: (method: Method, path: string, body?: object) => done(method, path, body, accessToken),
      };
    },
  };
}

export type Integrator = Awaited<ReturnType<typeof integratorAt>>;
/** Somebody signed in. */
export type Caller = Awaited<ReturnType<Integrator["signIn"]>>;
