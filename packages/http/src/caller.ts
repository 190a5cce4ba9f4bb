import { voucherHeader } from "@minka/contracts/actor";
import type { Answer, CallInput, Endpoint } from "@minka/contracts/endpoint";
import { problem } from "@minka/contracts/problem";
import type { ServiceName } from "@minka/contracts/service-names";
import { refuseInsideTransaction } from "@minka/database/connect";
import { DomainError, type ErrorCategory } from "@minka/domain/errors";
import type { App } from "./app.ts";
import { clientAddressHeader } from "./client-address.ts";
import { statusOf } from "./errors.ts";

type Exchange = { method: string; path: string; headers: Record<string, string>; body?: string | Buffer };

type Reply = {
  status: number;
  body: Buffer;
  contentType?: string | null | undefined;
  disposition?: string | null | undefined;
};

/** How a call reaches a service: over the network, or in the same process. */
export type Transport = (exchange: Exchange) => Promise<Reply>;

export type CallOptions = {
  trace: string;
  /** Derived from the cause (`<delivery id>:<step>`), so that a repeated cause is a repeated command. */
  idempotencyKey?: string;
  /** Of whoever it is called for, where limits go by address. */
  address?: string;
  /** The token of the signed-in person it is called for: rights are theirs, and the service vouches for the way. */
  personToken?: string;
};

/** Calls an endpoint of another service by its contract. */
export type Caller = <E extends Endpoint>(
  endpoint: E,
  input: CallInput<E>,
  options: CallOptions,
) => Promise<Answer<E>>;

const timeoutOverHttpMs = 5_000;
/** Beyond the longest that a statement may take: no line between the two can be cut. */
const timeoutInProcessMs = 20_000;

export function fetchTransport(baseUrl: string): Transport {
  return async ({ method, path, headers, body }) => {
    const url = new URL(path, baseUrl);
    const response = await fetch(url, {
      method,
      headers,
      body: body ?? null,
      signal: AbortSignal.timeout(timeoutOverHttpMs),
    });
    return {
      status: response.status,
      body: Buffer.from(await response.arrayBuffer()),
      contentType: response.headers.get("content-type"),
      disposition: response.headers.get("content-disposition"),
    };
  };
}

/**
 * In process: the same routes, checks and shapes as over the network, without a socket. Nobody can break off what the
 * other service does: after its time the caller only waits no longer.
 */
export function injectTransport(app: () => App, timeoutMs = timeoutInProcessMs): Transport {
  return async ({ method, path, headers, body }) => {
    const answered = app().inject({
      method: method as "GET",
      url: path,
      headers,
      ...(body === undefined ? {} : { payload: body }),
    });
    const response = await withinTime(answered, timeoutMs);
    return {
      status: response.statusCode,
      body: response.rawPayload,
      contentType: response.headers["content-type"],
      disposition: response.headers["content-disposition"]?.toString(),
    };
  };
}

async function withinTime<Result>(work: Promise<Result>, ms: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer in ${ms} ms.`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const categoryOf = new Map(
  Object.entries(statusOf).map(([category, status]) => [status, category as ErrorCategory]),
);

/** Fills `:name` in the path, and appends the query. */
function address(endpoint: Endpoint, input: { params?: unknown; query?: unknown }): string {
  const params = (input.params ?? {}) as Record<string, string>;
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(
    (input.query ?? {}) as Record<string, string | number | boolean | null | undefined>,
  )) {
    if (value !== undefined && value !== null) query.set(name, String(value));
  }
  return query.size > 0 ? `${path}?${query.toString()}` : path;
}

/**
 * A caller with this service's own token. It refuses inside a transaction, and turns the other side's
 * problem into the same DomainError that it threw; no answer at all is `unavailable`, and may have happened.
 */
export function createCaller(transports: (service: ServiceName) => Transport, token: () => string): Caller {
  return async (endpoint, input, { trace, idempotencyKey, address: from, personToken }) => {
    refuseInsideTransaction(`Call to ${endpoint.method} ${endpoint.path}`);
    const parts = input as { params?: unknown; query?: unknown; body?: unknown };
    const headers: Record<string, string> = {
      authorization: `Bearer ${personToken ?? token()}`,
      "x-request-id": trace,
    };
    if (personToken !== undefined) headers[voucherHeader] = token();
    if (idempotencyKey) headers["idempotency-key"] = idempotencyKey;
    if (from) headers[clientAddressHeader] = from;
    if (parts.body !== undefined)
      headers["content-type"] = endpoint.upload?.contentTypes[0] ?? "application/json";
    const exchange: Exchange = {
      method: endpoint.method,
      path: address(endpoint, parts),
      headers,
      ...(parts.body === undefined ? {} : { body: asSent(parts.body) }),
    };
    let response: Reply;
    try {
      response = await transports(endpoint.service)(exchange);
    } catch (cause) {
      const error = new DomainError(
        "unavailable",
        "service-unreachable",
        `${endpoint.service} did not answer.`,
      );
      error.cause = cause;
      throw error;
    }
    if (response.status >= 300) throw errorFrom(endpoint, response);
    const answer = endpoint.answer.safeParse(endpoint.download ? fileOf(response) : safeJson(response.body));
    // A proxy's page, or a version of the service that answers otherwise.
    if (!answer.success) throw serviceFailed(endpoint, response.status, answer.error);
    return answer.data as Answer<typeof endpoint>;
  };
}

/** Bytes as they are, for an endpoint that takes a file; everything else as JSON. */
function asSent(body: unknown): string | Buffer {
  return body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body);
}

/** A file as `fileAnswer` describes it, from how it travelled. */
function fileOf({ body, contentType, disposition }: Reply) {
  const fileName = /filename="([^"]+)"/.exec(disposition ?? "")?.[1];
  return { fileName, contentType, bytes: body };
}

function errorFrom(endpoint: Endpoint, { status, body }: Reply): Error {
  const category = categoryOf.get(status);
  const parsed = problem.safeParse(safeJson(body));
  if (!category || !parsed.success) return serviceFailed(endpoint, status, undefined);
  const { type: _type, title, status: _status, code, errors, requestId: _request, ...details } = parsed.data;
  return new DomainError(category, code, title, { ...(errors ? { errors } : {}), details });
}

function serviceFailed(endpoint: Endpoint, status: number, cause: unknown): DomainError {
  const what = `${endpoint.service} answered ${status} to ${endpoint.method} ${endpoint.path}.`;
  const error = new DomainError("unavailable", "service-failed", what);
  if (cause !== undefined) error.cause = cause;
  return error;
}

function safeJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
