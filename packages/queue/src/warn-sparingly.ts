import type { Logger } from "pino";

const quietMs = 10_000;

/** Warns once and then holds the same message back for a while: a backend that is gone fails many times a second. */
export function warnSparingly(log: Logger): (fields: Record<string, unknown>, message: string) => void {
  const said = new Map<string, { at: number; held: number }>();
  return (fields, message) => {
    const now = performance.now();
    const last = said.get(message);
    if (last && now - last.at < quietMs) {
      last.held += 1;
      return;
    }
    said.set(message, { at: now, held: 0 });
    log.warn({ ...fields, ...(last && last.held > 0 ? { heldBack: last.held } : {}) }, message);
  };
}
