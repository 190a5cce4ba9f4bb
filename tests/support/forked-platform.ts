import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serviceNames } from "@minka/contracts/service-names";
import type { TestDatabase } from "@minka/test-kit/test-database";
import { bareEnvironment } from "./bare-environment.ts";

/** What the process says to the test, and the test to the process. */
export type ForkReport = { port: number } | { advanced: true };
export type ForkOrder = { advanceMs: number };

export type ForkedPlatform = {
  readonly url: string;
  readonly alive: () => boolean;
  /** As a power cut would end it. */
  kill(): Promise<void>;
  /** Asks it to stop and waits; resolves to the exit code. */
  terminate(): Promise<number | null>;
  /** Moves its clock on. */
  advance(ms: number): Promise<void>;
};

/** Of all processes of a test file, as on one machine; gone with it. */
let sharedDir: string | undefined;

function dataDir(): string {
  if (sharedDir === undefined) {
    const made = mkdtempSync(join(tmpdir(), "minka-forked-"));
    process.once("exit", () => rmSync(made, { recursive: true, force: true }));
    sharedDir = made;
  }
  return sharedDir;
}

/** Every service in a process of its own on a test's database: two of them are two machines on one database. */
export async function forkPlatform(
  database: Pick<TestDatabase, "url">,
  environment: Readonly<Record<string, string>>,
): Promise<ForkedPlatform> {
  const urls = Object.fromEntries(serviceNames.map((service) => [service, database.url(service)]));
  const child = fork(join(import.meta.dirname, "forked-platform-main.ts"), {
    env: {
      ...bareEnvironment,
      DATABASE_URLS: JSON.stringify(urls),
      DATA_DIR: dataDir(),
      ...environment,
    },
    execArgv: [],
  });
  let ended = false;
  const end = once(child, "exit").then(([code]: (number | null)[]) => {
    ended = true;
    return code ?? null;
  });
  const [report] = (await Promise.race([
    once(child, "message"),
    end.then((code) => Promise.reject(new Error(`the process ended with ${code} before it was ready`))),
  ])) as [ForkReport];
  if (!("port" in report)) throw new Error("the process said something else first");
  return {
    url: `http://127.0.0.1:${report.port}`,
    alive: () => !ended,
    async kill() {
      child.kill("SIGKILL");
      await end;
    },
    async terminate() {
      child.kill("SIGTERM");
      return end;
    },
    async advance(advanceMs) {
      const done = once(child, "message");
      child.send({ advanceMs } satisfies ForkOrder);
      await Promise.race([done, end]);
    },
  };
}
