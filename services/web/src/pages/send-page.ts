import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";
import { chooseEncoding } from "../design/encoding.ts";
import type { Html } from "../design/html.ts";

const compress = {
  br: (page: Buffer) => promisify(brotliCompress)(page, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (page: Buffer) => promisify(gzip)(page, { level: 6 }),
};

const contentSecurityPolicy = [
  "default-src 'none'",
  "img-src 'self'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Sends a page with its security headers, compressed. Every page leaves through here, the 404 as well. */
export async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { status = 200, page }: { status?: number; page: Html },
): Promise<FastifyReply> {
  // A sentence that ends in "5 p. m." has no second point.
  const plain = Buffer.from(page.markup.replaceAll(/\u00a0m\.\.(?!\.)/g, "\u00a0m."));
  const encoding = chooseEncoding(request.headers["accept-encoding"]);
  reply
    .status(status)
    .type("text/html; charset=utf-8")
    .header("content-security-policy", contentSecurityPolicy)
    .header("referrer-policy", "same-origin")
    .header("cross-origin-opener-policy", "same-origin")
    .header("permissions-policy", "camera=(), geolocation=(), microphone=()")
    .header("vary", "accept, accept-encoding");
  if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-cache");
  if (!encoding) return reply.send(plain);
  return reply.header("content-encoding", encoding).send(await compress[encoding](plain));
}
