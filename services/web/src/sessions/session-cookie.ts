import cookie from "@fastify/cookie";
import { parsePhone } from "@minka/domain/phone";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { CookieChange } from "../visits/destination.ts";
import { interruptedSeconds } from "./interrupted-forms.ts";

// The prefix binds a cookie to this very host, and to HTTPS, which a laptop without a certificate does not have.
const named = (name: string, { protocol }: FastifyRequest) =>
  protocol === "https" ? `__Host-${name}` : name;
const names = { session: "minka", entering: "minka-celular", interrupted: "minka-envio" } as const;
const enteringSeconds = 15 * 60;

const id = z.uuid();
const sessionKey = /^[\w-]{43}$/;

/** Read here, since the page that says that an address is not served comes before the plugin that reads them. */
function cookieOf(request: FastifyRequest, name: string): string | undefined {
  return cookie.fastifyCookie.parse(request.headers.cookie ?? "")[named(name, request)];
}

export function sessionKeyOf(request: FastifyRequest): string | null {
  const key = cookieOf(request, names.session);
  return key !== undefined && sessionKey.test(key) ? key : null;
}

/** The phone that a code was asked for in this browser a moment ago: an address would tell it to who comes after. */
export function enteringPhoneOf(request: FastifyRequest): string | null {
  return parsePhone(cookieOf(request, names.entering) ?? "");
}

/** Under which a form waits that this browser sent when nobody was signed in any more. */
export function interruptedIdOf(request: FastifyRequest): string | null {
  return id.safeParse(cookieOf(request, names.interrupted)).data ?? null;
}

export function changeCookie(request: FastifyRequest, reply: FastifyReply, change: CookieChange): void {
  const secure = request.protocol === "https";
  const attributes = { path: "/", httpOnly: true, sameSite: "lax", secure } as const;
  const name = named(names[change.cookie], request);
  if (change.cookie === "interrupted") {
    if (change.id) reply.setCookie(name, change.id, { ...attributes, maxAge: interruptedSeconds });
    else reply.clearCookie(name, attributes);
  } else if (change.cookie === "entering") {
    if (change.phone) reply.setCookie(name, change.phone, { ...attributes, maxAge: enteringSeconds });
    else reply.clearCookie(name, attributes);
  } else if (change.key) reply.setCookie(name, change.key, { ...attributes, expires: change.until });
  else reply.clearCookie(name, attributes);
}
