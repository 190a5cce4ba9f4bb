import { pino, type DestinationStream, type Logger } from "pino";

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
      hooks: { streamWrite: (line: string) => line.replace(phoneInText, "+*****$1") },
    },
    ...(options.destination ? [options.destination] : []),
  );
}
