import { pino, type DestinationStream, type Logger } from "pino";

/**
 * An error without what it was about. Drivers quote a failed statement with its values, and those are
 * people's names, numbers and messages: of a chain of causes only kinds, codes and the places in our code stay,
 * and messages only where no statement is in them.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const quotesStatement = "query" in error || "detail" in error || "parameters" in error;
  return {
    type: error.name,
    ...("code" in error && typeof error.code === "string" ? { code: error.code } : {}),
    ...(quotesStatement ? {} : { message: error.message }),
    at: error.stack
      ?.split("\n")
      .filter((line) => /^\s+at /.test(line))
      .map((line) => line.trim())
      .slice(0, 12),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

const phoneInText = /\+\d{6,12}(\d{3})\b/g;

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
      base: { service: options.service },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: ["req.headers.authorization", "headers.authorization", "body", "text"],
        censor: "[hidden]",
      },
      serializers: { err: describeError },
      hooks: { streamWrite: (line: string) => line.replace(phoneInText, "+*****$1") },
    },
    ...(options.destination ? [options.destination] : []),
  );
}
