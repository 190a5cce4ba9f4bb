import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { App } from "@minka/http/app";
import type { FastifyReply, FastifyRequest } from "fastify";
import { chooseEncoding } from "./encoding.ts";

type Asset = {
  readonly url: string;
  readonly type: string;
  readonly plain: Buffer;
  readonly br: Buffer;
  readonly gzip: Buffer;
};

function asset(name: string, type: string, text: string): Asset {
  const plain = Buffer.from(text);
  const hash = createHash("sha256").update(plain).digest("base64url").slice(0, 10);
  const dot = name.lastIndexOf(".");
  return {
    // The content is part of the address, so that a browser may keep it for ever.
    url: `/assets/${name.slice(0, dot)}.${hash}${name.slice(dot)}`,
    type,
    plain,
    br: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    gzip: gzipSync(plain, { level: 9 }),
  };
}

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

/** Comments and indentation are for the reader of the source only. */
function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "")
    .replace(/^\s+/gm, "");
}

const svg = "image/svg+xml";
export const band = asset("band.svg", svg, read("band.svg").trim());
export const mark = asset("mark.svg", svg, read("mark.svg").trim());

const sheet = (name: string, sources: readonly string[]) =>
  asset(
    name,
    "text/css; charset=utf-8",
    withoutComments(sources.map(read).join("")).replaceAll("band.svg", band.url),
  );
const script = (name: string, source: string, loads: Readonly<Record<string, Asset>> = {}) =>
  asset(
    name,
    "text/javascript; charset=utf-8",
    withoutComments(read(source)).replace(/"([A-Z]+_SCRIPT)"/g, (found, key: string) =>
      JSON.stringify(loads[key]?.url ?? found),
    ),
  );

// One file for all pages that people see on a phone: the second one that they open has it already.
export const stylesheet = sheet("style.css", [
  "tokens.css",
  "base.css",
  "forms.css",
  "parts.css",
  "../pages/home/home.css",
]);
/** For tables, calendars and plans, which are looked at on larger screens. */
export const deskStylesheet = sheet("desk.css", ["desk.css"]);
export const simulatorStylesheet = sheet("simulator.css", ["../pages/simulator/simulator.css"]);
export const simulatorScript = script("simulator.js", "../pages/simulator/browser.js");
/** Loaded only where what waits for a signal is looked over. */
export const waitingScript = script("waiting.js", "../offline/waiting.js");
export const pageScript = script("page.js", "../offline/page.js", { WAITING_SCRIPT: waitingScript });

/** The worker that keeps pages, with the files that it has from the beginning; another where one of them changed. */
export function serviceWorker(files: readonly string[]): Asset {
  const source = withoutComments(read("../offline/sw.js")).replace("FILES", JSON.stringify(files));
  const version = createHash("sha256").update(source).digest("base64url").slice(0, 10);
  return asset("sw.js", "text/javascript; charset=utf-8", source.replace("VERSION", version));
}

const assets = [
  band,
  mark,
  stylesheet,
  deskStylesheet,
  simulatorStylesheet,
  simulatorScript,
  waitingScript,
  pageScript,
];

/** Sends a file as the browser takes it, compressed once at start. */
export function sendAsset(
  request: FastifyRequest,
  reply: FastifyReply,
  { type, ...bytes }: Asset,
): FastifyReply {
  const encoding = chooseEncoding(request.headers["accept-encoding"]);
  reply.type(type).header("vary", "accept-encoding");
  if (encoding) reply.header("content-encoding", encoding);
  return reply.send(bytes[encoding ?? "plain"]);
}

/** Serves the few files that pages name. */
export function serveAssets(app: App): void {
  for (const file of assets) {
    app.get(file.url, async (request, reply) =>
      sendAsset(request, reply.header("cache-control", "public, max-age=31536000, immutable"), file),
    );
  }
  // Browsers ask for this address whatever a page says.
  app.get("/favicon.ico", async (_request, reply) =>
    reply.type(svg).header("cache-control", "public, max-age=86400").send(mark.plain),
  );
}
