import { parse, type HTMLElement } from "node-html-parser";
import { expect } from "vitest";
import { htmlFaults } from "./check-html.ts";
import type { TestPlatform } from "./test-platform.ts";

export type OpenedPage = {
  readonly path: string;
  readonly status: number;
  /** Not where a file came instead. */
  readonly isPage: boolean;
  readonly html: string;
  readonly root: HTMLElement;
  /** All that one reads in the page's own part, in one line. */
  readonly text: string;
  readonly h1: string;
};

export type Visitor = {
  open(path: string): Promise<OpenedPage>;
  /**
   * Fills in the page's form for this action and sends it, as a browser without JavaScript does; the page that it
   * leads to. What the form holds already is sent along; bytes are a file. `of` picks one of several forms by its
   * hidden values.
   */
  submit(
    page: OpenedPage,
    action: string,
    fields?: Readonly<Record<string, string | readonly string[] | Uint8Array>>,
    options?: { of?: Readonly<Record<string, string>>; headers?: Record<string, string> },
  ): Promise<OpenedPage>;
  /** The cookies that the browser has now. */
  cookies(): string;
};

type Answer = Awaited<ReturnType<TestPlatform["app"]["inject"]>>;

const words = (element: HTMLElement | null) => (element?.structuredText ?? "").replace(/\s+/g, " ").trim();

