import { text } from "node:stream/consumers";
import { DomainError } from "@minka/domain/errors";
import { parseInstance } from "../instance.ts";
import { planVisits } from "../plan-visits.ts";
import { textForNumbers, withNumbers } from "./number-ids.ts";

/**
 * Reads a planning instance (JSON) on standard input and writes its plan as one JSON document. What cannot be
 * read is told on standard error, each mistake with its path, and ends in exit code 2.
 */

function readDocument(input: string): unknown {
  if (input.trim() === "") throw new DomainError("invalid", "no-instance", "nothing came on standard input");
  try {
    return JSON.parse(input);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new DomainError("invalid", "not-json", `not JSON: ${why.replaceAll(/\s+/g, " ").slice(0, 200)}`);
  }
}

try {
  const document = readDocument(await text(process.stdin));
  const ids = textForNumbers(document);
  const plan = withNumbers(planVisits(parseInstance(document)), ids);
  process.stdout.write(`${JSON.stringify(plan)}\n`);
} catch (error) {
  if (!(error instanceof DomainError)) throw error;
  for (const line of error.message.split("\n")) process.stderr.write(`plan: ${line}\n`);
  process.exitCode = 2;
}
