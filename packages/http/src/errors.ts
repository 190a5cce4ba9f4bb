import { DomainError, type ErrorCategory, type FieldError } from "@minka/domain/errors";
import type { Problem } from "@minka/contracts/problem";
import type { FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { fieldErrors } from "./field-errors.ts";

export const statusOf: Record<ErrorCategory, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  "too-many": 429,
  unavailable: 503,
};

function toProblem(request: FastifyRequest, error: unknown): Problem & { [extra: string]: unknown } {
  const describe = (status: number, code: string, title: string, errors?: readonly FieldError[]) => ({
    type: `about:blank#${code}`,
    title,
    status,
    code,
    ...(errors && errors.length > 0 ? { errors: [...errors] } : {}),
    requestId: request.id,
  });
  if (error instanceof DomainError) {
    return {
      ...error.details,
      ...describe(statusOf[error.category], error.code, error.message, error.errors),
    };
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const part = error.validationContext === "querystring" ? "query" : (error.validationContext ?? "body");
    const errors = fieldErrors(part, error.validation);
    return describe(422, "invalid-input", "Some fields are not valid.", errors);
  }
  const status = (error as { statusCode?: number }).statusCode;
  if (status !== undefined && status >= 400 && status < 500) {
    const code =
      status === 413 ? "body-too-large" : status === 415 ? "unsupported-media-type" : "bad-request";
    return describe(status, code, (error as Error).message);
  }
  return describe(500, "internal-error", "Something went wrong on our side.");
}

export async function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const problem = toProblem(request, error);
  // A neighbour that is away is seen in its own log; what nobody has foreseen has to be looked at.
  if (problem.status === 500) request.log.error({ err: error }, "request failed");
  else if (problem.status > 500) request.log.warn({ err: error }, "request failed");
  const wait = problem["retryAfterSeconds"];
  if (problem.status === 429 && typeof wait === "number") reply.header("retry-after", String(wait));
  await reply
    .status(problem.status)
    .type("application/problem+json")
    .serializer(JSON.stringify)
    .send(problem);
}

/** How an address that nobody serves is answered to a browser; null where no service has pages. */
export type NotFoundPages = {
  answer: ((request: FastifyRequest, reply: FastifyReply) => Promise<unknown>) | null;
};

export async function answerNotFound(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { answer } = request.server.notFoundPages;
  if (answer && !request.url.startsWith("/api/") && request.headers.accept?.includes("text/html")) {
    await answer(request, reply);
    return;
  }
  const problem = toProblem(
    request,
    new DomainError("not-found", "no-such-route", "There is nothing at this address."),
  );
  await reply.status(404).type("application/problem+json").serializer(JSON.stringify).send(problem);
}
