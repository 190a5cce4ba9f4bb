import { createHash } from "node:crypto";
import { actorLabel, type Actor } from "@minka/contracts/actor";
import type { Access, Endpoint, HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { IdempotencyClaim } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import type { FastifyRequest } from "fastify";
import type { Logger } from "pino";
import type { App } from "./app.ts";

/** What a handler knows beside its input. */
export type CallContext = {
  readonly actor: Actor;
  readonly trace: string;
  readonly log: Logger;
  /** Set when the caller sent an Idempotency-Key; hand it to `once` in the use case's transaction. */
  readonly claim: IdempotencyClaim | null;
};

type Handler<E extends Endpoint> = (
  input: HandlerInput<E>,
  context: CallContext,
) => Promise<HandlerAnswer<E>>;

/** Serves a contract's endpoint: checks who calls, parses, hands over, and answers as the contract says. */
export function mountEndpoint<E extends Endpoint>(app: App, endpoint: E, handler: Handler<E>): void {
  const { method, path, params, query, body, answer, status = 200 } = endpoint;
  app.route({
    method,
    url: path,
    schema: {
      ...(params ? { params } : {}),
      ...(query ? { querystring: query } : {}),
      ...(body ? { body } : {}),
      response: { [status]: answer },
    },
    async handler(request, reply) {
      const actor = await app.authenticate(request);
      refuseUnlessAllowed(actor, endpoint.access);
      const input = { params: request.params, query: request.query, body: request.body } as HandlerInput<E>;
      const claim = method === "POST" ? claimOf(request, actor, path) : null;
      const result = await handler(input, { actor, trace: request.id, log: request.log as Logger, claim });
      return reply.status(status).send(result);
    },
  });
}

function refuseUnlessAllowed(actor: Actor, access: readonly Access[]): void {
  if (access.includes("anyone")) return;
  if (actor.kind === "service" && access.includes("service")) return;
  if (
    actor.kind === "person" &&
    (access.includes("person") || (actor.operator && access.includes("operator")))
  )
    return;
  if (actor.kind === "anonymous")
    throw new DomainError("unauthenticated", "sign-in-needed", "Sign in to do this.");
  throw new DomainError("forbidden", "not-allowed", "You may not do this.");
}

function claimOf(request: FastifyRequest, actor: Actor, path: string): IdempotencyClaim | null {
  const key = request.headers["idempotency-key"];
  if (key === undefined) return null;
  if (typeof key !== "string" || key.length < 1 || key.length > 200) {
    throw new DomainError(
      "invalid",
      "idempotency-key-invalid",
      "Idempotency-Key must be 1 to 200 characters.",
    );
  }
  const asked = JSON.stringify([request.params, request.body ?? null]);
  return {
    scope: `${actorLabel(actor)} ${path} ${key}`,
    bodyHash: createHash("sha256").update(asked).digest("base64url"),
  };
}
