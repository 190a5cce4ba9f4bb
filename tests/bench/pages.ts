import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { hasBrowser, openBrowser } from "../support/browser.ts";
import { demoCast } from "../support/demo-cast.ts";
import { freePort, startPlatformProcess } from "../support/platform-process.ts";
import { remoteVisitor, type RemoteVisitor } from "./remote-visitor.ts";
import type { Figure } from "./run-benches.ts";
import { quantile, round } from "./statistics.ts";

/** What a phone in the field gets: 50 kbit/s, half a second each way and back. */
const slow = { offline: false, latency: 500, downloadThroughput: 50_000 / 8, uploadThroughput: 50_000 / 8 };
const readableWithinMs = 4_000;
const lightBytes = 14 * 1024;
const deskBytes = 60 * 1024;
const samples = 120;

/** A page as its role has it: an address, or the first link there that looks so, whatever its id. */
type Stop = string | { readonly on: Stop; readonly link: RegExp };
type Role = {
  readonly role: string;
  readonly phone: string | null;
  readonly light: boolean;
  readonly pages: readonly Stop[];
};

const ownService: Stop = { on: "/mi", link: /^\/mi-servicio\/[\w-]{36}$/ };
const ownOrganization: Stop = { on: "/mi", link: /^\/mi-organizacion\/[\w-]{36}$/ };

/** Areas of a desk, by the links that its first page has to them. */
const below = (desk: Stop & object, areas: readonly string[]): Stop[] =>
  areas.map((area) => ({ on: desk, link: new RegExp(`${desk.link.source.slice(0, -1)}/${area}$`) }));

const operator = "+51900000115";

