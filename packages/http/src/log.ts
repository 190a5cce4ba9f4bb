import { pino, type DestinationStream, type Logger } from "pino";

/**
 * An error without what it was about. Drivers quote a failed statement with its values, and those are
 * people's names, numbers and messages: of a chain of causes only kinds, codes and the places in our code stay,
 * and messages only where no statement is in them.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  return {
    type: error.name,
    ...("code" in error && typeof error.code === "string" ? { code: error.code } : {}),
    ...(quotesStatement(error) ? {} : { message: error.message }),
    at: placesOf(error),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

function quotesStatement(error: Error): boolean {
  return "query" in error || "detail" in error || "parameters" in error;
}

/** The stack without the message before it, whose lines could look like places. */
function placesOf({ stack = "", message }: Error): string[] {
  const start = stack.indexOf(message);
  return stack
    .slice(start < 0 ? 0 : start + message.length)
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())
    .slice(0, 12);
}

/** The same in one line, for a column that people look at: kinds, codes, and messages without statements. */
export function summarizeError(error: unknown): string {
  const parts: string[] = [];
  for (let each = error; each instanceof Error && parts.length < 4; each = each.cause) {
    const code = "code" in each && typeof each.code === "string" ? ` ${each.code}` : "";
    parts.push(`${each.name}${code}${quotesStatement(each) ? "" : `: ${each.message}`}`);
  }
  return parts.length > 0 ? maskPhones(parts.join("; ")) : `threw a ${typeof error}`;
}

/** Also as it stands in an address, where the plus is escaped. */
const phoneInText = /(\+|%2B)\d{6,12}(\d{3})\b/gi;

function maskPhones(text: string): string {
  return text.replace(phoneInText, "$1*****$2");
}

/**
 * Structured logs on standard output. Whatever was logged, a phone number leaves with only its last three
 * digits: the mask works on the finished line, so that no call site can forget it.
 */
export function createLog(options: {
  level: string;
  service: string;
  destination?: DestinationStream;
}): Logger {
  return pino(
    {
      level: options.level,
      // Each service in the process adds its own name.
      base: { process: options.service },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: ["req.headers.authorization", "headers.authorization", "body", "text"],
        censor: "[hidden]",
      },
      serializers: { err: describeError },
      hooks: { streamWrite: maskPhones },
    },
    ...(options.destination ? [options.destination] : []),
  );
}
