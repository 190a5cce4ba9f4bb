import { z } from "zod";

export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting that cannot work; the message is the one line that whoever starts Minka reads. */
export class SettingsError extends Error {}

/**
 * Reads settings from the environment, once. An unset variable and an empty one are the same, as in a
 * container's environment file. Throws SettingsError naming every setting that is missing or wrong.
 */
export function readSettings<Schema extends z.ZodType>(
  schema: Schema,
  environment: Environment,
): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join(".")}: ${message}` : message,
  );
  throw new SettingsError(`Wrong settings: ${wrong.join("; ")}`);
}

/** A shifted clock is for rehearsals: in production it would move every deadline. */
export function refuseShiftedClock({
  CLOCK_OFFSET_MS,
  NODE_ENV,
}: {
  CLOCK_OFFSET_MS: number;
  NODE_ENV?: string | undefined;
}): void {
  if (CLOCK_OFFSET_MS !== 0 && NODE_ENV === "production")
    throw new SettingsError("CLOCK_OFFSET_MS: a shifted clock is for rehearsals, not for production");
}

/** What the person who starts a process reads when it does not: settings in one line, faults with their place. */
export function describeStartFailure(error: unknown): string {
  if (error instanceof SettingsError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