const roles: readonly Role[] = [
  {
    role: "anyone",
    phone: null,
    light: true,
    pages: [
      "/",
      "/?distrito=221001",
      "/ofertas?distrito=221001",
      { on: "/ofertas", link: /^\/ofertas\/[\w-]{36}$/ },
      { on: { on: "/ofertas", link: /^\/ofertas\/[\w-]{36}$/ }, link: /^\/atiende\// },
      "/precios",
      "/por-sms",
      "/capacitaciones",
      "/organizaciones",
      "/compras-juntas",
      "/entrar",
    ],
  },
  {
    role: "producer",
    phone: demoCast.member,
    light: true,
    pages: [
      "/mi",
      "/pedir",
      "/pedir?tipo=assistance",
      "/mi/pedidos",
      "/mi/compras",
      { on: "/mi/compras", link: /^\/mi\/compras\/[\w-]{36}/ },
      "/mi/credito",
      "/mi/cosecha",
      "/mi/chacra",
      "/mi/organizacion",
      "/mi/mensajes",
      "/mi/datos",
    ],
  },
  {
    role: "agent",
    phone: demoCast.agent,
    light: false,
    pages: [ownService, ...below(ownService, ["plan", "calendario", "ofertas", "ganancias", "confianza"])],
  },
  {
    role: "lender",
    phone: demoCast.lender,
    light: false,
    pages: [ownService, ...below(ownService, ["creditos", "ofertas"])],
  },
  {
    role: "buyer",
    phone: demoCast.buyer,
    light: false,
    pages: [ownService, ...below(ownService, ["lotes", "ofertas"])],
  },
  {
    role: "broker",
    phone: demoCast.broker,
    light: false,
    pages: [ownOrganization, ...below(ownOrganization, ["miembros", "compras", "lotes", "avales", "cifras"])],
  },
  {
    role: "operator",
    phone: operator,
    light: false,
    pages: [
      "/operador",
      "/operador/proveedores",
      "/operador/pedidos",
      "/operador/cobertura",
      "/operador/costos",
      "/operador/auditoria",
    ],
  },
];

type Measured = {
  role: string;
  page: string;
  light: boolean;
  bytes: number;
  requests: number;
  p50: number;
  p99: number;
  paint: number | null;
};

/**
 * Each main page: its weight with all it loads, compressed; how many requests that is; the server's time beside that of
 * a route that does nothing in the same process; and when a browser on a 2G line shows the first words. The table goes
 * to stderr for people, the figures to stdout.
 */
export async function benchPages(): Promise<Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), "minka-bench-pages-"));
  const start = await startPlatformProcess({
    DATA_DIR: dataDir,
    PORT: String(await freePort()),
    RATE_LIMIT_PER_PERSON: "0",
    OPERATOR_PHONES: operator,
  });
  if (!start.ready) throw new Error(start.stderr);
  const browser = hasBrowser ? await openBrowser() : null;
  try {
    const { url } = start.platform;
    const empty = await serverTimes(() => fetch(`${url}/health/live`));
    const measured: Measured[] = [];
    for (const { role, phone, light, pages } of roles) {
      const visitor = await remoteVisitor(url, phone);
      for (const stop of pages) {
        const page = await addressOf(visitor, stop);
        if (page) measured.push({ role, light, ...(await measure(browser, visitor, page)) });
      }
    }
    process.stderr.write(`${tableOf(measured, empty)}\n`);
    return measured.flatMap((page) => figuresOf(page, empty));
  } finally {
    await browser?.close();
    await start.platform.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function addressOf(visitor: RemoteVisitor, stop: Stop): Promise<string | null> {
  if (typeof stop === "string") return stop;
  const on = await addressOf(visitor, stop.on);
  return on && visitor.findLink(on, stop.link);
}

type Times = { p50: number; p99: number };

async function serverTimes(ask: () => Promise<Response>): Promise<Times> {
  const times: number[] = [];
  for (let turn = 0; turn < samples + 20; turn += 1) {
    const began = performance.now();
    await (await ask()).arrayBuffer();
    // The first ones warm up what is compiled as it runs.
    if (turn >= 20) times.push(performance.now() - began);
  }
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

async function measure(
  browser: Browser | null,
  visitor: RemoteVisitor,
  page: string,
): Promise<Omit<Measured, "role" | "light">> {
  const { bytes, requests } = await visitor.weigh(page);
  const times = await serverTimes(() => visitor.ask(page));
  return {
    page: page.replace(/[\w-]{36}/g, ":id"),
    bytes,
    requests,
    ...times,
    paint: browser && (await firstPaint(browser, visitor, page)),
  };
}

async function firstPaint(browser: Browser, visitor: RemoteVisitor, path: string): Promise<number> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: "es-PE",
    serviceWorkers: "block",
  });
  try {
    await visitor.signInto(context);
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Network.enable");
    await devtools.send("Network.emulateNetworkConditions", slow);
    await page.goto(visitor.address(path), { waitUntil: "load", timeout: 60_000 });
    return await page.evaluate<number>(
      `new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntriesByName("first-contentful-paint")[0].startTime)).observe({ type: "paint", buffered: true }))`,
    );
  } finally {
    await context.close();
  }
}

function figuresOf({ page, role, light, bytes, p50, p99, paint }: Measured, empty: Times): Figure[] {
  const figure = (what: string, value: number, unit: string, limit: number): Figure => ({
    bench: `pages ${role} ${page} ${what}`,
    value: round(value),
    unit,
    limit: round(limit),
    ratio: round(value / limit),
  });
  return [
    figure("weight", bytes, "bytes", light ? lightBytes : deskBytes),
    figure("p50", p50, "ms", empty.p50),
    figure("p99", p99, "ms", empty.p99),
    ...(paint === null ? [] : [figure("first-paint-2g", paint, "ms", readableWithinMs)]),
  ];
}

function tableOf(measured: readonly Measured[], empty: Times): string {
  const line = (cells: readonly (string | number)[]) =>
    cells
      .map((cell, index) =>
        index < 2 ? String(cell).padEnd(index === 0 ? 9 : 44) : String(cell).padStart(10),
      )
      .join(" ");
  return [
    line(["role", "page", "bytes", "requests", "p50 ms", "p99 ms", "paint 2G"]),
    line(["", "(a route that does nothing)", "", "", round(empty.p50), round(empty.p99), ""]),
    ...measured.map(({ role, page, bytes, requests, p50, p99, paint }) =>
      line([
        role,
        page,
        bytes,
        requests,
        round(p50),
        round(p99),
        paint === null ? "no browser" : Math.round(paint),
      ]),
    ),
  ].join("\n");
}
