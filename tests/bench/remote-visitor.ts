import { parse } from "node-html-parser";
import type { BrowserContext } from "playwright-core";

/** Somebody signed in, or nobody, who asks a running Minka over the network. */
export type RemoteVisitor = {
  address(path: string): string;
  ask(path: string): Promise<Response>;
  /** The first link of a page that looks so. */
  findLink(on: string, link: RegExp): Promise<string | null>;
  /** What a first visit loads, as it travels. */
  weigh(path: string): Promise<{ bytes: number; requests: number }>;
  signInto(context: BrowserContext): Promise<void>;
};

const asBrowser = { accept: "text/html", "accept-encoding": "gzip" };

export async function remoteVisitor(url: string, phone: string | null): Promise<RemoteVisitor> {
  const cookie = phone === null ? null : await signIn(url, phone);
  const headers = { ...asBrowser, ...(cookie ? { cookie } : {}) };
  const address = (path: string) => new URL(path, url).href;
  const ask = (path: string) => fetch(address(path), { headers });
  return {
    address,
    ask,
    async findLink(on, link) {
      const root = parse(await (await ask(on)).text());
      const links = root.querySelectorAll("a[href]").map((element) => element.getAttribute("href") ?? "");
      return links.find((href) => link.test(href)) ?? null;
    },
    async weigh(path) {
      const page = await loaded(address(path), headers);
      const root = parse(page.text);
      const files = [
        ...root.querySelectorAll('link[rel="stylesheet"]').map((element) => element.getAttribute("href")),
        ...root.querySelectorAll("script[src]").map((element) => element.getAttribute("src")),
      ].filter((file) => file !== undefined);
      const sizes = await Promise.all(files.map((file) => loaded(address(file), headers)));
      return {
        bytes: page.bytes + sizes.reduce((sum, { bytes }) => sum + bytes, 0),
        requests: 1 + sizes.length,
      };
    },
    async signInto(context) {
      if (!cookie) return;
      const [name = "", value = ""] = cookie.split("=");
      await context.addCookies([{ name, value, url, httpOnly: true, sameSite: "Lax" }]);
    },
  };
}

/** A file with its size on the wire: what `fetch` hands over is unpacked already. */
async function loaded(
  url: string,
  headers: Record<string, string>,
): Promise<{ text: string; bytes: number }> {
  const answer = await fetch(url, { headers });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  const size = answer.headers.get("content-length");
  const text = await answer.text();
  return { text, bytes: size === null ? Buffer.byteLength(text) : Number(size) };
}

async function signIn(url: string, phone: string): Promise<string> {
  const form = (path: string, fields: Record<string, string>, cookie = "") =>
    fetch(new URL(path, url), {
      method: "POST",
      redirect: "manual",
      headers: { ...asBrowser, origin: new URL(url).origin, ...(cookie ? { cookie } : {}) },
      body: new URLSearchParams(fields),
    });
  const cookieOf = (answer: Response, name: string) =>
    answer.headers
      .getSetCookie()
      .find((cookie) => cookie.startsWith(`${name}=`))
      ?.split(";")[0] ?? "";
  const entering = cookieOf(await form("/entrar", { accion: "pedir", celular: phone }), "minka-celular");
  for (let tries = 0; tries < 100; tries += 1) {
    const read = await fetch(new URL(`/simulator/messages?phone=${encodeURIComponent(phone)}`, url));
    const { messages } = (await read.json()) as { messages: { text: string }[] };
    const code = messages.map(({ text }) => /Minka es (\d{6})/.exec(text)?.[1]).findLast(Boolean);
    if (code)
      return cookieOf(await form("/entrar/codigo", { accion: "entrar", codigo: code }, entering), "minka");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no code came to ${phone}`);
}
