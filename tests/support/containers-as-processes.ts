import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHmac } from "node:crypto";
import { serviceNames, type ServiceName } from "@minka/contracts/service-names";
import { createCaller, fetchTransport, type Caller } from "@minka/http/caller";
import type { TestDatabase } from "@minka/test-kit/test-database";
import { vi } from "vitest";
import { bareEnvironment } from "./bare-environment.ts";
import { environmentOf, filledIn, readCompose, readExample } from "./compose.ts";
import { freePort } from "./free-port.ts";

const root = join(import.meta.dirname, "../..");

export type Processes = {
  /** Where the process of a container of infra/compose.yaml answers. */
  url(container: string): string;
  /** Resolves when it is ready. */
  start(container: string): Promise<void>;
  /** As a power cut would. */
  kill(container: string): Promise<void>;
  /** Asks all to stop and resolves with their exit codes. */
  stop(): Promise<(number | null)[]>;
  callAs(service: ServiceName): Caller;
};

type Options = { database: TestDatabase; redisUrl: string; clockOffsetMs: number };

/**
 * Runs the containers of infra/compose.yaml as processes of this machine: the same programs with the same
 * environment, where only addresses differ. The simulator carries the messages.
 */
export async function runContainersAsProcesses({
  database,
  redisUrl,
  clockOffsetMs,
}: Options): Promise<Processes> {
  const compose = await readCompose();
  const settings = filledIn(compose, await readExample(), {
    SMS_GATEWAY: "simulator",
    LOG_LEVEL: "error",
    // A test looks again every few milliseconds, for all phones from one address.
    RATE_LIMIT_PER_ADDRESS: "0",
  });
  const dataDir = await mkdtemp(join(tmpdir(), "minka-split-"));
  const names = Object.keys(compose.services).filter(
    (name) => compose.services[name]?.environment?.["SERVICE"],
  );
  const ports = new Map<string, number>();
  for (const name of names) ports.set(name, await freePort());
  const running = new Map<string, ChildProcess>();
  const url = (name: string) => `http://127.0.0.1:${ports.get(name)}`;

  function environment(name: string): Record<string, string> {
    const container = compose.services[name];
    if (!container) throw new Error(`no container ${name}`);
    const asInCompose = environmentOf(container, settings);
    const service = serviceNames.find((each) => each === asInCompose["SERVICE"]);
    if (!service) throw new Error(`${name} runs no service`);
    const peers = Object.fromEntries(serviceNames.map((each) => [`${each.toUpperCase()}_URL`, url(each)]));
    return {
      ...asInCompose,
      ...peers,
      HOST: "127.0.0.1",
      PORT: String(ports.get(name)),
      DATABASE_URL: database.url(service),
      REDIS_URL: redisUrl,
      DATA_DIR: dataDir,
      // A production process refuses a shifted clock.
      NODE_ENV: "test",
      CLOCK_OFFSET_MS: String(clockOffsetMs),
    };
  }

  return {
    url,
    async start(name) {
      const own = environment(name);
      const child = spawn(process.execPath, [`services/${own["SERVICE"]}/src/main.ts`], {
        cwd: root,
        env: { ...bareEnvironment, ...own },
        stdio: ["ignore", "inherit", "inherit"],
      });
      running.set(name, child);
      const ended = once(child, "exit").then(([code]) =>
        Promise.reject(new Error(`${name} ended with ${code}`)),
      );
      const ready = vi.waitFor(
        async () => {
          const answer = await fetch(`${url(name)}/health/ready`);
          if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`);
        },
        { timeout: 90_000, interval: 50 },
      );
      // Whichever loses must not be an error that nobody waits for.
      ended.catch(() => {});
      ready.catch(() => {});
      await Promise.race([ready, ended]);
    },
    async kill(name) {
      const child = running.get(name);
      if (!child) throw new Error(`${name} does not run`);
      running.delete(name);
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
    async stop() {
      const codes = [...running.values()].map(async (child) => {
        if (child.exitCode !== null) return child.exitCode;
        const gone = once(child, "exit");
        child.kill("SIGTERM");
        await gone;
        return child.exitCode;
      });
      const result = await Promise.all(codes);
      await rm(dataDir, { recursive: true, force: true });
      return result;
    },
    callAs: (service) =>
      createCaller(
        (of) => fetchTransport(url(of)),
        () => serviceToken(service, settings["SERVICE_SECRET"] ?? ""),
      ),
  };
}

/** The token with which one service calls another, made outside of any. */
function serviceToken(service: ServiceName, secret: string): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode({ sub: service, iat: now, exp: now + 60 })}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}
