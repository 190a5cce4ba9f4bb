import { normalizeIP } from "@fastify/rate-limit";
import type { Actor } from "@minka/contracts/actor";
import type { FastifyRequest } from "fastify";

/** In which a service names the address of whoever it calls for: pages call for the browsers that open them. */
export const clientAddressHeader = "x-client-address";

/**
 * From where a person calls, for limits: of an IPv6 address the first 64 bits, which one connection has to itself.
 * Of what proxies say only the nearest one's word counts, and of others a service's. Null where a service calls
 * for nobody.
 */
export function clientAddress(request: FastifyRequest, actor: Actor): string | null {
  if (actor.kind !== "service" && !request.server.isVouchedFor(request)) return normalizeIP(request.ip);
  const named = request.headers[clientAddressHeader];
  return typeof named === "string" && named !== "" ? normalizeIP(named.slice(0, 45)) : null;
}
