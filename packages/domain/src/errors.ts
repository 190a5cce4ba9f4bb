/** What a caller can do something about, in one word; `packages/http` maps each to a status, once. */
export type ErrorCategory =
  | "invalid" // 422: the request is understood and wrong
  | "unauthenticated" // 401
  | "forbidden" // 403
  | "not-found" // 404
  | "conflict" // 409: right request, wrong moment
  | "too-many" // 429
  | "unavailable"; // 503: try again later

export type FieldError = { readonly path: string; readonly message: string };

/** The one error that use cases throw. `code` is kebab-case and stable: callers branch on it. */
export class DomainError extends Error {
  readonly category: ErrorCategory;
  readonly code: string;
  readonly errors: readonly FieldError[];
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    category: ErrorCategory,
    code: string,
    message: string,
    extra: { errors?: readonly FieldError[]; details?: Record<string, unknown> } = {},
  ) {
    super(message);
    this.name = "DomainError";
    this.category = category;
    this.code = code;
    this.errors = extra.errors ?? [];
    this.details = extra.details ?? {};
  }
}
