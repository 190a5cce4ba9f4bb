import type { TestPlatform } from "../support/test-platform.ts";

export type SignedIn = Awaited<ReturnType<typeof signInAt>>;

/** Signs in at a phone with the code that it is sent, and calls the API as its owner. */
export async function signInAt(platform: TestPlatform, number: string) {
  const phone = platform.phone(number);
  await phone.reads();
  await platform.app.inject({ method: "POST", url: "/api/auth/codes", payload: { phone: number } });
  await platform.settle();
  const code = /\b(\d{6})\b/.exec((await phone.reads()).join("\n"))?.[1];
  const tokens = await platform.app.inject({
    method: "POST",
    url: "/api/auth/tokens",
    payload: { phone: number, code },
  });
  if (tokens.statusCode >= 300) throw new Error(`no sign-in at ${number}: ${tokens.body}`);
  const { accessToken, personId } = tokens.json<{ accessToken: string; personId: string }>();
  return {
    personId,
    async call(method: "GET" | "POST" | "PUT", url: string, body?: object | string) {
      const response = await platform.app.inject({
        method,
        url,
        headers: {
          authorization: `Bearer ${accessToken}`,
          ...(typeof body === "string" ? { "content-type": "text/csv" } : {}),
        },
        ...(body === undefined ? {} : { payload: body }),
      });
      return { status: response.statusCode, body: response.json() };
    },
    /** The same, of which anything but success is a mistake of the test. */
    async done(method: "GET" | "POST" | "PUT", url: string, body?: object | string) {
      const answer = await this.call(method, url, body);
      if (answer.status >= 300) throw new Error(`${method} ${url}: ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
  };
}