/** A browser that nobody has signed in with. */
export function stranger(platform: Pick<TestPlatform, "app">): Visitor {
  const jar = new Map<string, string>();
  const headers = () => ({
    accept: "text/html",
    host: "minka.test",
    ...(jar.size > 0 ? { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") } : {}),
  });
  const keep = (answer: Answer) => {
    for (const { name, value, maxAge, expires } of answer.cookies) {
      const over = maxAge === 0 || (expires !== undefined && expires.getTime() === 0) || value === "";
      if (over) jar.delete(name);
      else jar.set(name, value);
    }
  };
  const shown = (path: string, answer: Answer): OpenedPage => {
    const isPage = String(answer.headers["content-type"]).startsWith("text/html");
    if (isPage) expect(htmlFaults(answer.body), `HTML of ${path}`).toEqual([]);
    const root = parse(answer.body);
    return {
      path,
      status: answer.statusCode,
      isPage,
      html: answer.body,
      root,
      text: words(root.querySelector("main")),
      h1: words(root.querySelector("h1")),
    };
  };
  const open = async (path: string): Promise<OpenedPage> => {
    const answer = await platform.app.inject({ url: path.split("#")[0] ?? path, headers: headers() });
    keep(answer);
    const { location } = answer.headers;
    if (answer.statusCode >= 300 && answer.statusCode < 400 && typeof location === "string")
      return open(location);
    return shown(path, answer);
  };
  return {
    open,
    cookies: () => headers().cookie ?? "",
    async submit(page, action, fields = {}, { of = {}, headers: more = {} } = {}) {
      const form = formOf(page, action, of);
      const body = new URLSearchParams(contentsOf(form));
      const files: [string, Uint8Array][] = [];
      for (const [name, value] of Object.entries(fields)) {
        body.delete(name);
        if (value instanceof Uint8Array) files.push([name, value]);
        else for (const one of typeof value === "string" ? [value] : value) body.append(name, one);
      }
      const packed = form.getAttribute("enctype") === "multipart/form-data" ? packParts(body, files) : null;
      const answer = await platform.app.inject({
        method: "POST",
        url: (form.getAttribute("action") || page.path).split("#")[0] || "/",
        headers: {
          ...headers(),
          "content-type": packed?.type ?? "application/x-www-form-urlencoded",
          origin: "http://minka.test",
          "sec-fetch-site": "same-origin",
          ...more,
        },
        payload: packed?.bytes ?? body.toString(),
      });
      keep(answer);
      const { location } = answer.headers;
      if (answer.statusCode === 303 && typeof location === "string") return open(location);
      return shown(page.path, answer);
    },
  };
}

/** As a browser packs a form with files. */
function packParts(body: URLSearchParams, files: readonly [string, Uint8Array][]) {
  const boundary = "----minka-test";
  const part = (header: string, content: Uint8Array) => [
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; ${header}\r\n\r\n`),
    content,
    Buffer.from("\r\n"),
  ];
  const bytes = Buffer.concat([
    ...[...body].flatMap(([name, value]) => part(`name="${name}"`, Buffer.from(value))),
    ...files.flatMap(([name, content]) =>
      part(`name="${name}"; filename="archivo"\r\ncontent-type: application/octet-stream`, content),
    ),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
  return { bytes, type: `multipart/form-data; boundary=${boundary}` };
}

function formOf(page: OpenedPage, action: string, of: Readonly<Record<string, string>>): HTMLElement {
  const valueOf = (form: HTMLElement, name: string) =>
    form.querySelector(`[name="${name}"]`)?.getAttribute("value");
  const forms = page.root
    .querySelectorAll("form")
    .filter((form) => valueOf(form, "accion") === action)
    .filter((form) => Object.entries(of).every(([name, value]) => valueOf(form, name) === value));
  const [form] = forms;
  if (!form)
    throw new Error(
      `${page.path} (${page.status}, "${page.h1}") has no form for ${action}: ${page.text.slice(0, 600)}`,
    );
  return form;
}

/** What a browser would send of a form as it stands. */
function contentsOf(form: HTMLElement): [string, string][] {
  const entries: [string, string][] = [];
  for (const control of form.querySelectorAll("input, select, textarea")) {
    const name = control.getAttribute("name");
    if (!name || control.getAttribute("type") === "file") continue;
    if (control.tagName === "SELECT") {
      const options = control.querySelectorAll("option");
      const chosen = options.find((option) => option.hasAttribute("selected")) ?? options[0];
      entries.push([name, chosen?.getAttribute("value") ?? chosen?.text.trim() ?? ""]);
    } else if (control.tagName === "TEXTAREA")
      entries.push([name, control.text.replace(/^\n/, "").replaceAll("\n", "\r\n")]);
    else if (["checkbox", "radio"].includes(control.getAttribute("type") ?? "")) {
      if (control.hasAttribute("checked")) entries.push([name, control.getAttribute("value") ?? "on"]);
    } else entries.push([name, control.getAttribute("value") ?? ""]);
  }
  return entries;
}

/** A browser signed in by the code that reaches this phone. At a phone that several share, `as` is who it is. */
export async function browse(
  platform: TestPlatform,
  number: string,
  { as }: { as?: string } = {},
): Promise<Visitor> {
  const visitor = stranger(platform);
  const entered = await enter(platform, visitor, await visitor.open("/entrar"), number, as);
  expect(visitor.cookies(), entered.text).toContain("minka=");
  return visitor;
}

/** Signs in from the page that asks for it; the page that this leads to. */
export async function enter(
  platform: TestPlatform,
  visitor: Visitor,
  asking: OpenedPage,
  number: string,
  as?: string,
): Promise<OpenedPage> {
  const phone = platform.phone(number);
  const known = new Set((await phone.history()).map(({ id }) => id));
  let asked = await visitor.submit(asking, "pedir", { celular: number });
  if (asked.status === 429) {
    // A phone gets one code a minute.
    platform.clock.advance({ minutes: 2 });
    asked = await visitor.submit(asked, "pedir", { celular: number });
  }
  await platform.settle();
  const fresh = (await phone.history()).filter(({ id }) => !known.has(id));
  const code = fresh.map(({ text }) => /Minka es (\d{6})/.exec(text)?.[1]).findLast(Boolean);
  const entered = await visitor.submit(asked, "entrar", { codigo: code ?? "" });
  return entered.status === 409 ? visitor.submit(entered, "entrar", as ? { persona: as } : {}) : entered;
}
