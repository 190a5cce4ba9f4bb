import { redactForbidden } from "@minka/language/redact";

const letters = /\p{L}/u;
/** Tokens, cursors and ids: no words, but by chance four letters of one could look like one and break it. */
const opaque = /^(?=.*\d)[\w.=-]{32,}$/;

/**
 * A parsed body or query with what must not be stored taken out of every string, however deep. Done before a
 * handler sees it, so that no use case can forget it, and without comment to the caller. What is no plain JSON
 * (uploaded bytes, dates) passes as it is: an import redacts the cells it reads.
 */
export function redactInput(input: unknown): unknown {
  if (typeof input === "string")
    return letters.test(input) && !opaque.test(input) ? redactForbidden(input).text : input;
  if (Array.isArray(input)) return input.map(redactInput);
  if (input === null || typeof input !== "object") return input;
  const prototype: unknown = Object.getPrototypeOf(input);
  if (prototype !== Object.prototype && prototype !== null) return input;
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, redactInput(value)]));
}
