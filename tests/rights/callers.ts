import { generateKeyPairSync } from "node:crypto";
import { signPersonToken, signServiceToken } from "@minka/auth/authentication";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

const { privateKey } = generateKeyPairSync("ed25519");
const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();

/** Who calls: nobody, another service, or a person by id, maybe as an operator or through who acts for them. */
export type Who =
  | "anonymous"
  | "service"
  | { readonly id: string; readonly operator?: boolean; readonly through?: { readonly personId: string } };

export type Call = {
  readonly method: string;
  readonly url: string;
  readonly body?: unknown;
  /** Of a body that is no JSON. */
  readonly type?: string | undefined;
};

type Answered = { readonly status: number; readonly body: unknown; readonly text: string };

export type Callers = {
  readonly platform: TestPlatform;
  send(who: Who, call: Call): Promise<Answered>;
  /** Of which anything but success is a mistake of the test. */
  done<Answer>(who: Who, method: string, url: string, body?: unknown, type?: string): Promise<Answer>;
};

/** The whole platform without demo data, whose key signs anybody's token. */
export async function startCallers(): Promise<Callers> {
  const platform = await startTestPlatform({
    seeded: false,
    environment: { TOKEN_PRIVATE_KEY: pem, CODES_PER_ADDRESS: "1000", INVITATIONS_PER_MINUTE: "6000" },
  });
  function headersOf(who: Who): Record<string, string> {
    if (who === "anonymous") return {};
    const token =
      who === "service"
        ? signServiceToken(platform.app, "notifications")
        : signPersonToken(platform.app, pem, { operator: false, ...who });
    return { authorization: `Bearer ${token}` };
  }
  const send: Callers["send"] = async (who, { method, url, body, type }) => {
    const response = await platform.app.inject({
      method: method as "GET",
      url,
      headers: { ...headersOf(who), ...(type ? { "content-type": type } : {}) },
      ...(body === undefined ? {} : { payload: body as object | string }),
    });
    const isJson = /\bjson\b/.test(String(response.headers["content-type"]));
    return {
      status: response.statusCode,
      body: isJson ? response.json() : null,
      text: response.body,
    };
  };
  return {
    platform,
    send,
    async done<Answer>(who: Who, method: string, url: string, body?: unknown, type?: string) {
      const answer = await send(who, { method, url, body, type });
      if (answer.status >= 300) throw new Error(`${method} ${url}: ${answer.status} ${answer.text}`);
      return answer.body as Answer;
    },
  };
}
