import type { FastifyReply, FastifyRequest } from "fastify";
import type { Html } from "../design/html.ts";
import { sendPage } from "../pages/send-page.ts";
import type { AnyVisit } from "./receive.ts";

/** Tells the service worker whose page it keeps; "-" where nobody is signed in. */
const personHeader = "x-minka-person";

/** Sends a page that is for this visitor alone. */
export function sendOwn(
  request: FastifyRequest,
  reply: FastifyReply,
  { person, enteringPhone }: AnyVisit,
  page: { status: number; page: Html },
): Promise<FastifyReply> {
  reply.header(personHeader, person?.tag ?? "-");
  // Who is about to sign in reads their phone there, and the names of those who share it.
  if (person || enteringPhone) reply.header("cache-control", "private, no-store");
  return sendPage(request, reply, page);
}
