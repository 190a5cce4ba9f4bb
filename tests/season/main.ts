import { writeFile } from "node:fs/promises";
import { liveSeason } from "./live-season.ts";
import { help, parseOptions } from "./options.ts";
import { brokenPromises, figureLines, figureTable } from "./print-figures.ts";

const say = (line: string) => process.stderr.write(`${line}\n`);

function options() {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    say("See ./scripts/season --help");
    process.exit(2);
  }
}

const chosen = options();
if (chosen === null) {
  process.stdout.write(help);
  process.exit(0);
}
const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => stopping.abort(new Error(`stopped by ${signal}`)));
const lived = await liveSeason(chosen, say, stopping.signal).catch((error: unknown) => {
  if (!stopping.signal.aborted) throw error;
  say("stopped before its end");
  process.exit(130);
});
const lines = figureLines(lived);
for (const line of lines) process.stdout.write(`${JSON.stringify(line)}\n`);
say(`\n${lived.title}\n${figureTable(lines)}`);
say(`refused, as in life: ${JSON.stringify(lived.refused)}`);
if (chosen.keep !== null) {
  await writeFile(chosen.keep, `${JSON.stringify({ title: lived.title, figures: lived.figures })}\n`);
  say(`kept in ${chosen.keep}`);
}
const broken = brokenPromises(lived);
for (const line of broken) say(`must not be: ${line}`);
process.exit(broken.length > 0 ? 1 : 0);
