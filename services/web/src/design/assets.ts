import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { App } from "@minka/http/app";
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
const band = asset("band.svg", svg, read("band.svg").trim());
export const mark = asset("mark.svg", svg, read("mark.svg").trim());
// One file for all pages: the second page a person opens has it already.
const styles = ["tokens.css", "base.css", "../pages/home/home.css", "../pages/simulator/simulator.css"];
export const stylesheet = asset(
  "style.css",
  "text/css; charset=utf-8",
  withoutComments(styles.map(read).join("")).replaceAll("band.svg", band.url),
);
export const simulatorScript = asset(
  "simulator.js",
  "text/javascript; charset=utf-8",
  withoutComments(read("../pages/simulator/browser.js")),
);

const assets = [band, mark, stylesheet, simulatorScript];

/** Serves the few files that pages name, compressed once at start. */
export function serveAssets(app: App): void {
  for (const { url, type, ...bytes } of assets) {
    app.get(url, async (request, reply) => {
      const encoding = chooseEncoding(request.headers["accept-encoding"]);
      reply
        .type(type)
        .header("cache-control", "public, max-age=31536000, immutable")
        .header("vary", "accept-encoding");
      if (encoding) reply.header("content-encoding", encoding);
      return reply.send(bytes[encoding ?? "plain"]);
    });
  }
  // Browsers ask for this address whatever a page says.
  app.get("/favicon.ico", async (_request, reply) =>
    reply.type(svg).header("cache-control", "public, max-age=86400").send(mark.plain),
  );
}
