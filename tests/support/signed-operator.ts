import { generateKeyPairSync } from "node:crypto";
import { signPersonToken } from "@minka/auth/authentication";
import type { TestPlatform } from "./test-platform.ts";

const { privateKey } = generateKeyPairSync("ed25519");
const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();

/** The platform is to be started with this, so that anybody's token can be signed. */
export const signingEnvironment = { TOKEN_PRIVATE_KEY: pem };

type Answered<Body> = { readonly status: number; readonly body: Body; readonly text: string };

export type Signed = {
  get<Answer = never>(url: string): Promise<Answered<Answer>>;
  post<Answer = never>(url: string, payload?: object, key?: string): Promise<Answered<Answer>>;
};

/** Calls as a person, an operator unless said. */
export function signedIn(platform: TestPlatform, id: string, { operator = true } = {}): Signed {
  // Anew for each call: a test may move the clock.
  const headers = () => ({ authorization: `Bearer ${signPersonToken(platform.app, pem, { id, operator })}` });
  const answerOf = (response: { statusCode: number; headers: object; body: string; json(): unknown }) => ({
    status: response.statusCode,
    body: (String(Reflect.get(response.headers, "content-type")).endsWith("ndjson")
      ? null
      : response.json()) as never,
    text: response.body,
  });
  return {
    get: async (url) => answerOf(await platform.app.inject({ url, headers: headers() })),
    post: async (url, payload = {}, key) =>
      answerOf(
        await platform.app.inject({
          method: "POST",
          url,
          payload,
          headers: { ...headers(), ...(key ? { "idempotency-key": key } : {}) },
        }),
      ),
  };
}
