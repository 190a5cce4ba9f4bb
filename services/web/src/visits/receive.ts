import type { FastifyReply, FastifyRequest } from "fastify";
import type { FormValues } from "../forms/form-values.ts";
import { changeCookie, sessionKeyOf } from "../sessions/session-cookie.ts";
import { readSession, type Session } from "../sessions/sessions.ts";
import { openVisit, type Visit, type WebMeans } from "./visit.ts";

export type AnyVisit = Visit<Record<string, string>>;

type Sent = { readonly command: string | null; readonly values: FormValues };

/** Of requests that were received: the page that says what failed is drawn for whoever was to see the other. */
const received = new WeakMap<FastifyRequest, AnyVisit>();

/**
 * Opens the visit of a request: whose it is, counted once for them, and what it sent. `readSent` is called when it is
 * known who sends, so that what cannot be read is refused on their own page.
 */
export async function receive(
  means: WebMeans,
  request: FastifyRequest,
  reply: FastifyReply,
  readSent: (() => Promise<Sent>) | null,
): Promise<AnyVisit> {
  const session = await sessionOf(means, request, reply);
  received.set(request, openVisit(means, request, session, null));
  const who = session?.contents.personId;
  // Who is over the limit must still be able to leave.
  const leaves = request.url.split("?")[0] === "/salir";
  if (who !== undefined && !leaves) await request.server.personLimit.count?.(request, who);
  const visit = openVisit<Record<string, string>>(means, request, session, readSent && (await readSent()));
  received.set(request, visit);
  return visit;
}

/** Who was to see the page that failed; opened here where that was before anybody asked. */
export async function visitorOfFailed(means: WebMeans, request: FastifyRequest): Promise<AnyVisit> {
  const known = received.get(request);
  if (known) return known;
  const key = sessionKeyOf(request);
  const session = key === null ? null : await readSession(means, key, request.id);
  return openVisit(means, request, session, null);
}

/** The session of the cookie, with the browser's next cookie where it is to have one. */
async function sessionOf(
  means: WebMeans,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Session | null> {
  const key = sessionKeyOf(request);
  if (key === null) return null;
  const session = await readSession(means, key, request.id);
  if (!session) changeCookie(request, reply, { cookie: "session", key: null });
  else if (session.renewed) changeCookie(request, reply, { cookie: "session", ...session.renewed });
  return session;
}
