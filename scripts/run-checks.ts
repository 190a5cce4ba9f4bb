import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";

/** Runs every check in turn, goes on after a failure, and sums them up in the last line. */

type Counts = { passed: number; failed: number; skipped: number };
type Check = {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly count: (exitCode: number) => Counts | Promise<Counts>;
};

const killAfterMs = 5000;
const args = process.argv.slice(2);
const long = args.includes("--long");
if (args.some((arg) => arg !== "--long")) {
  console.error("usage: scripts/test [--long]");
  process.exit(2);
}
const work = await mkdtemp(join(tmpdir(), "minka-checks-"));
const testReport = join(work, "tests.json");

const checks: Check[] = [
  { name: "types", command: ["tsc", "--noEmit", "-p", "tsconfig.json"], count: countOne },
  { name: "lint", command: ["oxlint", "--type-aware"], count: countOne },
  { name: "format", command: ["oxfmt", "--check"], count: countOne },
  { name: "boundaries", command: ["scripts/check-boundaries"], count: countOne },
  { name: "dead code", command: ["knip", "--no-progress"], count: countOne },
  {
    name: "tests",
    command: ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${testReport}`],
    count: countTests,
  },
];

let running: ChildProcess | undefined;
let stopping = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => void stopAll(signal));
}

const sum: Counts = { passed: 0, failed: 0, skipped: 0 };
const summaries: string[] = [];
for (const { name, command, count } of checks) {
  const missing = command[0].includes("/") && !existsSync(command[0]);
  console.log(`\n== ${name}`);
  const began = performance.now();
  const counts = missing ? { passed: 0, failed: 0, skipped: 1 } : await count(await run(command));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const verdict = missing ? "skipped" : counts.failed > 0 ? "FAILED" : "passed";
  summaries.push(`${name}: ${verdict} in ${seconds} s`);
  console.log(`== ${summaries.at(-1)}`);
  sum.passed += counts.passed;
  sum.failed += counts.failed;
  sum.skipped += counts.skipped;
}
await rm(work, { recursive: true, force: true });
console.log(`\n${summaries.join("\n")}`);
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = sum.failed > 0 ? 1 : 0;

/** In a process group of its own, so that stopping reaches everything that a tool has started. */
async function run([program, ...args]: Check["command"]): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const child = spawn(program, args, {
    stdio: ["ignore", "inherit", "inherit"],
    detached: true,
    env: { ...process.env, ...(long && { MINKA_LONG: "1" }) },
  });
  running = child;
  child.once("error", (error) => {
    console.error(error.message);
    resolve(127);
  });
  // When stopping, the checks that are left must not begin.
  child.once("close", (code) => stopping || resolve(code ?? 1));
  const exitCode = await promise;
  running = undefined;
  return exitCode;
}

async function stopAll(signal: NodeJS.Signals): Promise<void> {
  stopping = true;
  const group = running?.pid;
  if (running !== undefined && group !== undefined) {
    const child = running;
    const gone = once(child, "close");
    process.kill(-group, signal);
    const timer = setTimeout(() => process.kill(-group, "SIGKILL"), killAfterMs);
    await gone;
    clearTimeout(timer);
  }
  await rm(work, { recursive: true, force: true });
  process.exit(128 + constants.signals[signal]);
}

function countOne(exitCode: number): Counts {
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

type TestReport = {
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
};

async function countTests(exitCode: number): Promise<Counts> {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  const text = await readFile(testReport, "utf8").catch(() => undefined);
  const report: TestReport = text === undefined ? { testResults: [] } : JSON.parse(text);
  for (const { status, assertionResults } of report.testResults) {
    const failed = assertionResults.filter((test) => test.status === "failed").length;
    const passed = assertionResults.filter((test) => test.status === "passed").length;
    counts.passed += passed;
    // A file that fails without a failed test (it cannot be read, or a hook failed) is one failure.
    counts.failed += status === "failed" ? Math.max(failed, 1) : failed;
    counts.skipped += assertionResults.length - passed - failed;
  }
  // No report, no tests, or an error outside of any test.
  if (exitCode !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}
