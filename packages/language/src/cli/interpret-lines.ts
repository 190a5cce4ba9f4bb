import { createInterface } from "node:readline";
import { contexts, type Context } from "../intents.ts";
import { interpret } from "../interpret.ts";

/**
 * Reads lines `{"id","context","text"}` on standard input and writes lines `{"id","intent","slots"}` in order;
 * `--explain` adds the evidence. A malformed line is reported on standard error and answered as unknown.
 */
type Line = { id: unknown; context: Context; text: string };

function readLine(line: string): Line {
  const value: unknown = JSON.parse(line);
  if (typeof value !== "object" || value === null) throw new Error("not an object");
  const id = "id" in value ? value.id : null;
  const context = "context" in value ? value.context : undefined;
  const text = "text" in value ? value.text : undefined;
  if (typeof text !== "string") throw new Error('"text" is not a string');
  const known = contexts.find((name) => name === context);
  if (known === undefined) throw new Error(`"context" is none of ${contexts.join(", ")}`);
  return { id, context: known, text };
}

const explain = process.argv.includes("--explain");
let lineNumber = 0;
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  lineNumber += 1;
  if (line.trim() === "") continue;
  let answer: Record<string, unknown>;
  try {
    const { id, context, text } = readLine(line);
    const { intent, slots, evidence } = interpret(text, context);
    answer = { id, intent, slots, ...(explain ? { evidence } : {}) };
  } catch (error) {
    process.stderr.write(`line ${lineNumber}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
    answer = { id: null, intent: "unknown", slots: {}, ...(explain ? { evidence: [] } : {}) };
  }
  // Waiting for the reader keeps memory flat on long inputs.
  if (!process.stdout.write(`${JSON.stringify(answer)}\n`)) {
    await new Promise<void>((resolve) => process.stdout.once("drain", resolve));
  }
}
