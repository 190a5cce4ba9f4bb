import type { Party, stage } from "./scene.ts";

export type Post = (url: string, payload: object) => Promise<{ status: number; body: unknown }>;

/** Signs the holder of a phone in; at a shared one, by their word or, where they have none, as themself. The code comes by SMS. */
export async function signIn(
  { platform, settle }: ReturnType<typeof stage>,
  phone: Party,
  who: { word?: string; personId?: string } = {},
): Promise<{ personId: string; token: string; post: Post }> {
  const send = (url: string, payload: object, headers: Record<string, string> = {}) =>
    platform.app.inject({ method: "POST", url, payload, headers });
  await send("/api/auth/codes", { phone: phone.number });
  await settle();
  const code = /Minka es (\d{6})/.exec((await phone.reads()).join(" "))?.[1];
  const { accessToken, personId } = (
    await send("/api/auth/tokens", { phone: phone.number, code, ...who })
  ).json();
  return {
    personId,
    token: accessToken,
    async post(url, payload) {
      const answer = await send(url, payload, { authorization: `Bearer ${accessToken}` });
      return { status: answer.statusCode, body: answer.json() };
    },
  };
}
