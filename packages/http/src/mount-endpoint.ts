import { createHmac } from "node:crypto";
import { actorLabel, type Actor } from "@minka/contracts/actor";
import {
  fileAnswer,
  type Access,
  type Endpoint,
  type HandlerAnswer,
  type HandlerInput,
} from "@minka/contracts/endpoint";
import type { IdempotencyClaim } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { z } from "zod";
import type { App } from "./app.ts";
import { clientAddress } from "./client-address.ts";
import { redactInput } from "./redact-input.ts";
import { refuseUnstorable } from "./refuse-unstorable.ts";

/** What a handler knows beside its input. */
export type CallContext = {
  readonly actor: Actor;
  readonly trace: string;
  readonly log: Logger;
  /** From where a person calls, for limits; null where a service calls for nobody. */
  readonly address: string | null;
  /** Set when the caller sent an Idempotency-Key; hand it to `once` in the use case's transaction. */
  readonly claim: IdempotencyClaim | null;
};

type Handler<E extends Endpoint> = (
  input: HandlerInput<E>,
  context: CallContext,
) => Promise<HandlerAnswer<E>>;

/** Serves a contract's endpoint: checks who calls, parses, hands over, and answers as the contract says. */
export function mountEndpoint<E extends Endpoint>(app: App, endpoint: E, handler: Handler<E>): void {
  const { upload } = endpoint;
  if (!upload) return routeEndpoint(app, endpoint, handler);
  // A scope of its own: the file's types are read here and nowhere else, and JSON is not.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    const reading = { parseAs: "buffer", bodyLimit: upload.maximumBytes } as const;
    scope.addContentTypeParser([...upload.contentTypes], reading, (_request, bytes, done) =>
      done(null, bytes),
    );
    routeEndpoint(scope as unknown as App, endpoint, handler);
  });
}

function routeEndpoint<E extends Endpoint>(app: App, endpoint: E, handler: Handler<E>): void {
  const { method, path, params, query, body, answer, download, status = 200 } = endpoint;
  const mayBeEmpty = body?.safeParse({}).success ?? false;
  app.route({
    method,
    url: path,
    schema: {
      ...(params ? { params } : {}),
      querystring: onlyKnown(query),
      ...(body ? { body } : {}),
      ...(download ? {} : { response: { [status]: answer } }),
    },
    // Before the body is read: nobody fills the memory with what they may not send, or learns what it should be.
    async onRequest(request) {
      refuseUnlessAllowed(await app.authenticate(request), endpoint.access);
    },
    // Where nothing has to be said, nothing has to be sent.
    async preValidation(request) {
      if (mayBeEmpty) request.body ??= {};
    },
    async handler(request, reply) {
      const actor = await app.authenticate(request);
      refuseUnstorable(request.params, "params");
      refuseUnstorable(request.query, "query");
      if (!endpoint.anyText) refuseUnstorable(request.body, "body");
      const input = {
        params: request.params,
        query: redactInput(request.query),
        body: redactInput(request.body),
      } as HandlerInput<E>;
      const claim = method === "POST" || method === "PUT" ? claimOf(request, actor, path) : null;
      const result = await handler(input, {
        actor,
        trace: request.id,
        log: request.log as Logger,
        address: clientAddress(request, actor),
        claim,
      });
      if (download) return sendFile(reply, fileAnswer.parse(result));
      return reply.status(status).send(result);
    },
  });
}

/** A filter that is misspelt would let everything through without a word. */
function onlyKnown(query: Endpoint["query"]): z.ZodType {
  if (!query) return z.strictObject({});
  return query instanceof z.ZodObject ? query.strict() : query;
}

function sendFile(reply: FastifyReply, { fileName, contentType, bytes }: z.output<typeof fileAnswer>) {
  const plainName = fileName.replace(/[^\w.-]+/g, "-");
  return reply
    .header("content-disposition", `attachment; filename="${plainName}"`)
    .header("cache-control", "no-store")
    .type(contentType)
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
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
  // Keyed: a private word or a code in a body would be guessed from a plain hash at once.
  const hash = createHmac("sha256", request.server.commandSecret);
  if (request.body instanceof Uint8Array) hash.update(JSON.stringify(request.params)).update(request.body);
  else hash.update(JSON.stringify([request.params, request.body ?? null]));
  return { scope: `${actorLabel(actor)} ${path} ${key}`, bodyHash: hash.digest("base64url") };
}
