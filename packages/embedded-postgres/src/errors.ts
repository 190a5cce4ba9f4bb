export type EmbeddedPostgresErrorCode =
  | "data-dir-in-use" // another live process holds this data directory
  | "port-in-use" // the port that was asked for belongs to someone else
  | "unsupported-platform" // no binaries for this operating system and processor
  | "unusable-data-dir" // what lies in the data directory is not a cluster that these binaries can run
  | "start-failed";

/** Every failure of this package; the message is one line, fit for a terminal. */
export class EmbeddedPostgresError extends Error {
  readonly code: EmbeddedPostgresErrorCode;

  constructor(code: EmbeddedPostgresErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "EmbeddedPostgresError";
    this.code = code;
  }
}

/** The `code` that Node and the PostgreSQL driver put on their errors. */
export function errorCode(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
