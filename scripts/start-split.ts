import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startFrontRouter, type FrontRouter } from "./lib/front-router.ts";
import { splitProcesses, type SplitProcess } from "./lib/split-processes.ts";

/**
 * Every service as processes of its own on this machine. Prints one line of JSON with the addresses when all
 * are ready; everything else goes to stderr. A process that dies is started again, as a container would be.
 */

const root = join(import.meta.dirname, "..");
const readyWithinMs = 120_000;
const stopWithinMs = 4_500;
const restartAfterMs = 1_000;

const say = (line: string) => process.stderr.write(`${line}\n`);
const children = new Map<SplitProcess, ChildProcess>();
let preparing: ChildProcess | undefined;
let front: FrontRouter | undefined;
let ready = false;
let stopping = false;

class StartFailure extends Error {}

for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop(0));

try {
  await start();
} catch (error) {
  if (!stopping) {
    const why = error instanceof StartFailure ? error.message : String(error);
    say(`Minka did not start. ${why}`);
    await stop(1);
  }
}

async function start(): Promise<void> {
  const ownerUrl = process.env["OWNER_DATABASE_URL"];
  if (!ownerUrl) throw new StartFailure("OWNER_DATABASE_URL: the address of the database is needed");
  if (!process.env["REDIS_URL"])
    throw new StartFailure("REDIS_URL: the address of Redis or Valkey is needed");
  const basePort = Number(process.env["BASE_PORT"] || 3000);
  if (!Number.isInteger(basePort) || basePort < 1 || basePort > 65_000) {
    throw new StartFailure("BASE_PORT: a port, from 1 to 65000");
  }
  const host = process.env["HOST"] || "127.0.0.1";
  const { prepare, processes } = splitProcesses({ ownerUrl, firstPort: basePort + 1 }, process.env);

  preparing = run("services/platform/src/prepare-database-main.ts", prepare);
  await once(preparing, "exit");
  if (preparing.exitCode !== 0) throw new StartFailure("See above.");
  if (stopping) return;

  for (const each of processes) keepRunning(each);
  await Promise.all(processes.map(untilReady));
  if (stopping) return;
  const urlOf = (service: string) =>
    processes.find((each) => each.service === service && each.role !== "worker")?.url ?? "";
  front = await startFrontRouter({ host, port: basePort, urlOf });
  ready = true;
  const addresses = processes.map(({ service, role, url }) => ({ service, role, url }));
  process.stdout.write(`${JSON.stringify({ url: front.url, processes: addresses })}\n`);
}

function run(program: string, environment: Record<string, string>): ChildProcess {
  // Its output is for whoever watches; stdout is for the addresses alone.
  return spawn(process.execPath, [join(root, program)], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ["ignore", 2, 2],
  });
}

function keepRunning(each: SplitProcess): void {
  if (stopping) return;
  const child = run(`services/${each.service}/src/main.ts`, each.environment);
  children.set(each, child);
  child.once("exit", (code, signal) => {
    children.delete(each);
    if (stopping || !ready) return;
    say(`${each.service} (${each.role}) ended with ${signal ?? code}; starting it again`);
    setTimeout(() => keepRunning(each), restartAfterMs);
  });
}

async function untilReady(each: SplitProcess): Promise<void> {
  const giveUpAt = performance.now() + readyWithinMs;
  for (;;) {
    if (stopping) return;
    if (!children.has(each)) throw new StartFailure(`${each.service} (${each.role}) ended; see above.`);
    const answer = await fetch(`${each.url}/health/ready`, { signal: AbortSignal.timeout(2_500) }).catch(
      () => null,
    );
    if (answer?.ok) return;
    if (performance.now() > giveUpAt) {
      throw new StartFailure(`${each.service} (${each.role}) is not ready: ${await answer?.text()}`);
    }
    await pause(100);
  }
}

async function stop(exitCode: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  const running = [...(preparing ? [preparing] : []), ...children.values()].filter(
    (child) => child.exitCode === null && child.signalCode === null,
  );
  const gone = running.map((child) => once(child, "exit"));
  const kill = (signal: NodeJS.Signals) => running.forEach((child) => child.kill(signal));
  setTimeout(() => kill("SIGKILL"), stopWithinMs).unref();
  kill("SIGTERM");
  await Promise.all([...gone, front?.close()]);
  process.exit(exitCode);
}
