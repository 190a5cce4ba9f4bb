import { randomBytes, randomUUID } from "node:crypto";
import type { Actor } from "@minka/contracts/actor";
import Fastify, {
  LogController,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import type { Logger } from "pino";
import { answerError, answerNotFound, type NotFoundPages } from "./errors.ts";
import type { PersonLimit } from "./rate-limits.ts";
import { setSecurityHeaders } from "./security-headers.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** Who sends the request; throws `unauthenticated` for a token that is wrong, not for none. */
    authenticate(request: FastifyRequest): Promise<Actor>;
    /** Whether a service passes the call on, which shows its own token beside the person's. */
    isVouchedFor(request: FastifyRequest): boolean;
    notFoundPages: NotFoundPages;
    personLimit: PersonLimit;
    commandSecret: string;
  }
}

export type App = FastifyInstance;

const traceHeader = /^[\w.:-]{8,80}$/;

/**
 * The Fastify instance that every Minka process serves: request ids that follow a message through other
 * services, one error shape, limits on size and time.
 */
export function createApp({
  log,
  trustProxy = false,
  commandSecret = randomBytes(32).toString("hex"),
}: {
  log: Logger;
  trustProxy?: boolean;
  /** Keys the hashes that repeated commands are compared by; the same in every process of a service. */
  commandSecret?: string;
}): App {
  const app = Fastify({
    loggerInstance: log as never,
    // One proxy, which adds the caller's address as the last: what a caller wrote before it is not believed.
    trustProxy: trustProxy ? (_address: string, hop: number) => hop === 0 : false,
    bodyLimit: 256 * 1024,
    // A list of members or prices has to come through a signal of 2G: 5 MB would not, what offices keep does.
    requestTimeout: 120_000,
    keepAliveTimeout: 20_000,
    forceCloseConnections: "idle",
    requestIdHeader: false,
    // Addresses that the router itself refuses: malformed, or with a part longer than any id.
    frameworkErrors: (error, request, reply) =>
      void answerError(error, request as FastifyRequest, reply as FastifyReply),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "trace" }),
    genReqId(request) {
      const given = request.headers["x-request-id"];
      return typeof given === "string" && traceHeader.test(given) ? given : randomUUID();
    },
  }) as unknown as App;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  // Or a text would be looked at as if it were JSON, field by field.
  app.removeContentTypeParser("text/plain");
  app.decorate("notFoundPages", { answer: null });
  app.decorate("personLimit", { count: null });
  app.decorate("commandSecret", commandSecret);
  app.setNotFoundHandler(answerNotFound);
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
  });
  setSecurityHeaders(app);
  app.addHook("onResponse", async (request, reply) => {
    const fields = {
      method: request.method,
      route: request.routeOptions.url ?? "unknown",
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    if (reply.statusCode >= 500) request.log.warn(fields, "request failed");
    else request.log.debug(fields, "request");
  });
  return app;
}
